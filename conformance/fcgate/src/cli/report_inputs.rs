//! Reads the JSON reports that the caller names.

use std::fs;
use std::path::PathBuf;

use fc_conformance::report;

use super::failure::Failure;

/// Returns the name and the text of one report.
pub(super) fn read_report(path: &PathBuf) -> Result<(String, String), Failure> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{name} cannot be read: {error}")))?;
    Ok((name, text))
}

/// Returns the name and the text of every report.
///
/// A glob such as `*.json` also matches the timings file that `run` writes next to a report. Timings files are
/// ignored, unless there are no other files: then the error message says that the file is a timings file.
pub(super) fn read_reports(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    let read: Vec<(String, String)> = paths.iter().map(read_report).collect::<Result<_, _>>()?;
    let (timings, reports): (Vec<_>, Vec<_>) = read
        .into_iter()
        .partition(|(_, text)| report::is_timings(text));
    Ok(if reports.is_empty() { timings } else { reports })
}
