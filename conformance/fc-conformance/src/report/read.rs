//! Reads JSON reports.

use serde::Deserialize;

use fcgate_text::visible;

use super::merge_error::MergeError;
use super::report_data::{Report, SCHEMA};
use super::timings::is_timings;

/// The field that every schema has: the schema number.
#[derive(Deserialize)]
struct Head {
    schema: u32,
}

/// Reads the JSON report of any run. Error messages contain `name`, the name of the file.
///
/// The JSON report contains neither the operations of the cases nor their notes. The operation of
/// every case that is read is [`Operation::Sign`](fcgate_cases::corpus::Operation).
///
/// # Errors
///
/// If the text is not a report of this schema.
pub fn read(text: &str, name: &str) -> Result<Report, MergeError> {
    let not_a_report = |error: serde_json::Error| {
        let reason = visible::line(&error.to_string(), 200);
        MergeError::of(name, format!("invalid report: {reason}"))
    };
    if is_timings(text) {
        let message = "expected a report, found the timings of a run";
        return Err(MergeError::of(name, message));
    }
    let Head { schema } = serde_json::from_str(text).map_err(not_a_report)?;
    if schema != SCHEMA {
        let message = format!("schema {schema} is unknown; this gate reads {SCHEMA}");
        return Err(MergeError::of(name, message));
    }
    let report: Report = serde_json::from_str(text).map_err(not_a_report)?;
    if report.exit != report.verdict.code() {
        let message = "its exit code does not match its verdict";
        return Err(MergeError::of(name, message));
    }
    Ok(report)
}
