//! What the gate proves of itself before it judges anybody.

use std::error::Error;
use std::fmt;

use crate::corpus::{Corpus, CorpusError, Files, lint_cases};
use crate::recorded;

/// Why the gate must not judge.
#[derive(Debug)]
pub enum SelfCheckError {
    /// A file of the corpus cannot be read.
    Corpus(CorpusError),
    /// The corpus breaks its own rules.
    Lint(Vec<String>),
    /// The oracle disagrees with recorded traffic.
    Oracle(Vec<String>),
}

impl fmt::Display for SelfCheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, findings) = match self {
            Self::Corpus(error) => return error.fmt(f),
            Self::Lint(findings) => ("the corpus breaks its own rules", findings),
            Self::Oracle(findings) => ("the oracle disagrees with recorded traffic", findings),
        };
        write!(f, "{what} ({} findings)", findings.len())?;
        findings
            .iter()
            .take(10)
            .try_for_each(|finding| write!(f, "\n  {finding}"))
    }
}

impl Error for SelfCheckError {}

impl From<CorpusError> for SelfCheckError {
    fn from(error: CorpusError) -> Self {
        Self::Corpus(error)
    }
}

/// Reads the corpus, lints it, and has the oracle say of every recorded request what the record
/// says.
///
/// # Errors
///
/// When one of the three fails.
pub fn sound_corpus(files: &Files) -> Result<Corpus, SelfCheckError> {
    let corpus = Corpus::load(files)?;
    let findings = lint_cases(&corpus);
    if !findings.is_empty() {
        return Err(SelfCheckError::Lint(
            findings.iter().map(ToString::to_string).collect(),
        ));
    }
    let disagreements = recorded::disagreements(&recorded::recordings(files)?);
    if !disagreements.is_empty() {
        return Err(SelfCheckError::Oracle(disagreements));
    }
    Ok(corpus)
}
