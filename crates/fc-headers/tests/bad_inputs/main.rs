//! Names and ids of the catalogue of malformed inputs.
//!
//! The other entries of its area `request-builder` are tests of `fc-invoke`.

use std::process::ExitCode;
use std::str::FromStr;

use fc_bad_inputs::{ACCEPT, Entry, run};
use fc_headers::{
    AccountId, FunctionName, InputError, InvocationType, Qualifier, ServiceName,
    StatefulAsyncInvocationId,
};

/// Reads a text, and returns the name of the result.
type Read = fn(&str) -> String;

/// The fields of an input that are a type of this crate.
const FIELDS: [(&str, Read); 6] = [
    ("service_name", found::<ServiceName>),
    ("function_name", found::<FunctionName>),
    ("qualifier", found::<Qualifier>),
    ("async_invocation_id", found::<StatefulAsyncInvocationId>),
    ("invocation_type_text", found::<InvocationType>),
    ("account_id", found::<AccountId>),
];

fn main() -> ExitCode {
    run(
        |entry| entry.area() == "request-builder" && FIELDS.iter().any(|(name, _)| entry.has(name)),
        |entry| {
            let field = FIELDS.iter().find(|(name, _)| entry.has(name));
            let Some((name, read)) = field else {
                return Err("the test does not know this input".to_owned());
            };
            let text = entry.text(name);
            let found = read(&text);
            quotes_little(entry, &text, name);
            entry.expect(&found)
        },
    )
}

fn found<T: FromStr<Err = InputError>>(text: &str) -> String {
    match text.parse::<T>() {
        Ok(_) => ACCEPT.to_owned(),
        Err(error) => {
            let message = error.to_string();
            let slug = error.kind().slug();
            assert!(message.starts_with(slug), "{message}");
            assert!(!message.chars().any(char::is_control), "{message:?}");
            assert!(message.chars().count() < 450, "{message}");
            format!("InputError:{slug}")
        }
    }
}

/// The remarks of two entries about the message.
fn quotes_little(entry: &Entry, text: &str, field: &str) {
    if field != "service_name" {
        return;
    }
    let Err(error) = text.parse::<ServiceName>() else {
        return;
    };
    let message = error.to_string();
    match entry.id() {
        "rb-026" => assert_eq!(message.matches('A').count(), 32, "{message}"),
        "rb-020" => assert!(message.contains(r"\u{202e}"), "{message}"),
        _ => {}
    }
    let invisible = ['\u{200b}', '\u{202e}'];
    assert!(!message.contains(invisible), "{message:?}");
}
