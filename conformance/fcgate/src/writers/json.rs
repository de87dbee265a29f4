//! The JSON report, for programs. Equal runs give the same bytes.

use fc_conformance::report::Report;

/// Returns the report as JSON text.
///
/// # Errors
///
/// When the report cannot be serialized as JSON.
pub fn json(report: &Report) -> serde_json::Result<String> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
