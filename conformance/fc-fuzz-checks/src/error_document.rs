//! The body of a refusal, and the error document of a function.

use bytes::Bytes;
use fc_response::{FunctionErrorDocument, Outcome};
use http::{Response, StatusCode};
use serde_json::{Map, Value};

use crate::shown::{assert_harmless, assert_harmless_debug, assert_harmless_error};

/// The largest document that is parsed.
const MAX_DOCUMENT: usize = 64 * 1024;

/// Reads a body as both kinds of document.
///
/// # Panics
///
/// If a field is not the value of one of its keys, a document under its exact keys is not read, or the body is not kept.
pub fn check(input: &[u8]) {
    let object = object(input);
    check_refusal(input, object.as_ref());
    let Some(document) = FunctionErrorDocument::from_payload(input) else {
        let message = object
            .as_ref()
            .and_then(|object| object.get("errorMessage"));
        assert!(
            !message.is_some_and(Value::is_string),
            "a document is not read"
        );
        return;
    };
    let Some(object) = object else {
        panic!("a document without a JSON object");
    };
    assert_field(document.error_message(), &object, &["errorMessage"]);
    assert_field(document.error_type(), &object, &["errorType"]);
    if let Some(trace) = document.stack_trace() {
        let json = trace.as_json();
        assert!(serde_json::from_str::<Value>(json).is_ok());
        // As texts: a number of more than 64 bits is rounded each time that it is read.
        let texts: Vec<String> = object.values().map(Value::to_string).collect();
        assert!(texts.iter().any(|text| text == json));
    }
    assert_harmless_debug(&document);
}

fn check_refusal(input: &[u8], object: Option<&Map<String, Value>>) {
    let mut response = Response::new(Bytes::copy_from_slice(input));
    *response.status_mut() = StatusCode::FORBIDDEN;
    let Ok(Outcome::Rejected(error)) = Outcome::from_response(response) else {
        panic!("a 403 is not a refusal");
    };
    assert_harmless_error(&error);
    match object {
        Some(object) => {
            assert_field(
                error.code(),
                object,
                &["ErrorCode", "errorCode", "Code", "code"],
            );
            let keys = ["ErrorMessage", "errorMessage", "Message", "message"];
            assert_field(error.message(), object, &keys);
        }
        None => assert_eq!((error.code(), error.message()), (None, None)),
    }
    assert!(
        !error.may_have_run(),
        "a function ran although the service refused the request"
    );
    assert_harmless(&format_args!(
        "{:.3}",
        error.code().unwrap_or_default().len()
    ));
    assert_eq!(error.into_response().body().as_ref(), input);
}

/// The object of a body, by the rules of the documentation: at most 64 KiB, with an optional byte-order mark.
fn object(body: &[u8]) -> Option<Map<String, Value>> {
    if body.len() > MAX_DOCUMENT {
        return None;
    }
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match serde_json::from_slice(text) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}

/// A field is the string of its first exact key, or of a key in another case; it is absent only if there is none.
fn assert_field(field: Option<&str>, object: &Map<String, Value>, keys: &[&str]) {
    let exact = keys.iter().find_map(|key| object.get(*key)?.as_str());
    if exact.is_some() {
        assert_eq!(field, exact);
        return;
    }
    let named = |name: &str| keys.iter().any(|key| key.eq_ignore_ascii_case(name));
    let mut others = object
        .iter()
        .filter(|(name, _)| named(name))
        .filter_map(|(_, value)| value.as_str())
        .peekable();
    assert_eq!(field.is_some(), others.peek().is_some());
    assert!(field.is_none_or(|field| others.any(|other| other == field)));
}
