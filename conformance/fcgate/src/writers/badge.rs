//! A badge: JSON for an endpoint of shields.io.

use serde::Serialize;

use fc_conformance::verdict::Verdict;

use fc_conformance::report::Report;
use fc_conformance::report::totals::{gating_levels, known_failures, required, verdict};
use fcgate_text::visible;

/// The longest reason in a badge, in characters.
const REASON: usize = 60;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Badge {
    schema_version: u8,
    label: String,
    message: String,
    color: &'static str,
    is_error: bool,
}

/// Returns the badge: how many of the selected required cases passed, in the colour of the verdict.
///
/// It is bright green only if all required cases of the suite passed. Filters, undeclared capabilities and known
/// failures make it plain green; it names the number of known failures.
///
/// # Errors
///
/// When the badge cannot be serialized as JSON.
pub fn badge(report: &Report) -> serde_json::Result<String> {
    let (passed, of) = required(report);
    let count = format!("{passed}/{of} {}", gating_levels(report));
    let known = known_failures(report);
    let filtered = report.selected().count() < report.cases.len();
    let (message, color) = match report.verdict {
        Verdict::Conforming if known > 0 => (format!("{}, {count}", verdict(report)), "green"),
        Verdict::Conforming if passed == of && !filtered => (count, "brightgreen"),
        Verdict::Conforming => (count, "green"),
        Verdict::Nonconforming => (count, "red"),
        Verdict::Incomplete => (format!("incomplete, {count}"), "yellow"),
        _ => (with_reason(report), "lightgrey"),
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

/// The verdict, and the start of its reason.
fn with_reason(report: &Report) -> String {
    let verdict = verdict(report);
    match &report.fault {
        Some(fault) => format!("{verdict}: {}", visible::line(fault, REASON)),
        None => verdict,
    }
}
