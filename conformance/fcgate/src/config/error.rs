//! The error of a configuration file.

use std::fmt;

use fc_conformance::toml_file::Place;

/// An error in a configuration file: the file, the line and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigError {
    place: Place,
    message: String,
}

impl ConfigError {
    pub(super) fn new(file: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        Self {
            place: Place {
                file: file.to_owned(),
                line,
            },
            message: message.into(),
        }
    }

    /// The line, from 1.
    pub fn line(&self) -> Option<usize> {
        self.place.line
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for ConfigError {}
