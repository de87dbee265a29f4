//! Malformed responses beyond those of `fixtures/bad-inputs.json`.
#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use bytes::Bytes;
use fc_headers::ErrorType;
use fc_response::{Metadata, Outcome};
use http::{HeaderMap, HeaderValue, Response};

fn response(status: u16, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status.try_into().unwrap();
    response
}

fn headers(name: &'static str, values: &[&'static str]) -> HeaderMap {
    let pairs = values.iter().map(|value| HeaderValue::from_static(value));
    pairs.fold(HeaderMap::new(), |mut headers, value| {
        headers.append(name, value);
        headers
    })
}

#[test]
fn malformed_numbers_and_repeated_headers_are_rejected_with_their_slug() {
    for (values, expected) in [
        (&["+3"][..], "number"),
        (&["3.0"], "number"),
        (&["3", "3"], "duplicate"),
    ] {
        let headers = headers("x-fc-invocation-duration", values);
        let error = Metadata::new(&headers).duration().unwrap_err();
        assert_eq!(error.kind().slug(), expected, "{values:?}");
    }
    for value in ["5.", "-1"] {
        let headers = headers("x-fc-max-memory-usage", &[value]);
        let error = Metadata::new(&headers).max_memory_usage().unwrap_err();
        assert_eq!(error.kind().slug(), "number", "{value}");
    }
}

#[test]
fn an_empty_log_is_a_log_and_a_repeated_request_id_is_absent() {
    let log = headers("x-fc-log-result", &[""]);
    let tail = Metadata::new(&log).log_tail().unwrap().unwrap();
    assert_eq!(tail.to_string_lossy(), "");
    let ids = headers("x-fc-request-id", &["r-1", "r-1"]);
    assert_eq!(Metadata::new(&ids).request_id(), None);
}

#[test]
fn whitespace_around_an_error_type_is_ignored() {
    let mut response = response(200, "x");
    *response.headers_mut() = headers("x-fc-error-type", &[" HandledInvocationError\t"]);
    let outcome = Outcome::from_unidentified_response(response).unwrap();
    assert!(matches!(
        outcome,
        Outcome::FunctionFailed(error) if error.error_type() == ErrorType::Handled
    ));
}

#[test]
fn redirects_are_refusals_and_statuses_outside_of_the_classes_are_errors() {
    let redirect = Outcome::from_unidentified_response(response(302, ""));
    assert!(matches!(redirect, Ok(Outcome::Rejected(_))));
    for status in [101, 600] {
        let error = Outcome::from_unidentified_response(response(status, "")).unwrap_err();
        assert_eq!(error.kind().slug(), "unexpected-status", "{status}");
    }
}

#[test]
fn a_deeply_nested_body_within_the_size_limit_is_not_parsed() {
    for body in ["[".repeat(60_000), "{\"a\":".repeat(13_000)] {
        let outcome = Outcome::from_unidentified_response(response(400, body));
        let Ok(Outcome::Rejected(error)) = outcome else {
            panic!("expected a refusal")
        };
        assert_eq!((error.code(), error.message()), (None, None));
    }
}
