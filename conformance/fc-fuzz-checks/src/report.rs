//! A text that an adapter, a merged file or a corpus supplies, in every report.
//!
//! The reports are read back with independent parsers: their elements do not depend on the text.

mod sample;
#[expect(
    clippy::unwrap_used,
    reason = "a report that cannot be parsed is a finding"
)]
mod shapes;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::LazyLock;

use fc_conformance::report::Report;
use fcgate::writers::{annotations, html, json, jsonl, junit, markdown, tap};
use fcgate_cases::corpus::Corpus;
use serde_json::Value;

/// What every report has, whatever the text is.
static HARMLESS: LazyLock<Shapes> = LazyLock::new(|| Shapes::of("harmless"));

/// The elements of the reports about one text.
#[derive(PartialEq, Eq)]
struct Shapes {
    junit: Vec<String>,
    html: BTreeSet<String>,
    markdown: Vec<String>,
    tap: Vec<String>,
    annotations: Vec<String>,
}

/// Writes a report of every kind with a text in every place.
///
/// # Panics
///
/// If a report is not well-formed, has other elements than with a harmless text, shows a hidden character, or the JSON report
/// lost the text.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let found = Shapes::of(&text);
    let expected = &*HARMLESS;
    same("junit", &found.junit, &expected.junit);
    same("html", &found.html, &expected.html);
    same("markdown", &found.markdown, &expected.markdown);
    same("tap", &found.tap, &expected.tap);
    same("annotations", &found.annotations, &expected.annotations);
}

fn same<T: PartialEq + Debug>(writer: &str, found: &T, expected: &T) {
    assert!(
        found == expected,
        "{writer}: {found:?}, expected {expected:?}"
    );
}

impl Shapes {
    fn of(text: &str) -> Self {
        let corpus = &*sample::CORPUS;
        let report = sample::report(text);
        check_json(&report, text);
        let page = html(&report, corpus);
        let written = [
            page,
            tap(&report, corpus),
            markdown(&report, corpus),
            annotations(&report, corpus),
            xml(&report, corpus),
        ];
        for text in &written {
            let is_hidden = |one: char| {
                one.is_control() && one != '\n'
                    || "\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}".contains(one)
            };
            assert!(!text.contains(is_hidden), "{text:?}");
        }
        let [page, tap, markdown, annotations, xml] = written;
        Self {
            junit: shapes::xml(&xml),
            html: shapes::html(&page),
            markdown: shapes::markdown(&markdown),
            tap: shapes::tap(&tap),
            annotations: shapes::commands(&annotations),
        }
    }
}

fn xml(report: &Report, corpus: &Corpus) -> String {
    match junit(report, corpus) {
        Ok(text) => text,
        Err(error) => panic!("the report cannot be written as XML: {error}"),
    }
}

/// The report as data keeps the text, and every line of JSON lines is one object.
fn check_json(report: &Report, text: &str) {
    let written = json(report).unwrap_or_default();
    let value: Value = serde_json::from_str(&written).unwrap_or_default();
    let warnings = value.get("warnings").and_then(Value::as_array);
    let is_kept = warnings.is_some_and(|warnings| warnings.iter().any(|warning| warning == text));
    assert!(is_kept, "the JSON report lost the text");
    let lines = jsonl(report).unwrap_or_default();
    assert!(!lines.is_empty());
    for line in lines.lines() {
        assert!(serde_json::from_str::<Value>(line).is_ok_and(|line| line.is_object()));
    }
}
