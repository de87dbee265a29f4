//! Applies known failures to results.

use jiff::civil::Date;

use crate::verdict::{KNOWN, fingerprint};
use fcgate_cases::judge::{CaseResult, Check, Status};

use super::entry::Entry;
use super::list::Known;
use super::stale_entry::{Stale, StaleReason};

impl Known {
    /// Sets the status `known` for listed cases that fail as listed in their entry, and fails the other listed cases.
    ///
    /// A stale entry makes the verdict nonconforming, whatever the level of the case. The results of cases that did
    /// not run do not change.
    pub fn apply(&self, results: &mut [CaseResult], today: Date) -> Vec<Stale> {
        let mut stale = Vec::new();
        for entry in &self.entries {
            let invalid = entry.stale_on(today);
            let mut note = |case: Option<&str>, reason: StaleReason| {
                stale.push(Stale {
                    entry: self.place(entry),
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
                match (Comparison::of(entry, result), &invalid) {
                    (Comparison::Different(reason), _) => {
                        note(Some(&result.id), reason.clone());
                        fail(entry, result, &reason);
                    }
                    (Comparison::AsListed, Some(reason)) => fail(entry, result, reason),
                    (Comparison::AsListed, None) => result.status = Status::Known,
                    (Comparison::NotExecuted, _) => {}
                }
            }
        }
        stale
    }
}

/// The result of a listed case, compared with its entry.
enum Comparison {
    NotExecuted,
    AsListed,
    Different(StaleReason),
}

impl Comparison {
    fn of(entry: &Entry, result: &CaseResult) -> Self {
        match fingerprint(result) {
            Some(seen) if entry.sees.contains(&seen) => Self::AsListed,
            Some(seen) => Self::Different(StaleReason::FailsDifferently {
                listed: entry.sees.clone(),
                seen,
            }),
            None if result.status == Status::Pass => Self::Different(StaleReason::Passes),
            None => Self::NotExecuted,
        }
    }
}

/// Adds a failed check, so that the report shows the reason.
fn fail(entry: &Entry, result: &mut CaseResult, reason: &StaleReason) {
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
