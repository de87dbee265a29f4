//! Markdown: a summary for the page of a CI job.

pub(super) mod escape;

use std::fmt::Write as _;

use fc_conformance::verdict::{Cause, Verdict};
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::{CaseResult, Check, ShownRequest};

use fc_conformance::report::Report;
use fc_conformance::report::diff::{Comparison, Side};
use fc_conformance::report::disposition::{Disposition, reason};
use fc_conformance::report::failure::repro;
use fc_conformance::report::sent_request::{
    request_lines, shown_request, signed_with, text_to_sign,
};
use fc_conformance::report::totals::{
    OPERATIONS, Tally, cases_of_cause, counted, gates, gating_first, gating_levels, required,
    sentences, shown_case, verdict,
};

use self::escape::{code, fenced, plain};

/// The maximum size of a step summary on GitHub.
const LIMIT: usize = 1024 * 1024;
/// Bytes reserved for the sentence that says how much was left out.
const RESERVE: usize = 1_000;
/// The most cases of a cause that are listed.
const NAMED: usize = 20;

/// Returns the report as Markdown of at most 1 MiB: the table of operations, and every cause once.
pub fn markdown(report: &Report, corpus: &Corpus) -> String {
    let mut out = head(report);
    table(report, &mut out);
    let mut blocks = Vec::new();
    for (number, cause) in (1..).zip(gating_first(report)) {
        blocks.push(if gates(report, cause) {
            gating_cause(report, corpus, cause, number)
        } else {
            other_cause(report, cause)
        });
    }
    blocks.extend(blocking_cases_without_cause(report, corpus));
    let tail = tail(report);
    let blocks_in_all = blocks.len();
    for (place, block) in blocks.into_iter().enumerate() {
        if out.len() + block.len() + tail.len() + RESERVE > LIMIT {
            let left_out = counted(blocks_in_all - place, "finding");
            let _ = writeln!(
                out,
                "\n**{left_out} left out:** this summary is limited to 1 MiB; the other reports contain everything."
            );
            break;
        }
        out += &block;
    }
    out + &tail
}

fn head(report: &Report) -> String {
    let sign = match report.verdict {
        Verdict::Conforming => "✅",
        Verdict::Incomplete => "⚠️",
        _ => "❌",
    };
    let subject = &report.subject;
    let (passed, of) = required(report);
    let mut out = format!(
        "## {sign} {}: {}\n\n{} {} ({}): {passed} of {of} required cases ({}) passed.\n\n",
        code(&subject.name),
        verdict(report),
        code(&subject.name),
        code(&subject.version),
        code(&subject.language),
        gating_levels(report),
    );
    for sentence in sentences(report) {
        let _ = writeln!(out, "- {}", plain(&sentence));
    }
    for warning in &report.warnings {
        let _ = writeln!(out, "- **warning:** {}", plain(warning));
    }
    out
}

fn table(report: &Report, out: &mut String) {
    let whole = Tally::of(report, report.cases.iter());
    let columns: Vec<Disposition> = Disposition::ALL
        .into_iter()
        .rev()
        .filter(|disposition| *disposition == Disposition::Passed || whole.get(*disposition) > 0)
        .collect();
    let row = |name: &str, cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.collect();
        format!("| {name} | {} |\n", cells.join(" | "))
    };
    out.push('\n');
    *out += &row(
        "operation",
        &mut columns.iter().map(|of| of.word().to_owned()),
    );
    *out += &row("---", &mut columns.iter().map(|_| "---:".to_owned()));
    for operation in OPERATIONS {
        let cases = report.cases.iter();
        let tally = Tally::of(report, cases.filter(|case| case.operation == operation));
        if tally.total() > 0 {
            let cells = &mut columns.iter().map(|of| tally.get(*of).to_string());
            *out += &row(operation.name(), cells);
        }
    }
    *out += &row(
        "**all**",
        &mut columns.iter().map(|of| whole.get(*of).to_string()),
    );
}

