//! One cause in full: the rule, where the answer parts from it, why it matters, the evidence.

use std::fmt::Write as _;

use crate::corpus::Corpus;
use crate::judge::Check;
use crate::verdict::Cause;

use super::style::{BAD, BOLD, DIM, WARN, styled};
use super::text::{shown_case, word};
use super::{Report, diff};

/// A cause that turns nothing, on one line.
pub(super) fn brief(report: &Report, group: &Cause, out: &mut String) {
    let id = shown_case(report, group).map_or("", |result| result.id.as_str());
    let count = group.cases.len();
    let note = styled(WARN, "note");
    let _ = writeln!(
        out,
        "\n{note}[{}]: {} ({count}), e.g. {id}",
        group.code, group.summary
    );
}

/// The case that is shown for a cause, in full, and the others by name.
pub(super) fn full(report: &Report, corpus: &Corpus, group: &Cause, out: &mut String) {
    let Some(result) = shown_case(report, group) else {
        return;
    };
    let kind = if report.gates(result) {
        styled(BAD, "error")
    } else {
        styled(WARN, "note")
    };
    let more = match group.cases.len() {
        1 => String::new(),
        count => format!(" ({count} cases)"),
    };
    let _ = writeln!(
        out,
        "\n{kind}[{}]: {}{more}",
        group.code,
        styled(BOLD, &group.summary)
    );
    let Some(case) = corpus.case(&result.id) else {
        return;
    };
    let field = |name: &str| styled(DIM, &format!("{name:<9}"));
    let _ = writeln!(
        out,
        "  {}{} ({}): {}",
        field("case"),
        case.id,
        case.level,
        case.title
    );
    for id in &case.requirements {
        if let Some(requirement) = corpus.requirement(id) {
            let _ = writeln!(
                out,
                "  {}{id} ({}): {}",
                field("rule"),
                requirement.level,
                requirement.text
            );
        }
    }
    match (result.first_failure(), &result.note) {
        (Some(check), _) => difference(check, out),
        (None, Some(note)) => {
            let _ = writeln!(out, "  {}{}: {note}", field("what"), word(result.status));
        }
        (None, None) => {}
    }
    let others: Vec<&str> = result
        .checks
        .iter()
        .filter(|check| check.failed())
        .skip(1)
        .map(|check| check.id.as_str())
        .collect();
    if !others.is_empty() {
        let _ = writeln!(out, "  {}{}", field("also"), others.join(", "));
    }
    let _ = writeln!(out, "  {}{}", field("why"), case.because);
    for evidence in &case.evidence {
        let _ = writeln!(out, "  {}{evidence}", field("evidence"));
    }
    let _ = writeln!(
        out,
        "  {}fcgate run --partial-ok --only {}",
        field("repro"),
        case.id
    );
    let rest: Vec<&str> = group
        .cases
        .iter()
        .map(String::as_str)
        .filter(|id| *id != case.id)
        .collect();
    if !rest.is_empty() {
        let named = rest.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        let dots = if rest.len() > 3 { ", …" } else { "" };
        let _ = writeln!(
            out,
            "  {}{} more: {named}{dots}",
            field("cases"),
            rest.len()
        );
    }
}

/// The first failed check: where it parts, and both values.
fn difference(check: &Check, out: &mut String) {
    let at = styled(DIM, &format!("{:<9}", "at"));
    if let Some(first) = &check.first_difference {
        let _ = writeln!(
            out,
            "  {at}{}, byte {} (line {}, column {}): {}",
            check.id, first.offset, first.line, first.column, first.sentence,
        );
    } else {
        let _ = writeln!(out, "  {at}{}", check.id);
    }
    match (&check.expected, &check.actual) {
        (Some(expected), Some(actual)) => out.push_str(&diff::block(expected, actual)),
        (Some(expected), None) => {
            out.push_str(&diff::block(expected, expected));
            let _ = writeln!(out, "    {}", styled(BAD, "is missing"));
        }
        (None, Some(actual)) => {
            out.push_str(&diff::block(actual, actual));
            let _ = writeln!(out, "    {}", styled(BAD, "is there and must not be"));
        }
        (None, None) => {}
    }
}
