//! The outcome of an error of the SDK.

use std::error::Error;
use std::io;

use serde_json::{Value, json};

use crate::Failure;

/// What the SDK was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Invocation,
    Task,
}

/// Translates an error. The SDK has one type for three situations: an error of the service, a failed exchange, and
/// input that it refuses before it sends anything.
pub(crate) fn failed(error: &ali_acs::Error, operation: Operation) -> Result<Value, Failure> {
    if let ali_acs::Error::Ali(error) = error {
        let mut outcome = json!({ "kind": "service_error" });
        for (field, text) in [("code", &error.code), ("message", &error.message)] {
            // The SDK gives a missing value as an empty text.
            if !text.is_empty() {
                outcome[field] = json!(text);
            }
        }
        return Ok(outcome);
    }
    let ali_acs::Error::Other(error) = error else {
        return Ok(json!({ "kind": "bad_response", "reason": "JSON" }));
    };
    let cause = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<reqwest::Error>());
    match cause {
        Some(cause) if cause.is_builder() => return Err(Failure::Refused),
        Some(cause) if cause.is_redirect() => {
            return Ok(json!({ "kind": "bad_response", "reason": "redirect" }));
        }
        Some(cause) => return Ok(json!({ "kind": "transport_error", "class": class(cause) })),
        None => {}
    }
    // The status is in this text only.
    if error.to_string().starts_with("HTTP error: ") {
        return Ok(json!({ "kind": "service_error" }));
    }
    let is_unreadable = operation == Operation::Task
        && error.chain().any(|cause| {
            cause.is::<serde_json::Error>() || cause.is::<std::string::FromUtf8Error>()
        });
    if is_unreadable {
        return Ok(json!({ "kind": "bad_response", "reason": "JSON" }));
    }
    Err(Failure::Refused)
}

/// The class of a failed exchange.
fn class(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        return "timeout";
    }
    if error.is_connect() {
        return "connect";
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<hyper::Error>() {
            if error.is_parse() {
                return "malformed";
            }
            if error.is_incomplete_message() {
                return "truncated";
            }
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return match error.kind() {
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => "malformed",
                io::ErrorKind::UnexpectedEof
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe => "truncated",
                _ => "other",
            };
        }
        cause = error.source();
    }
    "other"
}
