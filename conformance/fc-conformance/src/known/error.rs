//! The error for a known-failures file that cannot be used.

use std::fmt;

use crate::toml_file::{Place, TomlError};

use super::entry::Entry;

/// An error in a known-failures file: the file name, the line, the entry, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownError {
    place: Place,
    entry: Option<usize>,
    message: String,
}

impl KnownError {
    pub(super) fn of_file(file: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        Self {
            place: Place {
                file: file.to_owned(),
                line,
            },
            entry: None,
            message: message.into(),
        }
    }

    pub(super) fn of_toml(file: &str, error: TomlError) -> Self {
        Self::of_file(file, error.line, error.message)
    }

    pub(super) fn of_entry(file: &str, entry: &Entry, message: impl Into<String>) -> Self {
        Self {
            entry: Some(entry.number),
            ..Self::of_file(file, Some(entry.line), message)
        }
    }

    /// The line, from 1.
    pub fn line(&self) -> Option<usize> {
        self.place.line
    }

    /// The number of the entry, from 1.
    pub fn entry(&self) -> Option<usize> {
        self.entry
    }
}

impl fmt::Display for KnownError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if let Some(entry) = self.entry {
            write!(f, "entry {entry}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for KnownError {}
