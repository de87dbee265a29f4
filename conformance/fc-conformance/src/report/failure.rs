//! Writes one cause in full: the rule, the first difference, the consequence, and the evidence.

use std::fmt::Write as _;

use anstream::adapter::strip_str;

use crate::property;
use crate::verdict::Cause;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::{CaseResult, Check, ShownRequest};

use super::diff::{Comparison, Side};
use super::disposition::word;
use super::escape::{escape, escape_line};
use super::report_data::Report;
use super::sent_request::{request_lines, shown_request, signed_with, text_to_sign};
use super::style::{BAD, BOLD, DIM, GOOD, WARN, styled};
use super::totals::{cases_of_cause, gates, shown_case};

/// Writes every cause of the red cases in full.
pub fn failures(report: &Report, corpus: &Corpus) -> String {
    let mut out = String::new();
    for cause in &report.causes {
        full(report, corpus, cause, &mut out);
    }
    out
}

/// Writes a cause that does not change the verdict on one line.
pub fn on_one_line(report: &Report, group: &Cause, out: &mut String) {
    let id = shown_case(report, group).map_or("", |result| result.id.as_str());
    let count = cases_of_cause(report, group);
    let note = styled(WARN, "note");
    let (code, summary) = (escape(&group.code), escape(&group.summary));
    let _ = writeln!(out, "\n{note}[{code}]: {summary} ({count}), e.g. {id}");
}

/// Writes the example case of a cause in full, and the ids of its other cases.
pub fn full(report: &Report, corpus: &Corpus, group: &Cause, out: &mut String) {
    let Some(result) = shown_case(report, group) else {
        return;
    };
    let kind = if gates(report, group) {
        styled(BAD, "error")
    } else {
        styled(WARN, "note")
    };
    let more = match group.cases.len() {
        1 => String::new(),
        _ => format!(" ({})", cases_of_cause(report, group)),
    };
    let (code, summary) = (escape(&group.code), styled(BOLD, &escape(&group.summary)));
    let _ = writeln!(out, "\n{kind}[{code}]: {summary}{more}");
    if !group.mutants.is_empty() {
        let names: Vec<_> = group.mutants.iter().map(|name| escape(name)).collect();
        let names = names.join(" or ");
        let _ = writeln!(
            out,
            "  {}the answers equal those of the mutant {names}",
            field("same as")
        );
    }
    case(report, corpus, result, out);
    let rest: Vec<&str> = group
        .cases
        .iter()
        .map(String::as_str)
        .filter(|id| *id != result.id)
        .collect();
    if !rest.is_empty() {
        let named = rest.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        let dots = if rest.len() > 3 { ", …" } else { "" };
        let count = rest.len();
        let _ = writeln!(out, "  {}{count} more: {named}{dots}", field("cases"));
    }
}

/// Writes a red case in the form of the human report, without styles.
pub fn plain(report: &Report, corpus: &Corpus, result: &CaseResult) -> String {
    let mut out = String::new();
    case(report, corpus, result, &mut out);
    strip_str(&out).to_string()
}

/// Returns the command that runs this case alone, with the options of the run that decide its result.
pub fn repro(report: &Report, id: &str) -> String {
    if report.served {
        return "fcgate serve, then send the same call again".to_owned();
    }
    let mut command = format!("fcgate run --partial-ok{}", property::flag(id));
    if let (Some(inputs), Some(_)) = (report.property_inputs, property::named(id)) {
        let _ = write!(command, " {inputs}");
    }
    let _ = write!(command, " --only {id}{}", report.options);
    if let Some(adapter) = &report.adapter {
        let _ = write!(command, " -- {adapter}");
    }
    command
}

fn field(name: &str) -> String {
    styled(DIM, &format!("{name:<9}"))
}

fn case(report: &Report, corpus: &Corpus, result: &CaseResult, out: &mut String) {
    let Some(case) = corpus.case(&result.id) else {
        return;
    };
    let mut line = |name: &str, text: &dyn std::fmt::Display| {
        let _ = writeln!(out, "  {}{text}", field(name));
    };
    line(
        "case",
        &format_args!("{} ({}): {}", case.id, case.level, case.title),
    );
    for id in &case.requirements {
        if let Some(rule) = corpus.requirement(id) {
            line(
                "rule",
                &format_args!("{id} ({}): {}", rule.level, rule.text),
            );
        }
    }
    if let Some(note) = &result.note {
        line(
            "what",
            &format_args!("{}: {}", word(result.status), escape_line(note)),
        );
    }
    if let Some(check) = result.first_failure() {
        difference(check, "at", out);
    }
    if let Some(request) = shown_request(result) {
        sent(request, out);
    }
    let others: Vec<&str> = result
        .checks
        .iter()
        .filter(|check| check.failed())
        .skip(1)
        .map(|check| check.id.as_str())
        .collect();
    let mut line = |name: &str, text: &dyn std::fmt::Display| {
        let _ = writeln!(out, "  {}{text}", field(name));
    };
    if !others.is_empty() {
        line("also", &others.join(", "));
    }
    line("why", &case.because);
    for evidence in &case.evidence {
        line("evidence", evidence);
    }
    line("repro", &repro(report, &case.id));
}

/// Writes a request, and for a wrong signature the text that had to be signed and the text that was signed.
fn sent(request: &ShownRequest, out: &mut String) {
    let mut label = field("request");
    for line in request_lines(request) {
        let _ = writeln!(out, "  {label}{line}");
        label = field("");
    }
    let Some(check) = &request.signed_text else {
        return;
    };
    let how = signed_with(request, check);
    let _ = writeln!(out, "  {}{how}", field("signed"));
    if check.actual.is_some() {
        difference(check, "", out);
        return;
    }
    let mut label = field("to sign");
    for line in text_to_sign(check) {
        let _ = writeln!(out, "  {label}{line}");
        label = field("");
    }
}

/// Writes the first failed check: the place of the difference, and both values.
fn difference(check: &Check, label: &str, out: &mut String) {
    let at = field(label);
    let id = escape(&check.id);
    if let Some(first) = &check.first_difference {
        let _ = writeln!(
            out,
            "  {at}{id}, byte {} (line {}, column {}): {}",
            first.offset,
            first.line,
            first.column,
            escape(&first.sentence()),
        );
    } else {
        let _ = writeln!(out, "  {at}{id}");
    }
    let comparison = Comparison::of(check);
    if comparison.equal > 0 {
        let _ = writeln!(out, "      … {} equal lines", comparison.equal);
    }
    for line in &comparison.lines {
        let line = match line.side {
            Side::Both => format!("  │ {}", line.text),
            Side::Expected => styled(GOOD, &format!("- │ {}", line.text)),
            Side::Actual => styled(BAD, &format!("+ │ {}", line.text)),
        };
        let _ = writeln!(out, "    {line}");
    }
    if comparison.left_out > 0 {
        let _ = writeln!(out, "      … {} lines more", comparison.left_out);
    }
    if let Some(remark) = comparison.remark {
        let _ = writeln!(out, "    {}", styled(BAD, &remark));
    }
}
