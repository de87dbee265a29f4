//! The head of the page, and the facts about the run.

use maud::{Markup, html};

use fc_conformance::report::Report;
use fc_conformance::report::disposition::Disposition;
use fc_conformance::report::escape::{escape, escape_line};
use fc_conformance::report::totals::{
    OPERATIONS, Tally, gating_levels, required, sentences, verdict,
};
use fc_conformance::verdict::Verdict;

use super::super::html_value::linked;

/// The width of the bar of an operation, in SVG units.
const WIDTH: usize = 1000;

pub(super) fn head(report: &Report) -> Markup {
    let subject = &report.subject;
    let (passed, of) = required(report);
    let class = match report.verdict {
        Verdict::Conforming => "good",
        Verdict::Incomplete => "unsure",
        _ => "bad",
    };
    html! {
        header class=(class) {
            p.over { "fcgate conformance report" }
            h1 {
                span.name { (escape_line(&subject.name)) }
                " "
                span.version { (escape_line(&subject.version)) }
            }
            p.verdict {
                span.badge { (mark(report.verdict)) " " (verdict(report)) }
                " "
                span { strong { (passed) " of " (of) } " required cases passed" }
            }
            @let sentences = sentences(report);
            @if !sentences.is_empty() {
                ul.why { @for sentence in &sentences { li { (escape(sentence)) } } }
            }
            (bars(report))
            nav aria-label="Parts of the report" {
                a href="#findings" { "Findings" }
                @for operation in OPERATIONS {
                    @if report.selected().any(|result| result.operation == operation) {
                        a href={ "#" (operation.name()) } { (operation.name()) }
                    }
                }
                a href="#run" { "About this run" }
            }
        }
    }
}

fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conforming => "✓",
        Verdict::Incomplete => "?",
        _ => "✗",
    }
}

/// A row for each operation: the dispositions of its cases, as a bar and as numbers.
fn bars(report: &Report) -> Markup {
    let whole = Tally::of(report, report.cases.iter());
    let shown: Vec<Disposition> = Disposition::ALL
        .into_iter()
        .rev()
        .filter(|disposition| whole.get(*disposition) > 0)
        .collect();
    html! {
        div.wide { table.bars {
            caption.aside { "Results of the cases by operation" }
            thead { tr {
                th scope="col" { "operation" }
                td {}
                @for disposition in &shown {
                    th scope="col" class={ "n " (disposition.word()) } title=(disposition.meaning()) { (disposition.word()) }
                }
            } }
            tbody { @for operation in OPERATIONS {
                @let of = report.cases.iter().filter(|result| result.operation == operation);
                @let tally = Tally::of(report, of);
                @if tally.total() > 0 {
                    tr {
                        th scope="row" { (operation.name()) }
                        td.bar { (bar(&tally)) }
                        @for disposition in &shown {
                            td class={ "n" @if tally.get(*disposition) == 0 { " none" } } { (tally.get(*disposition)) }
                        }
                    }
                }
            } }
        } }
    }
}

/// The bar of an operation. Each part has a minimum width, so that a single failure is visible.
fn bar(tally: &Tally) -> Markup {
    let mut from = 0;
    let mut parts = Vec::new();
    for disposition in Disposition::ALL.into_iter().rev() {
        let count = tally.get(disposition);
        if count > 0 {
            let width = (count * WIDTH / tally.total()).max(8);
            parts.push((from, width, disposition.word()));
            from += width;
        }
    }
    html! {
        svg viewBox={ "0 0 " (from) " 10" } preserveAspectRatio="none" aria-hidden="true" {
            @for (from, width, class) in parts {
                rect class=(class) x=(from) width=(width) height="10" {}
            }
        }
    }
}

pub(super) fn warnings(report: &Report) -> Markup {
    html! {
        @for warning in &report.warnings {
            p.warning { strong { "Warning: " } (escape(warning)) }
        }
    }
}

/// The facts about the run: what was tested, and with which suite.
pub(super) fn run(report: &Report) -> Markup {
    let (subject, claims) = (&report.subject, &report.claims);
    let facts = [
        ("subject", escape_line(&subject.name)),
        ("version", escape_line(&subject.version)),
        ("language", escape_line(&subject.language)),
        ("revisions", list(&claims.revisions)),
        ("capabilities", list(&claims.capabilities)),
        ("lacks", list(&claims.lacks)),
        ("levels that gate", gating_levels(report).to_owned()),
        (
            "verdict",
            format!("{} (exit {})", report.verdict, report.exit),
        ),
        ("suite", escape_line(&report.suite)),
        ("corpus", escape_line(&report.corpus_sha256)),
        ("seed", report.seed.to_string()),
        (
            "shard",
            report
                .shard
                .map_or_else(|| "the whole".to_owned(), |shard| shard.to_string()),
        ),
        (
            "cases",
            format!("{} of {}", report.selected().count(), report.cases.len()),
        ),
    ];
    html! {
        section #run aria-labelledby="run-title" {
            h2 #run-title { "About this run" }
            dl.facts {
                @for (name, value) in &facts { dt { (name) } dd { (value) } }
                @if let Some(revision) = &report.provenance.source_revision {
                    dt { "source revision" } dd { (escape_line(revision.as_str())) }
                }
                @if let Some(url) = &report.provenance.run_url {
                    dt { "run" } dd { (linked(url.as_str())) }
                }
            }
            h3 { "Results of a case" }
            dl.facts { @for disposition in Disposition::ALL {
                dt { span class={ "chip " (disposition.word()) } { (disposition.word()) } }
                dd { (disposition.meaning()) }
            } }
            h3 { "How bytes are shown" }
            dl.facts {
                dt { code { i { "LF" } i { "CR" } i { "TAB" } } } dd { "line feed, carriage return and tab" }
                dt { code { "·" } } dd { "a space at the end of a line" }
                dt { code { "⌁" } } dd { "the end of the text" }
                dt { code { "\\u{..} \\x{..}" } } dd { "an invisible character, and a byte that is not UTF-8" }
            }
        }
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        escape(&names.join(", ")).into_owned()
    }
}
