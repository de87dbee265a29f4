//! An in-process implementation as an adapter: adapter protocol 1, line by line.

use fcgate_protocol::Reply;
use fcgate_protocol::serve_adapter;
use serde_json::{Value, json};

use crate::doubles::Double;

/// What the double answers to these lines.
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
fn hello_tells_who_it_is_and_what_it_claims() {
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
fn a_gate_without_a_common_version_is_refused() {
    let line = r#"{"p":1,"seq":"a","cmd":"hello","in":{"suite":"2030.1","accepts":[2]}}"#;
    assert_eq!(answer(line)["err"]["class"], "input");
    assert_eq!(
        answer(r#"{"p":2,"seq":"a","cmd":"sign","in":{}}"#)["err"]["class"],
        "input"
    );
}

#[test]
fn a_command_that_nobody_knows_is_unsupported() {
    let line = r#"{"p":1,"seq":"k9","cmd":"zq-3f81","in":{}}"#;
    assert_eq!(
        answer(line),
        json!({"seq": "k9", "unsupported": {"cap": "zq-3f81"}})
    );
}

#[test]
fn parse_ignores_fields_that_it_does_not_know() {
    let line = r#"{"p":1,"seq":"k8","cmd":"parse","more":1,"in":{"status":200,"headers":[],"body_b64":"AP8=","invocation_type":"Sync","hint":0}}"#;
    let expected = json!({"kind": "completed", "status": 200, "payload_b64": "AP8="});
    assert_eq!(
        answer(line),
        json!({"seq": "k8", "ok": {"outcome": expected}})
    );
}

#[test]
fn an_input_that_cannot_be_read_is_refused() {
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
fn a_line_that_is_no_request_is_answered_and_the_next_one_is_served() {
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
fn a_line_that_is_too_long_is_skipped() {
    let mut input = vec![b'x'; 16 * 1024 * 1024 + 2];
    input.push(b'\n');
    input.extend_from_slice(HELLO.as_bytes());
    let answers = answers(&Double::default(), &input);
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[1]["seq"], "a1");
}

#[test]
fn a_panic_is_an_internal_error_and_not_the_end() {
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
fn a_refusal_travels_as_it_is() {
    let double = Double {
        parse: Some(|_| Reply::refused("bad-status: 9")),
        ..Double::default()
    };
    let parse = r#"{"p":1,"seq":"p","cmd":"parse","in":{"status":9,"headers":[],"body_b64":"","invocation_type":"Sync"}}"#;
    let refusal = json!({"class": "input", "message": "bad-status: 9"});
    assert_eq!(answers(&double, parse.as_bytes())[0]["err"], refusal);
}

#[test]
fn bye_and_the_end_of_input_end_the_service() {
    let bye = r#"{"p":1,"seq":"z","cmd":"bye","in":{}}"#;
    assert_eq!(
        answers(&Double::default(), format!("{bye}\n{HELLO}\n").as_bytes()),
        Vec::<Value>::new()
    );
    assert_eq!(answers(&Double::default(), b""), Vec::<Value>::new());
    assert_eq!(answers(&Double::default(), b"\n\n"), Vec::<Value>::new());
}
