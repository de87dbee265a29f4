//! Writes the tables as Markdown.

use std::fmt::Write as _;

use super::super::markdown::escape::{code, plain};
use super::introduction::{INTRODUCTION, TITLE};
use super::table::{Label, Table};

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
