//! Error bodies: the parsed code and message, and the raw bytes.

use fc_bad_inputs::{ACCEPT, Entry};
use fc_response::Outcome;
use http::HeaderValue;

use crate::response::{rejected, response};

/// The codes and messages of the bodies that have one of them.
const PARSED: [(&str, Option<&str>, Option<&str>); 8] = [
    ("eb-006", Some("ServiceNotFound"), Some("m")),
    ("eb-008", Some("B"), None),
    ("eb-009", Some("A"), None),
    ("eb-010", Some("B"), None),
    ("eb-014", Some("X"), None),
    ("eb-017", Some("a\0b\u{1b}[2J"), None),
    ("eb-022", None, Some("%s %n ${jndi} {0}")),
    ("eb-026", None, Some("Authorization: FC AKID:c2lnbmF0dXJl")),
];

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    if entry.id() == "eb-027" {
        return function_error(entry);
    }
    let response = response(entry);
    let body = response.body().clone();
    let error = rejected(response);
    let parsed = PARSED.iter().find(|(id, ..)| *id == entry.id());
    let (code, message) = parsed.map_or((None, None), |(_, code, message)| (*code, *message));
    assert_eq!((error.code(), error.message()), (code, message));
    assert_eq!(error.body(), &body);
    let shown = error.to_string();
    assert!(!shown.chars().any(char::is_control), "{shown:?}");
    assert!(shown.len() < 1000, "{shown}");
    match entry.id() {
        "eb-017" => assert_eq!(shown, r"rejected with status 400: a\u{0}b\u{1b}[2J"),
        "eb-021" => assert!(shown.matches('A').count() <= 256, "{shown}"),
        "eb-022" => assert_eq!(shown, "rejected with status 400: %s %n ${jndi} {0}"),
        "eb-026" => assert!(!shown.contains("c2lnbmF0dXJl"), "{shown}"),
        _ => {}
    }
    entry.expect(ACCEPT)
}

fn function_error(entry: &Entry) -> Result<(), String> {
    let mut response = response(entry);
    let failed = HeaderValue::from_static("UnhandledInvocationError");
    response.headers_mut().insert("x-fc-error-type", failed);
    let body = response.body().clone();
    let Ok(Outcome::FunctionFailed(error)) = Outcome::from_unidentified_response(response) else {
        return Err("expected an error of the function".to_owned());
    };
    let document = error.document().unwrap();
    assert_eq!(
        (document.error_message(), document.error_type()),
        (Some("x"), Some("Y"))
    );
    assert_eq!(document.stack_trace().unwrap().lines(), [""]);
    assert_eq!(error.payload(), &body);
    entry.expect(ACCEPT)
}
