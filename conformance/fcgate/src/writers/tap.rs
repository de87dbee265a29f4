//! TAP, version 14: a test point for each case.

use std::fmt::Write as _;

use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::{CaseResult, Check};

use fc_conformance::report::disposition::{Disposition, reason};
use fc_conformance::report::escape::escape;
use fc_conformance::report::failure::repro;
use fc_conformance::report::totals::{sentences, verdict};
use fc_conformance::report::{Report, cases_explain_verdict};

/// Returns the report in TAP 14. It fails exactly when the verdict is not `conforming`.
///
/// Cases that did not run are `# SKIP`; cases that a filter left out are absent. Known failures and cases that are not required are `# TODO`.
/// If no case explains the verdict, the last test point reports it.
pub fn tap(report: &Report, corpus: &Corpus) -> String {
    let own = usize::from(!cases_explain_verdict(report));
    let selected = report.selected().count();
    let mut out = format!("TAP version 14\n1..{}\n", selected + own);
    let (subject, suite) = (&report.subject, &report.suite);
    for (name, value) in [
        ("subject", format!("{} {}", subject.name, subject.version)),
        ("suite", format!("{suite}, corpus {}", report.corpus_sha256)),
        ("seed", report.seed.to_string()),
        (
            "verdict",
            format!("{} (exit {})", verdict(report), report.exit),
        ),
    ] {
        let _ = writeln!(out, "# {name}: {}", escape(&value));
    }
    if let Some(end) = &report.ended_early {
        let _ = writeln!(out, "# {}", end.sentence());
    }
    let points = report.selected().zip(1_usize..);
    for (result, number) in points {
        test_point(report, corpus, result, number, &mut out);
    }
    if own == 1 {
        let _ = writeln!(out, "not ok {} - verdict {}", selected + 1, verdict(report));
        out.push_str("  ---\n");
        field("exit", &report.exit.to_string(), &mut out);
        field("reason", &sentences(report).join("; "), &mut out);
        out.push_str("  ...\n");
    }
    out
}

fn test_point(
    report: &Report,
    corpus: &Corpus,
    result: &CaseResult,
    number: usize,
    out: &mut String,
) {
    let disposition = Disposition::of(report, result);
    let reason = reason(report, corpus, result);
    let (word, directive) = match disposition {
        Disposition::Passed => ("ok", String::new()),
        Disposition::Skipped => ("ok", format!(" # SKIP {}", escaped(&reason))),
        Disposition::Known => ("not ok", " # TODO known failure".to_owned()),
        Disposition::Differs => ("not ok", format!(" # TODO not required ({})", result.level)),
        Disposition::Failed | Disposition::Unproven | Disposition::Broken => {
            ("not ok", String::new())
        }
    };
    let _ = writeln!(out, "{word} {number} - {}{directive}", escaped(&result.id));
    if matches!(disposition, Disposition::Passed | Disposition::Skipped) {
        return;
    }
    out.push_str("  ---\n");
    field("message", &reason, out);
    field("level", &result.level.to_string(), out);
    field("status", result.status.name(), out);
    field("requirements", &result.requirements.join(" "), out);
    if let Some(cause) = &result.cause {
        field("cause", cause, out);
    }
    if let Some(check) = result.first_failure() {
        difference(check, out);
    }
    if let Some(case) = corpus.case(&result.id) {
        field("why", &case.because, out);
        field("repro", &repro(report, &case.id), out);
    }
    out.push_str("  ...\n");
}

fn difference(check: &Check, out: &mut String) {
    field("check", &check.id, out);
    for (name, value) in [
        ("expected", check.expected_text()),
        ("actual", check.actual_text()),
    ] {
        if let Some(value) = value {
            field(name, &value, out);
        }
    }
    if let Some(first) = &check.first_difference {
        let _ = writeln!(out, "  byte: {}", first.offset);
    }
}

/// A field of a YAML block. A JSON string is a valid YAML string.
fn field(name: &str, value: &str, out: &mut String) {
    let value = serde_json::Value::from(&*escape(value));
    let _ = writeln!(out, "  {name}: {value}");
}

/// The text of a description or a reason, escaped so that `#` does not start a directive.
fn escaped(text: &str) -> String {
    escape(text).replace('\\', "\\\\").replace('#', "\\#")
}
