//! The table of the cases: a row for each case, a column for each client.

use maud::{Markup, html};

use fc_conformance::report::escape::{escape, escape_line};
use fcgate_cases::judge::Status;

use super::super::super::html_value::with_code_spans;
use super::catalog::{Catalog, Cell, Row};
use super::filter::filter;

pub(super) fn section(catalog: &Catalog<'_>) -> Markup {
    let rows: Vec<(usize, &Row<'_>)> = catalog.rows.iter().enumerate().collect();
    html! {
        section #cases aria-labelledby="cases-title" {
            h2 #cases-title { "Cases" }
            p.key {
                span.p { "passed" } " " span.f { "failed" } " " span.k { "failed, listed as known" } " "
                span.d { "failed, but not required" } " "
                span.u { "could not be judged" } " " span.n { "did not run" }
            }
            (filter(catalog))
            div.grid tabindex="0" role="region" aria-labelledby="cases-title" {
                table #table {
                    caption.aside { "The result of each case for each client. The title of a case opens its details, a failed result what was expected and what was found." }
                    thead { tr {
                        th scope="col" { "case" }
                        @for (name, version) in &catalog.columns {
                            th.client scope="col" { span { (name) " " span.version { (version) } } }
                        }
                    } }
                    @for group in rows.chunk_by(|(_, one), (_, other)| one.group() == other.group()) {
                        (body(catalog, group))
                    }
                }
            }
            p #none.quiet hidden { "No case matches the filter." }
        }
    }
}

/// The rows of one group of the corpus.
fn body(catalog: &Catalog<'_>, rows: &[(usize, &Row<'_>)]) -> Markup {
    let Some((_, first)) = rows.first() else {
        return html! {};
    };
    let summary = catalog.groups.get(first.group()).copied().unwrap_or("");
    html! {
        tbody {
            tr.group {
                th scope="rowgroup" colspan=(catalog.columns.len() + 1) {
                    code { (escape_line(first.group())) } " " span.quiet { (with_code_spans(summary)) }
                }
            }
            @for (index, row) in rows { (line(*index, row)) }
        }
    }
}

fn line(index: usize, row: &Row<'_>) -> Markup {
    let name = row.id.rsplit('.').next().unwrap_or(row.id);
    html! {
        tr data-k=(row.requirements.join(" ")) {
            th scope="row" {
                a href={ "#c" (index) } {
                    @match row.case {
                        Some(case) => (with_code_spans(&case.title)),
                        None => (escape(row.id)),
                    }
                }
                " " code { (escape_line(name)) }
            }
            @for (column, cell) in row.cells.iter().enumerate() { (result(index, column, cell)) }
        }
    }
}

/// One result. The style sheet shows a symbol instead of the word.
fn result(index: usize, column: usize, cell: &Cell<'_>) -> Markup {
    let (class, word) = class_and_word(cell);
    if !cell.fails() {
        return html! { td class=(class) { (word) } };
    }
    let checks: Vec<String> = cell.checks.iter().map(ToString::to_string).collect();
    html! {
        td class=(class) data-c=(checks.join(" ")) {
            a href={ "#c" (index) "-" (column) } { (word) }
        }
    }
}

/// The class of a result, and its word for readers who do not see the symbol.
pub(super) fn class_and_word(cell: &Cell<'_>) -> (&'static str, &'static str) {
    match cell.result.map(|result| result.status) {
        Some(Status::Pass) => ("p", "passed"),
        Some(Status::Known) => ("k", "failed, known"),
        Some(status) if status.is_red() && !cell.required => ("d", "failed, not required"),
        Some(Status::Fail) => ("f", "failed"),
        Some(Status::Crash) => ("f", "crashed"),
        Some(Status::Timeout) => ("f", "timed out"),
        Some(Status::Untestable | Status::Harness) => ("u", "not judged"),
        _ => ("n", "not run"),
    }
}
