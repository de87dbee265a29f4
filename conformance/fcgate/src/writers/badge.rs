//! A badge: JSON for an endpoint of shields.io.

use serde::Serialize;

use fc_conformance::verdict::Verdict;

use fc_conformance::report::Report;
use fc_conformance::report::totals::{gating_levels, required};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Badge {
    schema_version: u8,
    label: String,
    message: String,
    color: &'static str,
    is_error: bool,
}

/// Returns the badge: how many required cases of the whole suite passed, in the colour of the verdict.
///
/// It is bright green only if all of them passed. Undeclared capabilities and known failures make it
/// plain green.
///
/// # Errors
///
/// When the badge cannot be serialized as JSON.
pub fn badge(report: &Report) -> serde_json::Result<String> {
    let (passed, of) = required(report);
    let count = format!("{passed}/{of} {}", gating_levels(report));
    let (message, color) = match report.verdict {
        Verdict::Conforming if passed == of => (count, "brightgreen"),
        Verdict::Conforming => (count, "green"),
        Verdict::Nonconforming => (count, "red"),
        Verdict::Incomplete => (format!("incomplete, {count}"), "yellow"),
        other => (
            fc_conformance::report::totals::verdict(other).to_owned(),
            "lightgrey",
        ),
    };
    let badge = Badge {
        schema_version: 1,
        label: "fcgate".to_owned(),
        message,
        color,
        is_error: report.verdict != Verdict::Conforming,
    };
    serde_json::to_string_pretty(&badge).map(|text| text + "\n")
}
