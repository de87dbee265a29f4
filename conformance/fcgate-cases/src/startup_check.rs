//! The check at startup: the gate loads and lints the corpus and tests the oracle before it judges an implementation.

use std::error::Error;
use std::fmt;

use crate::corpus::{Corpus, CorpusError, Files, lint_cases};
use crate::recorded_traffic;

/// An error because of which the gate must not judge.
#[derive(Debug)]
pub enum StartupCheckError {
    /// A file of the corpus is invalid.
    Corpus(CorpusError),
    /// The corpus breaks rules of the linter.
    Lint(Vec<String>),
    /// The oracle disagrees with recorded traffic.
    Oracle(Vec<String>),
}

impl fmt::Display for StartupCheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, findings) = match self {
            Self::Corpus(error) => return error.fmt(f),
            Self::Lint(findings) => ("the corpus breaks rules of the linter", findings),
            Self::Oracle(findings) => ("the oracle disagrees with recorded traffic", findings),
        };
        write!(f, "{what} ({} findings)", findings.len())?;
        findings
            .iter()
            .take(10)
            .try_for_each(|finding| write!(f, "\n  {finding}"))
    }
}

impl Error for StartupCheckError {}

impl From<CorpusError> for StartupCheckError {
    fn from(error: CorpusError) -> Self {
        Self::Corpus(error)
    }
}

/// Loads the corpus, lints it, and verifies every recorded request with the oracle.
///
/// # Errors
///
/// When the corpus is invalid, the linter has findings, or the oracle disagrees with a recording.
pub fn load_checked_corpus(files: &Files) -> Result<Corpus, StartupCheckError> {
    let corpus = Corpus::load(files)?;
    let findings = lint_cases(&corpus);
    if !findings.is_empty() {
        return Err(StartupCheckError::Lint(
            findings.iter().map(ToString::to_string).collect(),
        ));
    }
    let disagreements = recorded_traffic::disagreements(&recorded_traffic::recordings(files)?);
    if !disagreements.is_empty() {
        return Err(StartupCheckError::Oracle(disagreements));
    }
    Ok(corpus)
}
