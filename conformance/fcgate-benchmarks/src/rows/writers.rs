//! Each report writer, and how it grows with the number of cases.

use std::hint::black_box;

use fc_benchmarks::Row;
use fc_conformance::report::{Report, Verbosity, text};
use fcgate::writers;
use fcgate_cases::corpus::Corpus;

use crate::judged::{COPIES, Later, later};

type Write = fn(&Report, &Corpus) -> String;

/// A writer by its name. Another one is compared with the first, which writes everything that the report has.
const WRITERS: [(&str, Write); 8] = [
    ("JSON", |report, _| writers::json(report).unwrap()),
    ("JSON lines", |report, _| writers::jsonl(report).unwrap()),
    ("JUnit", |report, corpus| {
        writers::junit(report, corpus).unwrap()
    }),
    ("TAP", writers::tap),
    ("Markdown", writers::markdown),
    ("HTML", writers::html),
    ("badge", |report, _| writers::badge(report).unwrap()),
    ("text", |report, corpus| {
        text(report, corpus, Verbosity::Normal)
    }),
];
/// The writers in the picture.
const GROWING: [&str; 5] = ["JSON", "JUnit", "Markdown", "HTML", "text"];

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for copies in COPIES {
        let judged = later(copies);
        let cases = judged.corpus.cases().len();
        for (name, write) in WRITERS {
            let is_growing = GROWING.contains(&name);
            if copies > 1 && !is_growing {
                continue;
            }
            let row = row(format!("report of {cases} cases, {name}"), write, &judged);
            let row = row.over(format!("report of {cases} cases, JSON"));
            rows.push(if is_growing {
                row.point("reports", name, cases as u64)
            } else {
                row
            });
        }
    }
    rows
}

fn row(name: String, write: Write, judged: &Later) -> Row {
    let judged = judged.clone();
    Row::new(name, move || {
        let judged = judged.clone();
        move || drop(black_box(write(&judged.report, &judged.corpus)))
    })
}
