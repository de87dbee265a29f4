//! The JSON report: for machines, the same bytes from run to run.

use fc_conformance::report::Report;

/// The report as JSON text.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn json(report: &Report) -> serde_json::Result<String> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
