//! How a case counts in the account of a run.

use crate::verdict::Verdict;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::{CaseResult, Check, Status};

use super::data::Report;
use super::escape::escape_line;

/// The check that a case fails when the known failures say something else of it.
const KNOWN: &str = "known";

/// How a case counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "read by the writers of reports")]
pub enum Disposition {
    /// As expected.
    Passed,
    /// Not as expected, and that turns the verdict.
    Failed,
    /// Not as expected where nothing is required.
    Differs,
    /// Not as expected, as the known failures say.
    Known,
    /// Required, but nothing of it could be checked.
    Unproven,
    /// The gate itself failed.
    Broken,
    /// Not put, or of no account.
    Skipped,
}

impl Disposition {
    /// In the order of the reports: what needs attention first.
    pub const ALL: [Self; 7] = [
        Self::Broken,
        Self::Failed,
        Self::Unproven,
        Self::Differs,
        Self::Known,
        Self::Skipped,
        Self::Passed,
    ];

    /// The disposition of a result of this report.
    pub fn of(report: &Report, result: &CaseResult) -> Self {
        let gates = report.gates(result);
        match result.status {
            Status::Pass => Self::Passed,
            Status::Known => Self::Known,
            Status::Harness => Self::Broken,
            Status::Untestable if gates => Self::Unproven,
            // A wrong entry among the known failures is a failure whatever the level.
            status if status.is_red() && (gates || result.checks.iter().any(of_known)) => {
                Self::Failed
            }
            status if status.is_red() => Self::Differs,
            _ => Self::Skipped,
        }
    }

    /// Whether it keeps the run from being conforming.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Failed | Self::Unproven | Self::Broken)
    }

    /// The word that people read, which is also its class in the page.
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

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Passed => "as expected",
            Self::Failed => "required and not as expected",
            Self::Differs => "not as expected where nothing is required",
            Self::Known => "fails as the known failures say",
            Self::Unproven => "required, but nothing of it could be checked",
            Self::Broken => "the gate itself failed",
            Self::Skipped => "left out: not claimed, filtered, or newer than the pinned suite",
        }
    }
}

fn of_known(check: &Check) -> bool {
    check.failed() && check.id == KNOWN
}

/// Whether the cases explain the verdict: it is conforming, or one of them keeps it from being so.
pub fn cases_explain_verdict(report: &Report) -> bool {
    let bad = |result| Disposition::of(report, result).is_bad();
    report.verdict == Verdict::Conforming || report.cases.iter().any(bad)
}

/// The word for a status.
pub fn word(status: Status) -> &'static str {
    match status {
        Status::Pass => "passed",
        Status::Fail => "failed",
        Status::Timeout => "timed out",
        Status::Crash => "crashed",
        other => other.name(),
    }
}

/// Why a case did not pass, in words; of a pass that it did.
pub fn reason(report: &Report, corpus: &Corpus, result: &CaseResult) -> String {
    let note = |otherwise: &str| {
        let note = result.note.as_deref().filter(|note| !note.is_empty());
        note.map_or_else(|| otherwise.to_owned(), escape_line)
    };
    match result.status {
        Status::Pass => "as expected".to_owned(),
        Status::Unsupported => not_claimed(report, corpus, result),
        Status::Filtered => "left out by a filter".to_owned(),
        Status::New => "newer than the pinned suite".to_owned(),
        Status::Untestable if report.adapter_never_answered() => "nobody answered".to_owned(),
        Status::Untestable => note("claimed, but nothing of it could be checked"),
        Status::Known => note("fails as the known failures say"),
        Status::Harness => note("the gate itself failed"),
        Status::Crash => format!("crashed: {}", note("no last word")),
        Status::Timeout => format!("no answer in time: {}", note("no last word")),
        Status::Fail => result
            .first_failure()
            .map_or_else(|| note("not as expected"), first),
    }
}

/// A failed check in one sentence.
fn first(check: &Check) -> String {
    match (
        &check.first_difference,
        check.expected_text(),
        check.actual_text(),
    ) {
        (Some(first), _, _) => format!(
            "{} parts at byte {} (line {}, column {}): {}",
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
        (None, None, Some(_)) => format!("{} is there and must not be", check.id),
        (None, None, None) => format!("{} does not hold", check.id),
    }
}

fn not_claimed(report: &Report, corpus: &Corpus, result: &CaseResult) -> String {
    let Some(case) = corpus.case(&result.id) else {
        return "not claimed".to_owned();
    };
    let claims = &report.claims;
    let missing: Vec<&str> = case
        .needs
        .iter()
        .filter(|name| !claims.capabilities.contains(name))
        .map(String::as_str)
        .collect();
    let revision = case.revision.as_ref();
    let revision = revision.filter(|revision| !claims.revisions.contains(revision));
    match (missing.is_empty(), revision) {
        (false, _) => format!("not claimed: {}", missing.join(", ")),
        (true, Some(revision)) => format!("the revision {revision} is not claimed"),
        (true, None) => "not claimed".to_owned(),
    }
}
