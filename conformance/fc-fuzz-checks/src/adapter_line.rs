//! A line that an adapter writes, read as the reply to a request.
//!
//! The first byte of an input selects the operation; the rest is the line.

use fcgate_cases::corpus::Operation;
use fcgate_protocol::Reply;
use fcgate_runner::read_reply;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::shown::assert_harmless_lines;

const OPERATIONS: [Operation; 6] = [
    Operation::Sign,
    Operation::Build,
    Operation::Parse,
    Operation::Invoke,
    Operation::Trigger,
    Operation::Task,
];
/// The number of characters that are kept of a `seq`.
const LONGEST_SEQ: usize = 64;

/// Reads a line.
///
/// # Panics
///
/// If a line is accepted that is not a JSON object with exactly one answer, the `seq` or a judged field is not that of the line,
/// or a fault is blamed on the wrong layer.
pub fn check(input: &[u8]) {
    let Some((selector, line)) = input.split_first() else {
        return;
    };
    let operation = OPERATIONS.get(usize::from(selector % 6)).copied();
    let Some(operation) = operation else { return };
    let json: Option<Value> = serde_json::from_slice(line).ok();
    match read_reply(line, operation) {
        Ok((seq, reply)) => {
            // Numbers that no type of this gate holds are kept as text only where the gate does not read them.
            let Some(json) = json else {
                assert!(serde_json::from_slice::<&RawValue>(line).is_ok());
                return;
            };
            let answers = ["ok", "err", "unsupported"];
            let given: Vec<&str> = answers
                .into_iter()
                .filter(|name| json.get(name).is_some())
                .collect();
            let text = json.get("seq").and_then(Value::as_str).unwrap_or_default();
            if text.chars().count() <= LONGEST_SEQ {
                assert_eq!(seq, text);
            }
            match reply {
                Reply::Ok(output) => {
                    assert_eq!(given, ["ok"]);
                    let ok = json.get("ok").unwrap_or(&Value::Null);
                    assert!(ok.is_object());
                    assert_from(&output, ok, "ok");
                }
                Reply::Err(_) => assert_eq!(given, ["err"]),
                Reply::Unsupported(_) => assert_eq!(given, ["unsupported"]),
            }
        }
        Err(fault) => {
            assert_harmless_lines(&fault);
            match fault.kind() {
                "not-utf8" => assert!(str::from_utf8(line).is_err()),
                "not-json" => assert!(json.is_none(), "{fault}"),
                kind => assert_eq!(kind, "schema"),
            }
        }
    }
}

/// Asserts that every field of an output is that of the line. A field that the line does not have is null or empty.
fn assert_from(output: &Value, line: &Value, path: &str) {
    match (output, line) {
        (Value::Object(fields), _) if line.is_object() || line.is_null() => {
            for (name, value) in fields {
                let given = line.get(name).unwrap_or(&Value::Null);
                assert_from(value, given, &format!("{path}.{name}"));
            }
        }
        (Value::Array(values), Value::Array(given)) => {
            assert_eq!(values.len(), given.len(), "{path}");
            for (value, given) in values.iter().zip(given) {
                assert_from(value, given, path);
            }
        }
        (Value::Null, Value::Null) => {}
        (Value::Array(values), Value::Null) => assert!(values.is_empty(), "{path}"),
        _ => assert_eq!(output, line, "{path}"),
    }
}
