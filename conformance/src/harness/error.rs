//! Why there are no tests to run.

use std::error::Error;
use std::fmt;

use crate::corpus::CorpusError;
use crate::verdict::Verdict;
use crate::visible;

/// Why an implementation cannot be judged at all.
#[derive(Debug)]
#[non_exhaustive]
pub enum HarnessError {
    /// The corpus cannot be read.
    Corpus(CorpusError),
    /// The implementation does not speak the revision that was asked for.
    Revision {
        /// The revision.
        asked: String,
        /// Those that it speaks.
        spoken: Vec<String>,
    },
}

impl HarnessError {
    /// The verdict whose exit code a test target ends with.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Corpus(_) => Verdict::Harness,
            Self::Revision { .. } => Verdict::Config,
        }
    }
}

impl fmt::Display for HarnessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Corpus(error) => error.fmt(f),
            Self::Revision { asked, spoken } => write!(
                f,
                "revision {} is not spoken, but: {}",
                visible::line(asked, 40),
                visible::line(&spoken.join(", "), 200)
            ),
        }
    }
}

impl Error for HarnessError {}

impl From<CorpusError> for HarnessError {
    fn from(error: CorpusError) -> Self {
        Self::Corpus(error)
    }
}