/// A cause that affects the verdict, in full.
fn gating_cause(report: &Report, corpus: &Corpus, cause: &Cause, number: usize) -> String {
    let mut out = format!(
        "\n### {number}. {} ({})\n\n",
        plain(&cause.summary),
        cases_of_cause(report, cause)
    );
    let Some(result) = shown_case(report, cause) else {
        return out;
    };
    let known = corpus.case(&result.id);
    let title = known.map_or("", |case| case.title.as_str());
    let (id, title) = (code(&result.id), plain(title));
    let _ = writeln!(
        out,
        "{}: {id} ({}), {title}\n",
        code(&cause.code),
        result.level
    );
    if !cause.mutants.is_empty() {
        let names: Vec<String> = cause.mutants.iter().map(|name| code(name)).collect();
        let names = names.join(" or ");
        let _ = writeln!(out, "The replies are those of the mutant {names}.\n");
    }
    for id in &result.requirements {
        if let Some(rule) = corpus.requirement(id) {
            let (id, text) = (plain(id), plain(&rule.text));
            let _ = writeln!(out, "> **{id}** ({}): {text}\n", rule.level);
        }
    }
    let _ = writeln!(out, "{}\n", code(&reason(report, corpus, result)));
    if let Some(check) = result.first_failure() {
        out += &difference(check);
    }
    if let Some(request) = shown_request(result) {
        out += &sent(request);
    }
    if let Some(case) = known {
        let _ = writeln!(out, "**Why it matters:** {}\n", plain(&case.because));
        for evidence in &case.evidence {
            let _ = writeln!(out, "- evidence: {}", plain(&evidence.to_string()));
        }
    }
    let _ = writeln!(
        out,
        "- run only this case: {}",
        code(&repro(report, &result.id))
    );
    out += &other_cases(cause, result);
    out
}

fn difference(check: &Check) -> String {
    let comparison = Comparison::of(check);
    let mut text = format!("--- {}: expected\n+++ {}: actual\n", check.id, check.id);
    if comparison.equal > 0 {
        let _ = writeln!(text, "  … {} equal lines", comparison.equal);
    }
    for line in &comparison.lines {
        let sign = match line.side {
            Side::Both => ' ',
            Side::Expected => '-',
            Side::Actual => '+',
        };
        let _ = writeln!(text, "{sign} {}", line.text);
    }
    if comparison.left_out > 0 {
        let _ = writeln!(text, "  … {} more lines", comparison.left_out);
    }
    let mut out = fenced("diff", &text);
    out.push('\n');
    out
}

/// A request, and for a wrong signature the text that had to be signed and the text that was signed.
fn sent(request: &ShownRequest) -> String {
    let mut out = fenced("http", &(request_lines(request).join("\n") + "\n"));
    out.push('\n');
    if let Some(check) = &request.signed_text {
        let _ = writeln!(out, "{}\n", plain(&signed_with(request, check)));
        if check.actual.is_some() {
            out += &difference(check);
        } else {
            out += &fenced("text", &(text_to_sign(check).join("\n") + "\n"));
            out.push('\n');
        }
    }
    out
}

fn other_cases(cause: &Cause, shown: &CaseResult) -> String {
    let others: Vec<&String> = cause.cases.iter().filter(|id| **id != shown.id).collect();
    if others.is_empty() {
        return String::new();
    }
    let named: Vec<String> = others.iter().take(NAMED).map(|id| code(id)).collect();
    let more = match others.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("- also: {}{more}\n", named.join(", "))
}

/// A cause that does not affect the verdict, on one line.
fn other_cause(report: &Report, cause: &Cause) -> String {
    let id = shown_case(report, cause).map_or("", |result| result.id.as_str());
    format!(
        "\n{}, not required: {} ({}), e.g. {}\n",
        code(&cause.code),
        plain(&cause.summary),
        counted(cause.cases.len(), "case"),
        code(id)
    )
}

/// The cases that prevent the verdict `conforming` but have no cause.
fn blocking_cases_without_cause(report: &Report, corpus: &Corpus) -> Vec<String> {
    let disposition = |result: &CaseResult| Disposition::of(report, result);
    let cases = report.cases.iter().filter(|result| {
        matches!(
            disposition(result),
            Disposition::Unproven | Disposition::Broken
        )
    });
    let line = |result: &CaseResult| {
        let (id, word) = (code(&result.id), disposition(result).word());
        format!("\n{id} {word}: {}\n", code(&reason(report, corpus, result)))
    };
    cases.map(line).collect()
}

fn tail(report: &Report) -> String {
    let shard = report
        .shard
        .map_or_else(String::new, |shard| format!(", shard {shard}"));
    format!(
        "\nfcgate {}, suite {}, corpus {}, seed {}{shard}, exit {}\n",
        env!("CARGO_PKG_VERSION"),
        code(&report.suite),
        code(&report.corpus_sha256),
        report.seed,
        report.exit
    )
}
