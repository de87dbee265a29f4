//! No report of any kind contains a secret, a whole signature, a control character or a very long text.

use anstream::adapter::strip_str;
use fc_conformance::report::{Report, Verbosity, text};
use fcgate::writers::{annotations, badge, html, json, jsonl, junit, markdown, tap};
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::Value;

use super::sample::{HOSTILE, hostile, report_with_text};

/// The secret of the small corpus, and its forms.
const SECRETS: [&str; 4] = [
    "fcTestAccessKeySecret0123456789",
    "ZmNUZXN0QWNjZXNzS2V5U2VjcmV0MDEyMzQ1Njc4OQ",
    "6663546573744163636573734b657953656372657430313233343536373839",
    "6663546573744163636573734B657953656372657430313233343536373839",
];

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
fn no_report_shows_a_secret_in_any_encoding() {
    for secret in SECRETS {
        for (kind, text) in all_kinds(&report_with_text(&format!("key {secret} used"))) {
            assert!(!text.contains(&secret[..20]), "{kind}: {text}");
        }
    }
}

#[test]
fn only_the_beginning_of_a_signature_is_shown() {
    let signature = "c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmE=";
    for claimed in [
        format!("Authorization: FC AKID:{signature}"),
        format!("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature={signature}"),
        format!("https://h/p?x-fc-signature={signature}"),
    ] {
        for (kind, text) in all_kinds(&report_with_text(&claimed)) {
            assert!(!text.contains(&signature[..12]), "{kind}: {text}");
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
