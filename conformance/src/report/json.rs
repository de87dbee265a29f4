//! The JSON report: for machines, the same bytes from run to run.

use std::path::Path;

use super::{Report, WriteError, file};

/// The report as JSON text.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn json(report: &Report) -> serde_json::Result<String> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}

/// Writes the JSON report alone.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write_json(report: &Report, path: &Path) -> Result<(), WriteError> {
    let text = json(report).map_err(|error| WriteError::unmade(path, error))?;
    file::write(path, &text)
}
