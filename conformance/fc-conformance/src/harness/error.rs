//! Why there are no tests to run.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::known::KnownError;
use crate::verdict::Verdict;
use fcgate_cases::corpus::CorpusError;
use fcgate_text::visible;

/// Why an implementation cannot be judged at all.
#[derive(Debug)]
#[non_exhaustive]
pub enum HarnessError {
    /// The corpus cannot be read.
    Corpus(CorpusError),
    /// The file of known failures cannot be read.
    KnownFile {
        /// Where it should be.
        path: PathBuf,
        /// Why it cannot be read.
        error: io::Error,
    },
    /// The known failures are not what they should be.
    Known(KnownError),
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
            Self::KnownFile { .. } | Self::Known(_) | Self::Revision { .. } => Verdict::Config,
        }
    }
}

impl fmt::Display for HarnessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Corpus(error) => error.fmt(f),
            Self::KnownFile { path, error } => {
                let path = path.display().to_string();
                write!(f, "{} cannot be read: {error}", visible::line(&path, 200))
            }
            Self::Known(error) => error.fmt(f),
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

impl From<KnownError> for HarnessError {
    fn from(error: KnownError) -> Self {
        Self::Known(error)
    }
}
