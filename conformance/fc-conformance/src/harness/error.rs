//! Why a test target cannot run its tests.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::known::KnownError;
use crate::verdict::Verdict;
use fcgate_cases::corpus::CorpusError;
use fcgate_text::visible;

/// Why the tests of an implementation cannot run.
#[derive(Debug)]
#[non_exhaustive]
pub enum HarnessError {
    /// The corpus cannot be read.
    Corpus(CorpusError),
    /// The file of known failures cannot be read.
    KnownFile {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        error: io::Error,
    },
    /// The file of known failures is invalid.
    Known(KnownError),
    /// The implementation does not support the requested revision.
    Revision {
        /// The requested revision.
        requested: String,
        /// The revisions that the implementation supports.
        supported: Vec<String>,
    },
    /// The command line is invalid.
    Arguments(String),
    /// The results cannot be written.
    Output(io::Error),
}

impl HarnessError {
    /// The verdict whose exit code the test target returns.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Corpus(_) | Self::Output(_) => Verdict::Harness,
            Self::KnownFile { .. }
            | Self::Known(_)
            | Self::Revision { .. }
            | Self::Arguments(_) => Verdict::Config,
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
            Self::Revision {
                requested,
                supported,
            } => write!(
                f,
                "revision {} is not supported; expected one of: {}",
                visible::line(requested, 40),
                visible::line(&supported.join(", "), 200)
            ),
            Self::Arguments(message) => f.write_str(message),
            Self::Output(error) => write!(f, "the results cannot be written: {error}"),
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
