//! Writes the human report: the first failure of each cause in full, and counts for the rest.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::verdict::{Cause, Counts, Verdict};
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::Status;
use fcgate_text::visible;

use super::disposition::{Disposition, reason, word};
use super::escape::escape;
use super::failure;
use super::next_step::next_step;
use super::report_data::Report;
use super::style::{BAD, BOLD, DIM, GOOD, WARN, styled, styled_note};
use super::totals::{
    OPERATIONS, Tally, counted, gates, gating_first, known_failures, required, sentences, verdict,
};

/// The number of case ids that are listed next to a reason that they share.
const NAMED: usize = 3;

/// The note that no adapter is configured, so that the result does not apply to the SDK of the user.
pub const BUILT_IN: &str =
    "no adapter is configured: this run judges the built-in reference, not your SDK";

/// How much the text report contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Verbosity {
    /// The number of cases and the verdict.
    Quiet,
    /// The first failure of each gating cause in full, and each other cause on one line.
    #[default]
    Normal,
    /// Every cause in full, and also every case on one line.
    Verbose,
}

/// Writes the report as text with styles.
pub fn text(report: &Report, corpus: &Corpus, verbosity: Verbosity) -> String {
    let mut out = String::new();
    if verbosity > Verbosity::Quiet {
        head(report, verbosity, &mut out);
        areas(report, &mut out);
        if verbosity == Verbosity::Verbose {
            every_case(report, corpus, &mut out);
        }
        for cause in gating_first(report) {
            if gates(report, cause) || verbosity == Verbosity::Verbose {
                failure::full(report, corpus, cause, &mut out);
            } else {
                failure::on_one_line(report, cause, &mut out);
            }
        }
        let is_short = |cause: &&Cause| !gates(report, cause);
        if verbosity == Verbosity::Normal && report.causes.iter().any(|cause| is_short(&cause)) {
            out.push_str("\nnotes do not change the verdict; -v shows each in full\n");
        }
        for (disposition, style) in [
            (Disposition::Broken, BAD),
            (Disposition::Unproven, WARN),
            (Disposition::Known, DIM),
        ] {
            by_reason(
                report,
                corpus,
                disposition,
                &styled(style, disposition.word()),
                &mut out,
            );
        }
        for warning in &report.warnings {
            let _ = writeln!(out, "\n{}: {}", styled(WARN, "warning"), escape(warning));
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
        "{} {} · suite {} · {}, corpus {}",
        styled(BOLD, "fcgate"),
        env!("CARGO_PKG_VERSION"),
        escape(&report.suite),
        number_of_cases(report),
        escape(corpus),
    );
    let (subject, claims) = (&report.subject, &report.claims);
    if report.adapter_never_answered() {
        out.push_str("subject: none, because no adapter replied to hello\n\n");
        return;
    }
    let _ = writeln!(
        out,
        "subject: {} {} ({}) · declares {}{} · revisions: {}",
        visible::line(&subject.name, 60),
        visible::line(&subject.version, 30),
        visible::line(&subject.language, 30),
        counted(claims.capabilities.len(), "capability"),
        match claims.lacks.len() {
            0 => String::new(),
            count => format!(" · lacks {}", counted(count, "part")),
        },
        list(&claims.revisions),
    );
    if report.built_in {
        let _ = writeln!(out, "{}: {BUILT_IN}", styled_note());
    }
    if verbosity == Verbosity::Verbose {
        let _ = writeln!(out, "claims: {}", list(&claims.capabilities));
        if !claims.lacks.is_empty() {
            let _ = writeln!(out, "lacks: {}", list(&claims.lacks));
        }
    }
    out.push('\n');
}

/// The number of cases that no filter left out, and of all cases if that is another number.
fn number_of_cases(report: &Report) -> String {
    let (selected, all) = (report.selected().count(), report.cases.len());
    if selected == all {
        counted(all, "case")
    } else {
        format!("{selected} of {all} cases")
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    visible::line(&names.join(", "), 600)
}

fn areas(report: &Report, out: &mut String) {
    for operation in OPERATIONS {
        let of_area = || {
            let mut cases = report.selected();
            std::iter::from_fn(move || cases.find(|result| result.operation == operation))
        };
        let differ = Tally::of(report, of_area()).get(Disposition::Differs);
        let counts = Counts::of(
            of_area().filter(|result| Disposition::of(report, result) != Disposition::Differs),
        );
        let present = Status::ALL
            .into_iter()
            .map(|status| (counts.get(status), word(status)));
        let cells: Vec<String> = present
            .chain([(differ, "not required")])
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count:>5} {word:<11}"))
            .collect();
        if !cells.is_empty() {
            let cells = cells.join(" ");
            let _ = writeln!(out, "  {:<7} {}", operation.name(), cells.trim_end());
        }
    }
}

fn every_case(report: &Report, corpus: &Corpus, out: &mut String) {
    out.push('\n');
    for result in report.selected() {
        let style = match Disposition::of(report, result) {
            Disposition::Passed | Disposition::Known => GOOD,
            Disposition::Skipped => DIM,
            Disposition::Unproven | Disposition::Differs => WARN,
            Disposition::Failed | Disposition::Broken => BAD,
        };
        let why = match result.status {
            Status::Unsupported => format!(" · {}", reason(report, corpus, result)),
            _ => String::new(),
        };
        let status = styled(style, &format!("{:<11}", result.status.name()));
        let _ = writeln!(out, "  {status} {} ({}){why}", result.id, result.level);
    }
}

/// Writes the cases of one disposition, one line for each reason.
fn by_reason(
    report: &Report,
    corpus: &Corpus,
    disposition: Disposition,
    label: &str,
    out: &mut String,
) {
    let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for result in &report.cases {
        if Disposition::of(report, result) == disposition {
            let reason = reason(report, corpus, result);
            reasons.entry(reason).or_default().push(&result.id);
        }
    }
    for (reason, ids) in reasons {
        let mut named = ids
            .iter()
            .take(NAMED)
            .copied()
            .collect::<Vec<_>>()
            .join(", ");
        if ids.len() > NAMED {
            let _ = write!(named, " and {} more", ids.len() - NAMED);
        }
        let _ = writeln!(out, "\n{label}: {reason}\n  {named}");
    }
}

fn tail(report: &Report, out: &mut String) {
    for sentence in sentences(report) {
        let _ = writeln!(out, "{sentence}");
    }
    let style = match report.verdict {
        Verdict::Conforming if known_failures(report) > 0 => WARN,
        Verdict::Conforming => GOOD,
        _ => BAD,
    };
    let verdict = match report.verdict {
        Verdict::Conforming => verdict(report),
        other => other.name().to_owned(),
    };
    let _ = writeln!(
        out,
        "verdict: {} (exit {})",
        styled(style, &verdict),
        report.exit
    );
    let _ = writeln!(out, "{}", numbers(report));
    let _ = writeln!(out, "next: {}", next_step(report));
}

/// The numbers of the selected cases in one line; each case counts once.
fn numbers(report: &Report) -> String {
    let tally = Tally::of(report, report.cases.iter());
    let [passed, failed, differs, known] = [
        Disposition::Passed,
        Disposition::Failed,
        Disposition::Differs,
        Disposition::Known,
    ]
    .map(|disposition| tally.get(disposition));
    let mut numbers = format!("{passed} passed, {}", counted(failed, "required failure"));
    if differs > 0 {
        let _ = write!(numbers, ", {differs} not required");
    }
    if known > 0 {
        let _ = write!(numbers, ", {}", counted(known, "known failure"));
    }
    let other = tally.total() - passed - failed - differs - known;
    if other > 0 {
        let _ = write!(numbers, ", {other} other");
    }
    if known > 0 {
        let (passed, of) = required(report);
        let _ = write!(numbers, "; {passed} of {of} required cases passed");
    }
    numbers
}
