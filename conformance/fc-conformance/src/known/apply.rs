//! Known failures applied to results.

use std::fmt;

use jiff::civil::Date;

use crate::verdict::{KNOWN, fingerprint};
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_text::visible;

use super::entry::Entry;
use super::{Known, MOST_DAYS};

/// An entry that is not as the run is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stale {
    /// The entry: the file, the line, its number.
    pub entry: String,
    /// The case; nothing where the entry itself is at fault.
    pub case: Option<String>,
    /// Why.
    pub reason: StaleReason,
}

/// Why an entry is stale.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StaleReason {
    /// The case passes.
    Passes,
    /// The case fails in another way.
    FailsDifferently {
        /// The fingerprints of the entry.
        listed: Vec<String>,
        /// The fingerprint of the run.
        seen: String,
    },
    /// Its last day is over.
    Expired(Date),
    /// It was added after today.
    AddedLater(Date),
    /// It expires more than 180 days after it was added.
    TooLong(Date),
}

impl fmt::Display for StaleReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passes => f.write_str("passes"),
            Self::FailsDifferently { seen, .. } => write!(f, "fails as '{seen}'"),
            Self::Expired(date) => write!(f, "expired on {date}"),
            Self::AddedLater(date) => write!(f, "added on {date}, which is yet to come"),
            Self::TooLong(date) => {
                write!(
                    f,
                    "expires on {date}, more than {MOST_DAYS} days after it was added"
                )
            }
        }
    }
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (entry, reason) = (&self.entry, &self.reason);
        match (&self.case, reason) {
            (Some(case), StaleReason::Passes) => {
                write!(f, "{entry} lists {case}, which passes now: take it out")
            }
            (Some(case), StaleReason::FailsDifferently { listed, .. }) => {
                let listed = visible::line(&listed.join("' or '"), 200);
                write!(f, "{entry} lists {case} as '{listed}', but it {reason}")
            }
            (_, reason) => write!(f, "{entry} is not valid: {reason}"),
        }
    }
}

pub(super) fn apply(known: &Known, results: &mut [CaseResult], today: Date) -> Vec<Stale> {
    let mut stale = Vec::new();
    for entry in &known.entries {
        let invalid = entry.stale_on(today);
        let mut note = |case: Option<&str>, reason: StaleReason| {
            stale.push(Stale {
                entry: known.place(entry),
                case: case.map(str::to_owned),
                reason,
            });
        };
        if let Some(reason) = &invalid {
            note(None, reason.clone());
        }
        for result in results
            .iter_mut()
            .filter(|result| entry.matches(&result.id))
        {
            match (Manner::of(entry, result), &invalid) {
                (Manner::Otherwise(reason), _) => {
                    note(Some(&result.id), reason.clone());
                    redden(entry, result, &reason);
                }
                (Manner::AsListed, Some(reason)) => redden(entry, result, reason),
                (Manner::AsListed, None) => result.status = Status::Known,
                (Manner::NotExecuted, _) => {}
            }
        }
    }
    stale
}

/// How a case that an entry lists went.
enum Manner {
    NotExecuted,
    AsListed,
    Otherwise(StaleReason),
}

impl Manner {
    fn of(entry: &Entry, result: &CaseResult) -> Self {
        match fingerprint(result) {
            Some(seen) if entry.sees.contains(&seen) => Self::AsListed,
            Some(seen) => Self::Otherwise(StaleReason::FailsDifferently {
                listed: entry.sees.clone(),
                seen,
            }),
            None if result.status == Status::Pass => Self::Otherwise(StaleReason::Passes),
            None => Self::NotExecuted,
        }
    }
}

/// One more failed check, so that a report says what the matter is.
fn redden(entry: &Entry, result: &mut CaseResult, reason: &StaleReason) {
    let expected = match reason {
        StaleReason::Passes | StaleReason::FailsDifferently { .. } => {
            format!("fails as '{}'", entry.sees.join("' or '"))
        }
        _ => "an entry that is valid today".to_owned(),
    };
    let actual = reason.to_string();
    result
        .checks
        .push(Check::holds(KNOWN, false, &expected, &actual));
    if result.status == Status::Pass {
        result.status = Status::Fail;
    }
}
