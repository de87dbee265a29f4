//! Why a corpus cannot be read.

use std::error::Error;
use std::fmt;

/// A file of the corpus that is not what it should be.
#[derive(Debug)]
#[non_exhaustive]
pub struct CorpusError {
    /// The file, below the fixtures.
    pub file: String,
    /// The id of the case, where one can be told.
    pub case: Option<String>,
    /// The JSON pointer of the field; empty for the whole file or case.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl CorpusError {
    pub(crate) fn new(file: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            case: None,
            pointer: String::new(),
            message: message.into(),
        }
    }

    pub(super) fn in_case(mut self, id: &str) -> Self {
        self.case = Some(id.to_owned());
        self
    }

    pub(super) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }
}

impl fmt::Display for CorpusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "corpus file {}", self.file)?;
        if let Some(case) = &self.case {
            write!(f, ", case {case}")?;
        }
        if !self.pointer.is_empty() {
            write!(f, ", {}", self.pointer)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl Error for CorpusError {}
