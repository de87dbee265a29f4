//! Inputs of an invocation and endpoints of the catalogue of malformed inputs.
//!
//! The names and ids of its area `request-builder` are tests of `fc-headers`.
#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

mod endpoint;
mod input;
mod nonces;

use std::process::ExitCode;

use fc_bad_inputs::{ACCEPT, run};
use fc_headers::InputError;

/// The fields of an input that are a type of `fc-headers`.
const NAMES: [&str; 6] = [
    "service_name",
    "function_name",
    "qualifier",
    "async_invocation_id",
    "invocation_type_text",
    "account_id",
];

fn main() -> ExitCode {
    run(
        |entry| match entry.area() {
            // A transport writes the length of an empty payload.
            "request-builder" => {
                entry.id() != "rb-070" && !NAMES.iter().any(|name| entry.has(name))
            }
            "endpoint" => true,
            _ => entry.id() == "sg-039",
        },
        |entry| match entry.area() {
            "request-builder" => input::check(entry),
            "endpoint" => endpoint::check(entry),
            _ => nonces::check(entry),
        },
    )
}

/// `accept`, or the first word of the message of the error.
fn found<T>(result: Result<T, InputError>) -> String {
    match result {
        Ok(_) => ACCEPT.to_owned(),
        Err(error) => {
            let message = error.to_string();
            assert!(!message.chars().any(char::is_control), "{message:?}");
            let slug = message.split(':').next().unwrap_or_default();
            format!("InputError:{slug}")
        }
    }
}
