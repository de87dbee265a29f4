//! `serve_adapter`: adapter protocol 1 over in-memory lines.

use fcgate_protocol::Reply;
use fcgate_protocol::serve_adapter;
use serde_json::{Value, json};

use crate::doubles::Double;

/// The replies of the double to these lines.
fn answers(double: &Double, input: &[u8]) -> Vec<Value> {
    let mut output = Vec::new();
    serve_adapter(double, input, &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn answer(line: &str) -> Value {
    let mut answers = answers(&Double::default(), line.as_bytes());
    assert_eq!(answers.len(), 1);
    answers.remove(0)
}

const HELLO: &str = r#"{"p":1,"seq":"a1","cmd":"hello","in":{"suite":"2026.1","accepts":[1]}}"#;

#[test]
fn hello_returns_name_capabilities_and_revisions() {
    let hello = answer(HELLO);
    assert_eq!(hello["seq"], "a1");
    assert_eq!(hello["ok"]["p"], 1);
    assert_eq!(hello["ok"]["sdk"]["name"], "double");
    assert!(
        hello["ok"]["caps"]
            .as_array()
            .unwrap()
            .contains(&json!("sign.fc"))
    );
    assert_eq!(
        hello["ok"]["revisions"],
        json!(["2016-08-15", "2021-04-06"])
    );
}

#[test]
fn an_unsupported_protocol_version_is_rejected() {
    let line = r#"{"p":1,"seq":"a","cmd":"hello","in":{"suite":"2030.1","accepts":[2]}}"#;
    assert_eq!(answer(line)["err"]["class"], "input");
    assert_eq!(
        answer(r#"{"p":2,"seq":"a","cmd":"sign","in":{}}"#)["err"]["class"],
        "input"
    );
}

#[test]
fn an_unknown_command_is_unsupported() {
    let line = r#"{"p":1,"seq":"k9","cmd":"zq-3f81","in":{}}"#;
    assert_eq!(
        answer(line),
        json!({"seq": "k9", "unsupported": {"cap": "zq-3f81"}})
    );
}

#[test]
fn parse_ignores_unknown_fields() {
    let line = r#"{"p":1,"seq":"k8","cmd":"parse","more":1,"in":{"status":200,"headers":[],"body_b64":"AP8=","invocation_type":"Sync","hint":0}}"#;
    let expected = json!({"kind": "completed", "status": 200, "payload_b64": "AP8="});
    assert_eq!(
        answer(line),
        json!({"seq": "k8", "ok": {"outcome": expected}})
    );
}

#[test]
fn an_invalid_input_is_rejected() {
    for input in [
        r#"{"status":"200"}"#,
        "{}",
        "[]",
        "null",
        r#"{"status":200,"headers":[],"body_b64":"*","invocation_type":"Sync"}"#,
    ] {
        let line = format!(r#"{{"p":1,"seq":"k","cmd":"parse","in":{input}}}"#);
        assert_eq!(answer(&line)["err"]["class"], "input", "{input}");
    }
}

#[test]
fn an_invalid_line_gets_an_error_and_the_next_request_is_served() {
    let lines: [&[u8]; 5] = [
        b"garbage",
        b"\xff\xfe",
        b"[1,2]",
        b"{\"seq\":\"x\"}",
        HELLO.as_bytes(),
    ];
    let answers = answers(&Double::default(), &lines.join(&b'\n'));
    assert_eq!(answers.len(), 5);
    for answer in &answers[..4] {
        assert_eq!(answer["err"]["class"], "internal");
    }
    assert_eq!(
        (&answers[3]["seq"], &answers[4]["seq"]),
        (&json!("x"), &json!("a1"))
    );
}

#[test]
fn a_line_longer_than_16_mib_is_rejected_and_the_next_request_is_served() {
    let mut input = vec![b'x'; 16 * 1024 * 1024 + 2];
    input.push(b'\n');
    input.extend_from_slice(HELLO.as_bytes());
    let answers = answers(&Double::default(), &input);
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[1]["seq"], "a1");
}

#[test]
fn a_panic_is_an_internal_error_and_the_adapter_continues() {
    let double = Double {
        parse: Some(|_| panic!("boom")),
        ..Double::default()
    };
    let parse = r#"{"p":1,"seq":"p","cmd":"parse","in":{"status":200,"headers":[],"body_b64":"","invocation_type":"Sync"}}"#;
    let answers = answers(&double, format!("{parse}\n{HELLO}\n").as_bytes());
    assert_eq!(
        answers[0]["err"],
        json!({"class": "internal", "message": "panic: boom"})
    );
    assert_eq!(answers[1]["seq"], "a1");
}

#[test]
fn a_refusal_is_passed_on_unchanged() {
    let double = Double {
        parse: Some(|_| Reply::refused("bad-status: 9")),
        ..Double::default()
    };
    let parse = r#"{"p":1,"seq":"p","cmd":"parse","in":{"status":9,"headers":[],"body_b64":"","invocation_type":"Sync"}}"#;
    let refusal = json!({"class": "input", "message": "bad-status: 9"});
    assert_eq!(answers(&double, parse.as_bytes())[0]["err"], refusal);
}

#[test]
fn bye_and_the_end_of_input_end_the_adapter() {
    let bye = r#"{"p":1,"seq":"z","cmd":"bye","in":{}}"#;
    assert_eq!(
        answers(&Double::default(), format!("{bye}\n{HELLO}\n").as_bytes()),
        Vec::<Value>::new()
    );
    assert_eq!(answers(&Double::default(), b""), Vec::<Value>::new());
    assert_eq!(answers(&Double::default(), b"\n\n"), Vec::<Value>::new());
}
