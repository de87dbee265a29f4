//! Reports show the dummy keys of the corpus whole, but no control character and no long text.

use anstream::adapter::strip_str;
use fc_conformance::report::{Report, Verbosity, text};
use fcgate::writers::{annotations, badge, html, json, jsonl, junit, markdown, tap};
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::Value;

use super::sample::{HOSTILE, hostile, report_with_text};

/// The report in every kind. The text report is without its own styles.
fn all_kinds((report, corpus): &(Report, Corpus)) -> Vec<(&'static str, String)> {
    let styled = text(report, corpus, Verbosity::Verbose);
    vec![
        ("text", strip_str(&styled).to_string()),
        ("json", json(report).unwrap()),
        ("jsonl", jsonl(report).unwrap()),
        ("junit", junit(report, corpus).unwrap()),
        ("tap", tap(report, corpus)),
        ("md", markdown(report, corpus)),
        ("html", html(report, corpus)),
        ("badge", badge(report).unwrap()),
        ("github", annotations(report, corpus)),
    ]
}

#[test]
fn the_keys_and_signatures_of_the_corpus_are_shown_whole() {
    for shown in [
        "fcTestAccessKeySecret0123456789",
        "FC AKID:c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmE=",
        "Signature=c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmE=",
    ] {
        for (kind, text) in all_kinds(&report_with_text(shown)) {
            // The slash and the equals sign may be escaped.
            let is_summary = matches!(kind, "badge" | "tap");
            assert!(is_summary || text.contains(&shown[..20]), "{kind}: {text}");
        }
    }
}

#[test]
fn reports_for_people_contain_no_invisible_characters() {
    for hostile_text in HOSTILE {
        for (kind, text) in all_kinds(&hostile(hostile_text)) {
            let invisible = |c: char| {
                (c.is_control() && c != '\n')
                    || "\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}".contains(c)
            };
            // JSON is for machines and keeps every character.
            if kind != "json" && kind != "jsonl" {
                assert!(!text.contains(invisible), "{kind}: {text:?}");
            }
        }
    }
}

#[test]
fn long_texts_are_truncated_in_every_report_for_people() {
    let long = "x".repeat(1024 * 1024);
    let (mut report, corpus) = report_with_text("short");
    for case in &mut report.cases {
        case.note = case.note.as_ref().map(|_| long.clone());
        if let Some(check) = case.checks.last_mut() {
            check.actual = Some(Value::Text(long.clone()));
        }
    }
    report.subject.name = long.clone();
    report.warnings = vec![long];
    for (kind, text) in all_kinds(&(report, corpus)) {
        if kind != "json" && kind != "jsonl" {
            assert!(text.len() < 256 * 1024, "{kind}: {}", text.len());
            assert!(!text.contains(&"x".repeat(5_000)), "{kind}");
        }
    }
}
