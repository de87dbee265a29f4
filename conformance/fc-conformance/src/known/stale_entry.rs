//! Stale entries: entries that are invalid today or do not match the run.

use std::fmt;

use jiff::civil::Date;

use fcgate_text::visible;

use super::constants::MAX_DAYS;

/// An entry that is invalid today or does not match the run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stale {
    /// The file, line and number of the entry.
    pub entry: String,
    /// The case; `None` if the dates of the entry are invalid.
    pub case: Option<String>,
    /// The reason.
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
    /// The last day of the entry has passed.
    Expired(Date),
    /// The entry was added after today.
    AddedLater(Date),
    /// The entry expires more than 180 days after it was added.
    TooLong(Date),
}

impl fmt::Display for StaleReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passes => f.write_str("passes"),
            Self::FailsDifferently { seen, .. } => write!(f, "fails as '{seen}'"),
            Self::Expired(date) => write!(f, "expired on {date}"),
            Self::AddedLater(date) => write!(f, "added on {date}, which is in the future"),
            Self::TooLong(date) => {
                write!(
                    f,
                    "expires on {date}, more than {MAX_DAYS} days after it was added"
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
                write!(
                    f,
                    "{entry} lists {case}, which passes now: remove the entry"
                )
            }
            (Some(case), StaleReason::FailsDifferently { listed, .. }) => {
                let listed = visible::line(&listed.join("' or '"), 200);
                write!(f, "{entry} lists {case} as '{listed}', but it {reason}")
            }
            (_, reason) => write!(f, "{entry} is not valid: {reason}"),
        }
    }
}
