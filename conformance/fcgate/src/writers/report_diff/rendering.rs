//! Writes the differences as text and as Markdown.

use std::fmt::Write as _;

use fc_conformance::report::Report;
use fc_conformance::report::escape::{escape, escape_line};
use fc_conformance::report::totals::{counted, required, verdict};

use super::change::{Change, Kind};
use crate::writers::markdown::escape::{code, plain};

/// The most cases of one kind that Markdown lists. A comment on GitHub has at most 65,536 characters.
const NAMED: usize = 40;

/// A report and the name of its file.
type Named = (String, Report);

pub(super) fn text(old: &Named, new: &Named, changes: &[Change], failures: usize) -> String {
    let mut out = String::new();
    for (label, named) in [("old", old), ("new", new)] {
        let _ = writeln!(out, "{label}: {}", escape(&run(named)));
    }
    for remark in remarks(&old.1, &new.1) {
        let _ = writeln!(out, "note: {}", escape(&remark));
    }
    for kind in Kind::ALL {
        let of_kind: Vec<&Change> = changes.iter().filter(|one| one.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{}: {}", kind.title(), numbers(kind, &of_kind));
        for one in of_kind {
            let (id, words) = (escape_line(&one.id), escape_line(&one.words));
            let _ = writeln!(out, "  {id} ({}): {words}", level(kind, one));
        }
    }
    let exit = u8::from(failures > 0);
    let _ = writeln!(out, "\n{} (exit {exit})", conclusion(changes, failures));
    out
}

pub(super) fn markdown(old: &Named, new: &Named, changes: &[Change], failures: usize) -> String {
    let sign = if failures > 0 { "❌" } else { "✅" };
    let mut out = format!("## {sign} fcgate: {}\n\n", conclusion(changes, failures));
    for (label, named) in [("old", old), ("new", new)] {
        let _ = writeln!(out, "- {label}: {}", plain(&run(named)));
    }
    for remark in remarks(&old.1, &new.1) {
        let _ = writeln!(out, "- **note:** {}", plain(&remark));
    }
    for kind in Kind::ALL {
        let of_kind: Vec<&Change> = changes.iter().filter(|one| one.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n### {}: {}\n", kind.title(), numbers(kind, &of_kind));
        for one in of_kind.iter().take(NAMED) {
            let words = plain(&shortened(&one.words));
            let _ = writeln!(
                out,
                "- {} ({}): {words}",
                code(&shortened(&one.id)),
                level(kind, one)
            );
        }
        if of_kind.len() > NAMED {
            let _ = writeln!(out, "- and {} more", of_kind.len() - NAMED);
        }
    }
    out
}

/// The level of a case; a failure that does not change the verdict says so.
fn level(kind: Kind, change: &Change) -> String {
    let fails = matches!(kind, Kind::NewFailure | Kind::OtherFailure);
    if fails && !change.required {
        format!("{}, not required", change.level)
    } else {
        change.level.to_string()
    }
}

fn numbers(kind: Kind, changes: &[&Change]) -> String {
    let required = changes.iter().filter(|change| change.required).count();
    let other = changes.len() - required;
    if kind != Kind::NewFailure || other == 0 {
        return changes.len().to_string();
    }
    format!("{required} required; {other} more that are not required")
}

/// The file, the client and the verdict of a report.
fn run((name, report): &Named) -> String {
    let subject = &report.subject;
    let (passed, of) = required(report);
    format!(
        "{name}: {} {} ({}), {}, {passed} of {of} required cases passed",
        shortened(&subject.name),
        shortened(&subject.version),
        shortened(&subject.language),
        verdict(report),
    )
}

/// What a reader must know to compare the two reports.
fn remarks(old: &Report, new: &Report) -> Vec<String> {
    let mut remarks = Vec::new();
    if old.subject.name != new.subject.name {
        remarks.push("the reports are about two different clients".to_owned());
    }
    if old.rules.level != new.rules.level {
        remarks.push(format!(
            "the old run required the level {}, the new one {}",
            old.rules.level, new.rules.level
        ));
    }
    for (label, report) in [("old", old), ("new", new)] {
        let end = report.ended_early.iter();
        remarks.extend(end.map(|end| format!("{label} run: {}", end.sentence())));
        let fault = report.fault.iter();
        remarks.extend(fault.map(|fault| format!("{label} run: {}", shortened(fault))));
    }
    remarks
}

fn conclusion(changes: &[Change], failures: usize) -> String {
    match failures {
        0 if changes.is_empty() => "no case has another result".to_owned(),
        0 => "no new required failure".to_owned(),
        count => counted(count, "new required failure"),
    }
}

fn shortened(text: &str) -> String {
    fcgate_text::visible::line(text, 200)
}
