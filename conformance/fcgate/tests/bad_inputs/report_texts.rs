//! Hostile texts in reports: no writer lets them change the form of its report.

use std::fmt::Debug;
use std::time::Duration;

use anstream::adapter::strip_str;
use fc_bad_inputs::{ACCEPT, Entry};
use fc_conformance::report::{Report, Verbosity, text, timings};
use fcgate::writers::{Kind, annotations, html, json, jsonl, junit, markdown, tap};
use fcgate_cases::corpus::Corpus;
use fcgate_text::redaction::Redactor;

use crate::report_shapes as shapes;
use crate::sample::hostile;

/// The most bytes that a long text may take in a report for people: it is cut at several places.
const LONGEST: usize = 256 * 1024;

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    match entry.id() {
        "ro-020" => long(entry),
        "ro-021" => keys_are_shown(entry),
        "ro-022" => secret_forms(),
        "ro-023" => return path_in_an_id(entry),
        "ro-025" => return integers_only(entry),
        // No writer has this name.
        "ro-026" => {
            assert!("sarif".parse::<Kind>().is_err());
            return entry.expect("impossible");
        }
        _ => written(entry)?,
    }
    entry.expect(ACCEPT)
}

/// The hostile text of an entry.
fn hostile_text(entry: &Entry) -> String {
    let names = ["text", "attribute", "url", "property"];
    let name = names.into_iter().find(|name| entry.has(name)).unwrap();
    String::from_utf8_lossy(&entry.bytes(name)).into_owned()
}

fn written(entry: &Entry) -> Result<(), String> {
    let hostile_text = hostile_text(entry);
    let writer = entry.text("writer");
    let (report, harmless) = (hostile(&hostile_text), hostile("harmless"));
    match writer.as_str() {
        "junit" => same(&report, &harmless, |it| {
            shapes::xml(&junit(&it.0, &it.1).unwrap())
        }),
        "html" => same(&report, &harmless, |it| shapes::html(&html(&it.0, &it.1))),
        "github" => {
            same(&report, &harmless, |it| {
                shapes::commands(&annotations(&it.0, &it.1))
            });
            let shown = annotations(&report.0, &report.1);
            let percents = shown.split('%').skip(1);
            for rest in percents {
                let is_escape = ["25", "0A", "0D", "3A", "2C"]
                    .iter()
                    .any(|hex| rest.starts_with(hex));
                assert!(is_escape, "{shown}");
            }
        }
        "md" => same(&report, &harmless, |it| {
            shapes::markdown(&markdown(&it.0, &it.1))
        }),
        "tap" => same(&report, &harmless, |it| shapes::tap(&tap(&it.0, &it.1))),
        "human" => {}
        "any, to the console in CI" => {
            for line in strip_str(&text(&report.0, &report.1, Verbosity::Verbose))
                .to_string()
                .lines()
            {
                assert!(!line.trim_start().starts_with("::"), "{line}");
            }
        }
        _ => return Err(format!("the test does not know the writer {writer}")),
    }
    for shown in for_people(&report) {
        let invisible = |one: char| {
            one.is_control() && one != '\n'
                || "\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}".contains(one)
        };
        assert!(!shown.contains(invisible), "{shown:?}");
    }
    Ok(())
}

fn same<T: PartialEq + Debug>(
    report: &(Report, Corpus),
    harmless: &(Report, Corpus),
    shape: impl Fn(&(Report, Corpus)) -> T,
) {
    assert_eq!(shape(report), shape(harmless));
}

/// Every report that people read.
fn for_people((report, corpus): &(Report, Corpus)) -> Vec<String> {
    let styled = text(report, corpus, Verbosity::Verbose);
    vec![
        strip_str(&styled).to_string(),
        junit(report, corpus).unwrap(),
        tap(report, corpus),
        markdown(report, corpus),
        html(report, corpus),
        annotations(report, corpus),
    ]
}

fn long(entry: &Entry) {
    let hostile_text = hostile_text(entry);
    for shown in for_people(&hostile(&hostile_text)) {
        assert!(shown.len() < LONGEST, "{} bytes", shown.len());
        if shown.contains("xxxx") {
            assert!(
                shown.contains("bytes in total") || shown.contains('…'),
                "{shown:.300}"
            );
        }
    }
}

/// The signature is one of a dummy key, so it is shown: the reader compares it with the expected one.
fn keys_are_shown(entry: &Entry) {
    let shown = strip_str(&text(
        &hostile(&hostile_text(entry)).0,
        &hostile(&hostile_text(entry)).1,
        Verbosity::Verbose,
    ))
    .to_string();
    assert!(shown.contains("FC AKID:c2lnbmF0dXJl"), "{shown}");
}

/// The redaction of an adapter's output knows these forms; two parts of a secret are found in the joined text.
fn secret_forms() {
    use base64::Engine as _;
    let secret = "fcTestAccessKeySecret0123456789";
    let redactor = Redactor::new().secret(secret);
    let base64 = base64::engine::general_purpose::STANDARD.encode(secret);
    let hex: Vec<String> = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let hex = hex.concat();
    for form in [secret, &base64, &hex] {
        let line = format!("a log line with {form} in it");
        assert!(redactor.contains(line.as_bytes()), "{form}");
        let shown = redactor.redact_text(&line);
        assert!(!shown.contains(&form[..form.len() - 4]), "{shown}");
    }
    let (first, second) = secret.split_at(12);
    assert!(!redactor.contains(first.as_bytes()) && !redactor.contains(second.as_bytes()));
    assert!(redactor.contains([first, second].concat().as_bytes()));
}

/// An id is part of no path, and one with a path is refused.
fn path_in_an_id(entry: &Entry) -> Result<(), String> {
    use fcgate_cases::corpus::{CorpusErrorKind, Files};
    let text = r#"{"schema":1,"group":"sign.basic","summary":"s","cases":[{"id":"../../x","title":"t","level":"must",
        "requirements":[],"needs":[],"because":"b","evidence":[],"op":"sign","given":{},"expect":{}}]}"#;
    let files = Files::embedded().with("cases/sign/extra.json", text);
    let error = Corpus::load(&files).unwrap_err();
    assert_eq!(error.kind, CorpusErrorKind::Id);
    entry.expect("impossible")
}

/// Every number of the files for machines is an integer.
fn integers_only(entry: &Entry) -> Result<(), String> {
    let (report, _) = hostile("harmless");
    let times = [("sign.basic.minimal".to_owned(), Duration::MAX)];
    let mut texts = vec![json(&report).unwrap(), timings(&report, &times).unwrap()];
    texts.extend(jsonl(&report).unwrap().lines().map(str::to_owned));
    for text in texts {
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(only_integers(&value), "{text}");
    }
    entry.expect("impossible")
}

fn only_integers(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => number.is_i64() || number.is_u64(),
        serde_json::Value::Array(values) => values.iter().all(only_integers),
        serde_json::Value::Object(fields) => fields.values().all(only_integers),
        _ => true,
    }
}
