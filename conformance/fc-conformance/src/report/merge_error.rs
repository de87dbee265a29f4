//! Errors of reading and merging reports.

use std::fmt;

use fcgate_text::visible;

/// The reason why a report cannot be read or merged, and the file if one file is at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MergeError {
    file: Option<String>,
    message: String,
}

impl MergeError {
    /// Creates an error about one file.
    pub fn of(file: &str, message: impl Into<String>) -> Self {
        Self {
            file: Some(file.to_owned()),
            message: message.into(),
        }
    }

    /// Creates an error about all files.
    pub(super) fn of_all(message: impl Into<String>) -> Self {
        Self {
            file: None,
            message: message.into(),
        }
    }
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}: ", visible::line(file, 200))?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for MergeError {}
