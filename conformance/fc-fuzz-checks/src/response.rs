//! A response becomes an outcome, and the outcome keeps the response.
//!
//! The first line of an input is the status.

use bytes::Bytes;
use fc_headers::HeaderError;
use fc_response::{
    Metadata, Outcome, OutcomeKind, Reply, ResponseErrorKind, StopAsyncTaskOutput, TriggerOutcome,
};
use http::{HeaderMap, Response, StatusCode};

use crate::message::Message;
use crate::shown::{assert_harmless, assert_harmless_debug, assert_harmless_error};

/// Reads a response in every way.
///
/// # Panics
///
/// If the kind of the outcome is not that of the table in the specification, a failure becomes a success, a byte of the
/// response is lost, or an error about a header names another header.
pub fn check(input: &[u8]) {
    let message = Message::read(input);
    let Ok(status) = StatusCode::from_bytes(message.first_line) else {
        return;
    };
    let mut response = Response::new(message.body());
    *response.status_mut() = status;
    *response.headers_mut() = message.headers;
    let expected = kind(status.as_u16(), response.headers());
    assert_eq!(OutcomeKind::classify(status, response.headers()), expected);

    let identified = response
        .headers()
        .get_all("x-fc-request-id")
        .iter()
        .any(|value| !value.as_bytes().trim_ascii().is_empty());
    let is_success = matches!(
        expected,
        Some(OutcomeKind::Completed | OutcomeKind::Accepted)
    );
    match Outcome::from_response(response.clone()) {
        Ok(outcome) => {
            assert_eq!(Some(outcome.kind()), expected);
            assert_eq!(outcome.status(), status);
            assert_same(&outcome.clone().into_response(), &response);
            assert_harmless_debug(&outcome);
            check_metadata(&outcome.metadata(), response.headers());
            match outcome.into_result() {
                Ok(success) => {
                    assert!(is_success && has_no_sign_of_failure(&response));
                    assert_eq!(success.payload(), response.body());
                    assert_same(&success.into_response(), &response);
                }
                Err(failure) => {
                    assert!(!is_success);
                    assert_harmless_error(&failure);
                    assert_same(&failure.into_response(), &response);
                }
            }
        }
        Err(error) => {
            assert_harmless_error(&error);
            match error.kind() {
                ResponseErrorKind::NotFc => assert!(is_success && !has_request_id(&response)),
                _ => assert_eq!(expected, None),
            }
            assert!(
                !(is_success && identified),
                "an identified success is refused"
            );
            assert_same(&error.into_response(), &response);
        }
    }
    check_other_readers(&response);
}

fn check_other_readers(response: &Response<Bytes>) {
    let trigger = TriggerOutcome::from_response(response.clone());
    assert_harmless_debug(&trigger);
    if let TriggerOutcome::FunctionFailed(error) = &trigger {
        assert_harmless_error(error);
    }
    assert_same(&trigger.into_response(), response);
    match StopAsyncTaskOutput::from_response(response.clone()) {
        // The error type is about a function that ran, which is not what a stop reports.
        Ok(Reply::Output(_)) => assert!(response.status().is_success()),
        Ok(Reply::Rejected(error)) => assert_harmless_error(&error),
        Err(error) => {
            assert_harmless_error(&error);
            assert_same(&error.into_response(), response);
        }
    }
}

/// The table of the manual: the status, and whether there is an error type and which one.
fn kind(status: u16, headers: &HeaderMap) -> Option<OutcomeKind> {
    let types = error_types(headers);
    let is_known = matches!(types.as_slice(), [only]
        if ["handledinvocationerror", "unhandledinvocationerror"].contains(&only.as_str()));
    match status {
        200..=599 if is_known => Some(OutcomeKind::FunctionFailed),
        200 | 202 if !types.is_empty() => Some(OutcomeKind::FunctionFailed),
        200 => Some(OutcomeKind::Completed),
        202 => Some(OutcomeKind::Accepted),
        300..=599 => Some(OutcomeKind::Rejected),
        _ => None,
    }
}

/// The values of the error type that are not empty, in lower case.
fn error_types(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all("x-fc-error-type").iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase());
    let trimmed = texts.map(|text| text.trim_matches([' ', '\t']).to_owned());
    trimmed.filter(|text| !text.is_empty()).collect()
}

fn has_no_sign_of_failure(response: &Response<Bytes>) -> bool {
    response.status().is_success() && error_types(response.headers()).is_empty()
}

/// Whether the response has a request id; a repeated header counts, whatever its values are.
fn has_request_id(response: &Response<Bytes>) -> bool {
    let ids: Vec<&[u8]> = response
        .headers()
        .get_all("x-fc-request-id")
        .iter()
        .map(|id| id.as_bytes().trim_ascii())
        .collect();
    ids.len() > 1 || ids.iter().any(|id| !id.is_empty())
}

/// An error about a header of a response is about that header, and costs nothing else.
fn check_metadata(metadata: &Metadata<'_>, headers: &HeaderMap) {
    assert_harmless_debug(metadata);
    let errors = [
        ("x-fc-invocation-duration", metadata.duration().err()),
        ("x-fc-max-memory-usage", metadata.max_memory_usage().err()),
        ("x-fc-code-checksum", metadata.code_checksum().err()),
        ("x-fc-log-result", metadata.log_tail().err()),
        ("retry-after", metadata.retry_after().err()),
        ("x-acs-retry-after", metadata.acs_retry_after().err()),
        ("set-cookie", metadata.session_cookie().err()),
    ];
    for (name, error) in errors {
        if let Some(error) = error {
            assert_names(&error, name, headers);
        }
    }
    let id = metadata.request_id();
    assert!(
        id.is_none_or(|id| !id.is_empty() && id.bytes().all(|byte| (b' '..0x7f).contains(&byte)))
    );
    assert_harmless(&format_args!("{:.200}", id.unwrap_or_default()));
}

fn assert_names(error: &HeaderError, name: &str, headers: &HeaderMap) {
    assert_harmless_error(error);
    assert_eq!(error.name(), name);
    assert!(
        headers.contains_key(name),
        "an error about an absent header"
    );
    assert!(error.to_string().starts_with(error.kind().slug()));
}

/// Asserts that nothing of a response was lost or changed.
fn assert_same(kept: &Response<Bytes>, response: &Response<Bytes>) {
    assert_eq!(kept.status(), response.status());
    assert_eq!(kept.headers(), response.headers());
    assert_eq!(kept.body(), response.body());
}
