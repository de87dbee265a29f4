//! The cases in detail: rules, reasons, evidence, and what was expected and found.

use maud::{Markup, html};

use fc_conformance::report::escape::{escape, escape_line};
use fcgate_cases::judge::{CaseResult, Check};

use super::super::super::html_value::{comparison, linked, sentence, with_code_spans};
use super::cases::class_and_word;
use super::catalog::{Catalog, Row};

/// The most failed checks of a result that are shown with both texts; of the others only the names.
const CHECKS: usize = 3;

pub(super) fn section(catalog: &Catalog<'_>) -> Markup {
    html! {
        section #details aria-labelledby="details-title" {
            h2 #details-title { "Cases in detail" }
            @for (index, row) in catalog.rows.iter().enumerate() { (case(catalog, index, row)) }
        }
    }
}

fn case(catalog: &Catalog<'_>, index: usize, row: &Row<'_>) -> Markup {
    html! {
        article id={ "c" (index) } {
            h3 {
                @match row.case {
                    Some(case) => (with_code_spans(&case.title)),
                    None => (escape(row.id)),
                }
            }
            p.line { code { (escape(row.id)) } " " span.level { (row.level) } }
            @for id in row.requirements {
                p.rule { b { (escape_line(id)) }
                    @if let Some(rule) = catalog.requirements.get(id.as_str()) { " " (with_code_spans(&rule.text)) }
                }
            }
            @if row.fails() { (results(catalog, index, row)) }
            @if let Some(case) = row.case {
                dl {
                    @if !case.because.is_empty() { dt { "why" } dd { (with_code_spans(&case.because)) } }
                    @if !case.evidence.is_empty() { dt { "evidence" } }
                    @for evidence in &case.evidence { dd { (linked(&evidence.to_string())) } }
                }
            }
        }
    }
}

/// What each client returned that fails the case, and the names of the others.
fn results(catalog: &Catalog<'_>, index: usize, row: &Row<'_>) -> Markup {
    let columns = || row.cells.iter().zip(&catalog.columns);
    let with = |class: &str| -> String {
        let found = columns().filter(|(cell, _)| class_and_word(cell).0 == class);
        let names: Vec<&str> = found.map(|(_, (name, _))| name.as_str()).collect();
        names.join(", ")
    };
    html! {
        @for (column, (cell, (name, version))) in columns().enumerate() {
            @if let Some(result) = cell.result.filter(|_| cell.fails()) {
                @let (class, word) = class_and_word(cell);
                section.result id={ "c" (index) "-" (column) } {
                    h4 { (name) " " span.version { (version) } " " span.(class) { (word) } }
                    (failed_checks(result))
                }
            }
        }
        @for (class, label) in [("p", "Passed: "), ("n", "Did not run: ")] {
            @let names = with(class);
            @if !names.is_empty() { p.line { (label) (names) } }
        }
    }
}

fn failed_checks(result: &CaseResult) -> Markup {
    let failed: Vec<&Check> = result
        .checks
        .iter()
        .filter(|check| check.failed())
        .collect();
    let (shown, others) = failed.split_at(failed.len().min(CHECKS));
    let others: Vec<&str> = others.iter().map(|check| check.id.as_str()).collect();
    html! {
        @for check in shown {
            p.check {
                code { (escape(&check.id)) }
                @if let Some(first) = &check.first_difference {
                    " byte " (first.offset) ": " (with_code_spans(&sentence(&first.sentence())))
                }
            }
            (comparison(check))
        }
        @if !others.is_empty() { p.line { "also fails: " (escape(&others.join(", "))) } }
    }
}
