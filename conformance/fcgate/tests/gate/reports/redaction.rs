//! No report of any kind holds a secret, a whole signature, a control character or a long text.

use anstream::adapter::strip_str;
use fc_conformance::report::{Report, Verbosity, text};
use fcgate::writers::{annotations, badge, html, json, jsonl, junit, markdown, tap};
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::Value;

use super::sample::{HOSTILE, hostile, said};

/// The secret of the small corpus, and its forms.
const SECRETS: [&str; 4] = [
    "fcTestAccessKeySecret0123456789",
    "ZmNUZXN0QWNjZXNzS2V5U2VjcmV0MDEyMzQ1Njc4OQ",
    "6663546573744163636573734b657953656372657430313233343536373839",
    "6663546573744163636573734B657953656372657430313233343536373839",
];

/// The report in every kind, the human one without its own styles.
fn all_kinds((report, corpus): &(Report, Corpus)) -> Vec<(&'static str, String)> {
    let human = text(report, corpus, Verbosity::Verbose);
    vec![
        ("human", strip_str(&human).to_string()),
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
fn a_secret_is_shown_in_none_of_its_forms() {
    for secret in SECRETS {
        for (kind, text) in all_kinds(&said(&format!("key {secret} used"))) {
            assert!(!text.contains(&secret[..20]), "{kind}: {text}");
        }
    }
}

#[test]
fn of_a_signature_only_the_beginning_is_shown() {
    let signature = "c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmE=";
    for claimed in [
        format!("Authorization: FC AKID:{signature}"),
        format!("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature={signature}"),
        format!("https://h/p?x-fc-signature={signature}"),
    ] {
        for (kind, text) in all_kinds(&said(&claimed)) {
            assert!(!text.contains(&signature[..12]), "{kind}: {text}");
        }
    }
}

#[test]
fn nothing_invisible_reaches_a_reader() {
    for hostile_text in HOSTILE {
        for (kind, text) in all_kinds(&hostile(hostile_text)) {
            let invisible = |c: char| {
                (c.is_control() && c != '\n')
                    || "\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}".contains(c)
            };
            // JSON keeps what it read; its strings are for machines.
            if kind != "json" && kind != "jsonl" {
                assert!(!text.contains(invisible), "{kind}: {text:?}");
            }
        }
    }
}

#[test]
fn a_long_text_is_cut_everywhere() {
    let long = "x".repeat(1024 * 1024);
    let (mut report, corpus) = said("short");
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
