//! The human report: the first failure of each cause in full, the rest as a count.

use std::fmt::Write as _;

use crate::corpus::{Corpus, Operation};
use crate::judge::{CaseResult, Status};
use crate::verdict::{Cause, Counts, Verdict};
use crate::visible;

use super::style::{BAD, BOLD, DIM, GOOD, WARN, styled};
use super::{Report, failure};

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Verbosity {
    /// The count and the verdict.
    Quiet,
    /// The first failure of each cause that gates in full, the other causes on a line.
    #[default]
    Normal,
    /// Every case on a line, too, and every cause in full.
    Verbose,
}

/// The report as text with styles.
pub fn text(report: &Report, corpus: &Corpus, verbosity: Verbosity) -> String {
    let mut out = String::new();
    if verbosity > Verbosity::Quiet {
        head(report, verbosity, &mut out);
        areas(report, &mut out);
        if verbosity == Verbosity::Verbose {
            every_case(report, &mut out);
        }
        for cause in gating_first(report) {
            let gates = shown_case(report, cause).is_some_and(|case| report.gates(case));
            if gates || verbosity == Verbosity::Verbose {
                failure::full(report, corpus, cause, &mut out);
            } else {
                failure::brief(report, cause, &mut out);
            }
        }
        for result in report
            .cases
            .iter()
            .filter(|result| result.status == Status::Harness)
        {
            let note = result.note.as_deref().unwrap_or("the gate failed");
            let _ = writeln!(out, "\n{}: {}: {note}", styled(BAD, "harness"), result.id);
        }
        out.push('\n');
    }
    tail(report, &mut out);
    out
}

fn head(report: &Report, verbosity: Verbosity, out: &mut String) {
    let corpus = report
        .corpus_sha256
        .get(..12)
        .unwrap_or(&report.corpus_sha256);
    let _ = writeln!(
        out,
        "{} {} · suite {} · {} cases, corpus {corpus}",
        styled(BOLD, "fcgate"),
        env!("CARGO_PKG_VERSION"),
        report.suite,
        report.cases.len(),
    );
    let (subject, claims) = (&report.subject, &report.claims);
    let _ = writeln!(
        out,
        "subject: {} {} ({}) · claims {} capabilities · revisions: {}",
        visible::line(&subject.name, 60),
        visible::line(&subject.version, 30),
        visible::line(&subject.language, 30),
        claims.capabilities.len(),
        list(&claims.revisions),
    );
    if verbosity == Verbosity::Verbose {
        let _ = writeln!(out, "claims: {}", list(&claims.capabilities));
    }
    out.push('\n');
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    visible::line(&names.join(", "), 600)
}

fn areas(report: &Report, out: &mut String) {
    for operation in [
        Operation::Sign,
        Operation::Build,
        Operation::Parse,
        Operation::Invoke,
    ] {
        let of_area = || {
            report
                .cases
                .iter()
                .filter(|result| result.operation == operation)
        };
        let differ = of_area().filter(|result| observed(report, result)).count();
        let counts = Counts::of(of_area().filter(|result| !observed(report, result)));
        let present = Status::ALL
            .into_iter()
            .map(|status| (counts.get(status), word(status)));
        let cells: Vec<String> = present
            .chain([(differ, "differ (not required)")])
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count:>5} {word:<11}"))
            .collect();
        if !cells.is_empty() {
            let _ = writeln!(
                out,
                "  {:<7} {}",
                operation.name(),
                cells.join(" ").trim_end()
            );
        }
    }
}

/// Whether a case is red where nothing is required.
fn observed(report: &Report, result: &CaseResult) -> bool {
    result.status.is_red() && !report.gates(result)
}

pub(super) fn word(status: Status) -> &'static str {
    match status {
        Status::Pass => "passed",
        Status::Fail => "failed",
        Status::Timeout => "timed out",
        Status::Crash => "crashed",
        other => other.name(),
    }
}

fn every_case(report: &Report, out: &mut String) {
    out.push('\n');
    for result in &report.cases {
        let style = match result.status {
            Status::Pass | Status::Known => GOOD,
            Status::Unsupported | Status::Filtered | Status::New => DIM,
            Status::Untestable => WARN,
            _ => BAD,
        };
        let status = styled(style, &format!("{:<11}", result.status.name()));
        let _ = writeln!(out, "  {status} {} ({})", result.id, result.level);
    }
}

/// Causes that turn the verdict come before those that are only recorded.
fn gating_first(report: &Report) -> Vec<&Cause> {
    let mut causes: Vec<&Cause> = report.causes.iter().collect();
    causes.sort_by_key(|cause| shown_case(report, cause).is_none_or(|case| !report.gates(case)));
    causes
}

/// The case that is shown for a cause: the first one that gates, else the first one.
pub(super) fn shown_case<'a>(report: &'a Report, cause: &Cause) -> Option<&'a CaseResult> {
    let cases = || cause.cases.iter().filter_map(|id| report.case(id));
    cases()
        .find(|result| report.gates(result))
        .or_else(|| cases().next())
}

fn tail(report: &Report, out: &mut String) {
    let count = |status: Status| report.counts.get(status);
    let red = report
        .cases
        .iter()
        .filter(|case| case.status.is_red())
        .count();
    let observed = report
        .cases
        .iter()
        .filter(|case| observed(report, case))
        .count();
    let failed = red - observed;
    if failed > 0 {
        let gating = report
            .causes
            .iter()
            .filter(|cause| shown_case(report, cause).is_some_and(|case| report.gates(case)));
        let _ = writeln!(out, "{failed} failures, {} causes", gating.count());
    }
    if observed > 0 {
        let _ = writeln!(out, "{observed} cases differ where nothing is required");
    }
    for (status, why) in [
        (
            Status::Untestable,
            "are claimed, but nothing of them could be checked",
        ),
        (
            Status::Filtered,
            "were left out by a filter; --partial-ok accepts that",
        ),
        (
            Status::Harness,
            "could not be judged, because the gate itself failed",
        ),
    ] {
        if count(status) > 0 {
            let _ = writeln!(out, "{} cases {why}", count(status));
        }
    }
    if !report
        .cases
        .iter()
        .any(|case| report.gates(case) && case.status.executed())
    {
        let _ = writeln!(out, "no required case ran: nothing is proven");
    }
    let style = if report.verdict == Verdict::Conforming {
        GOOD
    } else {
        BAD
    };
    let _ = writeln!(
        out,
        "verdict: {} (exit {})",
        styled(style, report.verdict.name()),
        report.exit
    );
    let skipped = report.cases.len() - count(Status::Pass) - failed;
    let _ = writeln!(
        out,
        "{} passed, {failed} failed, {skipped} other",
        count(Status::Pass)
    );
    let _ = writeln!(out, "next: {}", next(report));
}

fn next(report: &Report) -> String {
    let first = gating_first(report)
        .into_iter()
        .find_map(|cause| shown_case(report, cause));
    match (report.verdict, first) {
        (Verdict::Nonconforming, Some(case)) => format!("fcgate explain {}", case.id),
        (Verdict::Conforming, _) => "fcgate run --report json=fcgate.json".to_owned(),
        _ => "fcgate list".to_owned(),
    }
}
