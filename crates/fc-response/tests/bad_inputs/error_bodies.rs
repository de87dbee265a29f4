//! Malformed error bodies: the parsed code and message, and the raw bytes.

use bytes::Bytes;
use fc_response::Outcome;

use super::{rejected, response};

/// Id, body, code, message.
type Row<'a> = (&'a str, Vec<u8>, Option<&'a str>, Option<&'a str>);

#[test]
fn error_bodies_have_the_expected_code_and_message_and_keep_their_bytes() {
    let keys: Vec<_> = (0..200_000)
        .map(|number| format!("\"k{number}\":1"))
        .collect();
    let many_keys = format!("{{{},\"ErrorCode\":\"X\"}}", keys.join(","));
    let xml = r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///outside/secret.txt">]><a>&x;</a>"#;
    let rows: Vec<Row<'_>> = vec![
        ("eb-001", "".into(), None, None),
        ("eb-002", "{".into(), None, None),
        ("eb-003", "null".into(), None, None),
        ("eb-004", "[]".into(), None, None),
        ("eb-005", r#""ErrorCode""#.into(), None, None),
        (
            "eb-006",
            r#"{"ErrorCode":"ServiceNotFound","ErrorMessage":"m"}"#.into(),
            Some("ServiceNotFound"),
            Some("m"),
        ),
        (
            "eb-008",
            r#"{"errorcode":"A","ErrorCode":"B"}"#.into(),
            Some("B"),
            None,
        ),
        (
            "eb-009",
            r#"{"ErrorCode":"A","Code":"B"}"#.into(),
            Some("A"),
            None,
        ),
        (
            "eb-010",
            r#"{"ErrorCode":"A","ErrorCode":"B"}"#.into(),
            Some("B"),
            None,
        ),
        (
            "eb-011",
            r#"{"ErrorCode":5,"ErrorMessage":{"a":1}}"#.into(),
            None,
            None,
        ),
        ("eb-012", r#"{"ErrorCode":null}"#.into(), None, None),
        ("eb-013", r#"{"ErrorCode":"X"} trailing"#.into(), None, None),
        (
            "eb-014",
            "\u{feff}{\"ErrorCode\":\"X\"}".into(),
            Some("X"),
            None,
        ),
        ("eb-015", b"{\"ErrorCode\":\"\xff\"}".to_vec(), None, None),
        ("eb-016", r#"{"ErrorCode":"\ud800"}"#.into(), None, None),
        (
            "eb-017",
            r#"{"ErrorCode":"a\u0000b\u001b[2J"}"#.into(),
            Some("a\0b\u{1b}[2J"),
            None,
        ),
        ("eb-018", vec![b'['; 100_000], None, None),
        ("eb-018 within 64 KiB", vec![b'['; 60_000], None, None),
        ("eb-019", "{\"a\":".repeat(100_000).into(), None, None),
        (
            "eb-019 within 64 KiB",
            "{\"a\":".repeat(13_000).into(),
            None,
            None,
        ),
        ("eb-020", many_keys.into(), None, None),
        ("eb-021", vec![b'A'; 10 << 20], None, None),
        (
            "eb-022",
            r#"{"ErrorMessage":"%s %n ${jndi} {0}"}"#.into(),
            None,
            Some("%s %n ${jndi} {0}"),
        ),
        (
            "eb-023",
            "<html><body><h1>502 Bad Gateway</h1></body></html>".into(),
            None,
            None,
        ),
        ("eb-024", xml.into(), None, None),
        ("eb-025", r#"{"ErrorCode":1e999}"#.into(), None, None),
        (
            "eb-026",
            r#"{"ErrorMessage":"Authorization: FC AKID:c2lnbmF0dXJl"}"#.into(),
            None,
            Some("Authorization: FC AKID:c2lnbmF0dXJl"),
        ),
    ];
    for (id, body, code, message) in rows {
        let body = Bytes::from(body);
        let error = rejected(response(400, &[], body.clone()));
        assert_eq!((error.code(), error.message()), (code, message), "{id}");
        assert_eq!(error.body(), &body, "{id}: the raw body is kept");
        let shown = error.to_string();
        assert!(!shown.chars().any(char::is_control), "{id}: {shown:?}");
        assert!(shown.len() < 1000, "{id}: {shown}");
    }
}

#[test]
fn messages_of_error_bodies_are_displayed_escaped_and_redacted() {
    let shown = |body: &'static str| rejected(response(400, &[], body)).to_string();
    assert_eq!(
        shown(r#"{"ErrorMessage":"%s %n ${jndi} {0}"}"#),
        "rejected with status 400: %s %n ${jndi} {0}",
        "eb-022"
    );
    assert_eq!(
        shown(r#"{"ErrorCode":"a\u0000b\u001b[2J"}"#),
        r"rejected with status 400: a\u{0}b\u{1b}[2J",
        "eb-017"
    );
    let redacted = shown(r#"{"ErrorMessage":"Authorization: FC AKID:c2lnbmF0dXJl"}"#);
    assert!(!redacted.contains("c2lnbmF0dXJl"), "eb-026: {redacted}");
}

#[test]
fn a_function_error_document_is_a_function_failure_and_not_a_service_error() {
    let headers: &[(&str, &[u8])] = &[("X-Fc-Error-Type", b"UnhandledInvocationError")];
    let body = r#"{"errorMessage":"x","errorType":"Y","stackTrace":[[]]}"#;
    let failed = Outcome::from_unidentified_response(response(200, headers, body)).unwrap();
    let Outcome::FunctionFailed(error) = failed else {
        panic!("eb-027")
    };
    let document = error.document().unwrap();
    assert_eq!(
        (document.error_message(), document.error_type()),
        (Some("x"), Some("Y"))
    );
    assert_eq!(document.stack_trace().unwrap().lines(), [""]);
    assert_eq!(error.payload(), body);
}
