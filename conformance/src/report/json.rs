//! The JSON report: for machines, the same bytes from run to run.

use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use super::Report;

/// The report as JSON text.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn json(report: &Report) -> serde_json::Result<String> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}

/// Writes the report to a file beside `path` and renames it, so that nobody reads half a report.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write_json(report: &Report, path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(json(report)?.as_bytes())?;
    file.persist(path)?;
    Ok(())
}
