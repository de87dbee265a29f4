//! One self-contained page: no scripts, no external resources, readable offline and in print.

mod case;
mod cause;
mod overview;

use maud::{Markup, html};

use fcgate_cases::corpus::{Corpus, Group};
use fcgate_cases::judge::CaseResult;

use fc_conformance::report::Report;
use fc_conformance::report::disposition::Disposition;
use fc_conformance::report::escape::escape_line;
use fc_conformance::report::totals::{OPERATIONS, Tally, gating_first, verdict};

use super::html_page::html_page;

const STYLE: &str = concat!(
    include_str!("html_shared.css"),
    include_str!("html/page.css")
);

/// The maximum size of the page, in bytes.
const LIMIT: usize = 2 * 1024 * 1024;
/// The most bytes of the page that the causes may use.
const CAUSES: usize = 400 * 1024;
/// Bytes reserved for the sentence that says how much was left out.
const RESERVE: usize = 1_000;

/// Returns the report as one HTML page of at most 2 MiB.
///
/// The page has no script and loads nothing, and its content security policy forbids both. The anchor
/// of a case is its id. If the page would be too long, passed cases lose their details first.
pub fn html(report: &Report, corpus: &Corpus) -> String {
    let causes = causes(report, corpus);
    let none = case::Details::new();
    let frame = page(report, corpus, &causes, &none).0.len() + RESERVE;
    let details = case::details(report, corpus, LIMIT.saturating_sub(frame));
    page(report, corpus, &causes, &details).into_string()
}

fn page(report: &Report, corpus: &Corpus, causes: &Markup, details: &case::Details) -> Markup {
    let title = format!(
        "{}: {} · fcgate",
        escape_line(&report.subject.name),
        verdict(report)
    );
    let body = html! {
        a.skip href="#findings" { "Skip to the findings" }
        (overview::head(report))
        main {
            (causes)
            section #cases aria-labelledby="cases-title" {
                h2 #cases-title { "All cases" }
                (case::filter(report))
                (case::note(report, details))
                @for operation in OPERATIONS {
                    (area(report, corpus, details, operation.name()))
                }
            }
            (overview::run(report))
        }
        footer { p { "Written by fcgate " (env!("CARGO_PKG_VERSION")) ". This page contains no script and loads nothing." } }
    };
    html_page(&title, STYLE, &body)
}

fn causes(report: &Report, corpus: &Corpus) -> Markup {
    let causes = gating_first(report);
    let mut blocks = Vec::new();
    let mut length = 0;
    let mut anchors = cause::Anchors::default();
    for cause in &causes {
        let block = cause::block(report, corpus, cause, &anchors.next(cause), blocks.len());
        length += block.0.len();
        if length > CAUSES {
            break;
        }
        blocks.push(block);
    }
    let left_out = causes.len() - blocks.len();
    html! {
        section #findings aria-labelledby="findings-title" {
            h2 #findings-title { "Findings" }
            (overview::warnings(report))
            @if causes.is_empty() {
                p.quiet { "Every case has its expected result." }
            }
            @for block in &blocks { (block) }
            @if left_out > 0 {
                p.quiet { (left_out) " more causes are left out to keep the page short; the JSON report has all of them." }
            }
        }
    }
}

/// The cases of one operation, grouped as in the corpus.
fn area(report: &Report, corpus: &Corpus, details: &case::Details, name: &str) -> Markup {
    let of_area: Vec<&CaseResult> = report
        .selected()
        .filter(|result| result.operation.name() == name)
        .collect();
    let tally = Tally::of(report, of_area.iter().copied());
    if tally.total() == 0 {
        return html! {};
    }
    let in_group = |group: &Group| -> Vec<&CaseResult> {
        // The cases of a report are sorted by id, so those of a group follow each other.
        let start = format!("{}.", group.name);
        let first = of_area.partition_point(|result| result.id < start);
        let rest = of_area.iter().skip(first).copied();
        rest.take_while(|result| result.id.starts_with(&start))
            .collect()
    };
    html! {
        section.area id=(name) {
            h3 { (name) " " span.quiet { (tally.get(Disposition::Passed)) " of " (tally.total()) " passed" } }
            @for group in &corpus.groups {
                (case::group(report, corpus, group, &in_group(group), details))
            }
        }
    }
}
