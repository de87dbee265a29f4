//! The disposition of a case: how it counts in the report.

use crate::verdict::Verdict;
use fcgate_cases::corpus::{Case, Corpus};
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_runner::is_not_run;

use super::escape::escape_line;
use super::left_out;
use super::report_data::Report;

/// The id of the check that fails if a case does not match its known-failure entry.
const KNOWN: &str = "known";

/// How a case counts in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "read by the writers of reports")]
pub enum Disposition {
    /// The result is as expected.
    Passed,
    /// The result is not as expected, and this changes the verdict.
    Failed,
    /// The result is not as expected, but the case is not required.
    Differs,
    /// The case fails as listed in its known-failure entry.
    Known,
    /// The case is required, but no check could run.
    Unproven,
    /// The gate itself failed.
    Broken,
    /// The case did not run, or does not count.
    Skipped,
}

impl Disposition {
    /// All dispositions in the order of the reports: those that need attention come first.
    pub const ALL: [Self; 7] = [
        Self::Broken,
        Self::Failed,
        Self::Unproven,
        Self::Differs,
        Self::Known,
        Self::Skipped,
        Self::Passed,
    ];

    /// Returns the disposition of a result of this report.
    pub fn of(report: &Report, result: &CaseResult) -> Self {
        let gates = report.gates(result);
        match result.status {
            Status::Pass => Self::Passed,
            Status::Known => Self::Known,
            Status::Harness => Self::Broken,
            Status::Untestable if gates => Self::Unproven,
            // A wrong known-failure entry is a failure at any level.
            status if status.is_red() && (gates || result.checks.iter().any(of_known)) => {
                Self::Failed
            }
            status if status.is_red() => Self::Differs,
            _ => Self::Skipped,
        }
    }

    /// Whether the disposition prevents the verdict `conforming`.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Failed | Self::Unproven | Self::Broken)
    }

    /// The word for the disposition in reports. It is also the CSS class in the HTML report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Differs => "differs",
            Self::Known => "known",
            Self::Unproven => "untestable",
            Self::Broken => "harness",
            Self::Skipped => "skipped",
        }
    }

    /// The meaning of the disposition in words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Passed => "as expected",
            Self::Failed => "required and not as expected",
            Self::Differs => "not as expected, but not required",
            Self::Known => "fails as listed in the known failures",
            Self::Unproven => "required, but no check could run",
            Self::Broken => "the gate itself failed",
            Self::Skipped => {
                "skipped: not declared, lacking, filtered, or newer than the pinned suite"
            }
        }
    }
}

fn of_known(check: &Check) -> bool {
    check.failed() && check.id == KNOWN
}

/// Whether the cases explain the verdict: the run is conforming, or a case prevents this.
pub fn cases_explain_verdict(report: &Report) -> bool {
    let bad = |result| Disposition::of(report, result).is_bad();
    report.verdict == Verdict::Conforming || report.cases.iter().any(bad)
}

/// Returns the word for a status.
pub fn word(status: Status) -> &'static str {
    match status {
        Status::Pass => "passed",
        Status::Fail => "failed",
        Status::Timeout => "timed out",
        Status::Crash => "crashed",
        other => other.name(),
    }
}

/// Returns in words why a case did not pass, or that it passed.
pub fn reason(report: &Report, corpus: &Corpus, result: &CaseResult) -> String {
    let note = |otherwise: &str| {
        let note = result.note.as_deref().filter(|note| !note.is_empty());
        note.map_or_else(|| otherwise.to_owned(), escape_line)
    };
    match result.status {
        Status::Pass => "as expected".to_owned(),
        Status::Unsupported => not_claimed(report, corpus, result),
        Status::Filtered if is_not_run(result) => note(""),
        Status::Filtered => "left out by a filter".to_owned(),
        Status::New => "newer than the pinned suite".to_owned(),
        Status::Untestable if report.adapter_never_answered() => {
            "the adapter did not reply".to_owned()
        }
        Status::Untestable => note("declared, but no check could run"),
        Status::Known => note("fails as listed in the known failures"),
        Status::Harness => note("the gate itself failed"),
        Status::Crash => format!("crashed: {}", note("no message")),
        Status::Timeout => format!("no reply within the time limit: {}", note("no message")),
        Status::Fail => result
            .first_failure()
            .map_or_else(|| note("not as expected"), first),
    }
}

/// Describes a failed check in one sentence.
fn first(check: &Check) -> String {
    match left_out::remark(check) {
        Some(remark) if check.expected.is_none() => remark,
        Some(remark) => format!("{}; {remark}", difference(check)),
        None => difference(check),
    }
}

fn difference(check: &Check) -> String {
    match (
        &check.first_difference,
        check.expected_text(),
        check.actual_text(),
    ) {
        (Some(first), _, _) => format!(
            "{} differs at byte {} (line {}, column {}): {}",
            check.id,
            first.offset,
            first.line,
            first.column,
            first.sentence()
        ),
        (None, Some(expected), Some(actual)) => format!(
            "{}: expected {}, got {}",
            check.id,
            escape_line(&expected),
            escape_line(&actual)
        ),
        (None, Some(_), None) => format!("{} is missing", check.id),
        (None, None, Some(_)) => format!("{} must be absent", check.id),
        (None, None, None) => format!("{} does not hold", check.id),
    }
}

/// Names the lacking parts that the case needs.
fn lacking(report: &Report, case: &Case) -> String {
    let parts = report.claims.claims().lacking_parts(case);
    if parts.is_empty() {
        return "not declared".to_owned();
    }
    format!("lacks {}", parts.join(", "))
}

fn not_claimed(report: &Report, corpus: &Corpus, result: &CaseResult) -> String {
    let Some(case) = corpus.case(&result.id) else {
        return "not declared".to_owned();
    };
    let claims = &report.claims;
    let missing: Vec<&str> = case
        .needs
        .iter()
        .filter(|name| !claims.capabilities.contains(name))
        .map(String::as_str)
        .collect();
    match (missing.is_empty(), case.applies_to(&claims.revisions)) {
        (false, _) => format!("not declared: {}", missing.join(", ")),
        (true, false) => format!(
            "the revision {} is not declared",
            case.revisions().join(" or ")
        ),
        (true, true) => lacking(report, case),
    }
}
