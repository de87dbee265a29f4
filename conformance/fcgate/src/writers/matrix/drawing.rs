//! Writes the tables as Markdown and as HTML.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, PreEscaped, html as markup};
use sha2::{Digest as _, Sha256};

use super::super::markdown::escape::{code, plain};
use super::table::{Label, Table};

const TITLE: &str = "How these clients behave";

/// The introduction for new readers of the page: plain words and code spans in Markdown.
const INTRODUCTION: [&str; 3] = [
    "Each column is a client, judged by the same cases. A verdict of conforming means: no required case fails but the known \
     failures, which stand in the client's `fcgate-known.toml` with a reason and a day on which they expire.",
    "`operation#check: way` is a way to fail: in `sign`, `build`, `parse` or `invoke`, the check `check` fails, and the way says \
     how: its value differs, is missing, is unexpected, or another kind of answer came instead. `fcgate explain operation#check` \
     tells more, and so does `fcgate explain` with the id of a case.",
    "Made by `fcgate matrix` from the JSON reports of `fcgate run --report json=FILE`.",
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
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (TITLE) }
                style { (PreEscaped(STYLE)) }
            }
            body {
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
            }
        }
    };
    page.into_string()
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

/// A content security policy that allows only this style sheet.
fn policy() -> String {
    let digest = STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")
}
