//! Writes the tables as Markdown and as HTML.

use std::fmt::Write as _;

use maud::html as markup;

use super::super::html_page::html_page;
use super::super::markdown::escape::{code, plain};
use super::table::{Label, Table};

const TITLE: &str = "How these clients behave";

/// The introduction for new readers of the page: plain words and code spans in Markdown.
const INTRODUCTION: [&str; 3] = [
    "Each column is a client, and all clients are judged by the same cases. A client conforms if no required case fails, \
     except the known failures in its `fcgate-known.toml`, each with a reason and an expiry date.",
    "`operation#check: way` names a way to fail. The operation is `sign`, `build`, `parse` or `invoke`. The check is the one \
     that fails. The way is how it fails: its value differs, is missing, is unexpected, or has another kind. \
     `fcgate explain operation#check` and `fcgate explain` with the id of a case describe the details.",
    "Written by `fcgate matrix` from the JSON reports of `fcgate run --report json=FILE`.",
];
const STYLE: &str = include_str!("page.css");

pub(super) fn markdown(run: &str, columns: &[String], tables: &[Table]) -> String {
    let mut out = format!("# {TITLE}\n");
    for paragraph in INTRODUCTION {
        let _ = write!(out, "\n{paragraph}\n");
    }
    let _ = write!(out, "\n{}\n", plain(run));
    for table in tables {
        let _ = write!(out, "\n## {}\n\n{}\n\n", table.title, plain(table.note));
        let names = columns.iter().map(|name| plain(name));
        out.push_str(&line(plain(table.label), names));
        out.push_str(&line(
            "---".to_owned(),
            columns.iter().map(|_| "---:".to_owned()),
        ));
        for (label, cells) in &table.rows {
            let label = match label {
                Label::Words(words) => plain(words),
                Label::Code(text) => code(text),
            };
            out.push_str(&line(label, cells.iter().map(|cell| plain(cell))));
        }
    }
    out
}

fn line(first: String, cells: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = std::iter::once(first).chain(cells).collect();
    format!("| {} |\n", all.join(" | ")).replace("|  |", "| |")
}

pub(super) fn html(run: &str, columns: &[String], tables: &[Table]) -> String {
    let body = markup! {
        main {
            h1 { (TITLE) }
            @for paragraph in INTRODUCTION {
                p {
                    @for (number, part) in paragraph.split('`').enumerate() {
                        @if number % 2 == 1 { code { (part) } } @else { (part) }
                    }
                }
            }
            p { (run) }
            @for table in tables { (section(columns, table)) }
        }
    };
    html_page(TITLE, STYLE, &body).into_string()
}

fn section(columns: &[String], table: &Table) -> maud::Markup {
    markup! {
        section {
            h2 { (table.title) }
            p { (table.note) }
            div.wide tabindex="0" role="region" aria-label=(table.title) {
                table {
                    thead {
                        tr {
                            th scope="col" { (table.label) }
                            @for name in columns { th scope="col" { (name) } }
                        }
                    }
                    tbody {
                        @for (label, cells) in &table.rows {
                            tr {
                                th scope="row" {
                                    @match label {
                                        Label::Words(words) => { (words) }
                                        Label::Code(text) => { code { (text) } }
                                    }
                                }
                                @for cell in cells { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
