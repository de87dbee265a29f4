//! The response of an entry, and its outcome.

use bytes::Bytes;
use fc_bad_inputs::Entry;
use fc_headers::ErrorType;
use fc_response::{Outcome, ServiceError};
use http::{HeaderName, HeaderValue, Response};

/// The payload of the entries that have none.
pub(crate) const PAYLOAD: &str = "the payload stays available";

pub(crate) fn response(entry: &Entry) -> Response<Bytes> {
    let body = if entry.has("body") {
        entry.bytes("body")
    } else {
        PAYLOAD.into()
    };
    let mut response = Response::new(Bytes::from(body));
    let status = entry.field("status").as_u64().unwrap();
    *response.status_mut() = u16::try_from(status).unwrap().try_into().unwrap();
    let mut headers = Vec::new();
    if entry.has("headers") {
        headers = entry.headers("headers");
    } else if entry.has("headers_count") {
        let count = entry.field("headers_count").as_u64().unwrap();
        headers.extend((0..count).map(|n| (format!("x-fc-made-up-{n}"), b"v".to_vec())));
    }
    for (name, value) in headers {
        let name: HeaderName = name.parse().unwrap();
        let value = HeaderValue::from_bytes(&value).unwrap();
        response.headers_mut().append(name, value);
    }
    response
}

/// `Completed`, `Accepted`, `Rejected`, `FunctionFailed(…)`, or the error. Asserts that the response is kept.
pub(crate) fn outcome(response: Response<Bytes>) -> String {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.body().clone();
    let (found, kept) = match Outcome::from_unidentified_response(response) {
        Err(error) => {
            let slug = error.kind().slug();
            assert!(error.to_string().starts_with(slug), "{error}");
            (format!("ResponseError:{slug}"), error.into_response())
        }
        Ok(outcome) => {
            let name = match &outcome {
                Outcome::Completed(_) => "Completed",
                Outcome::Accepted(_) => "Accepted",
                Outcome::Rejected(_) => "Rejected",
                Outcome::FunctionFailed(error) => match error.error_type() {
                    ErrorType::Handled => "FunctionFailed(Handled)",
                    ErrorType::Unhandled => "FunctionFailed(Unhandled)",
                    _ => "FunctionFailed(Unknown)",
                },
            };
            (name.to_owned(), outcome.into_response())
        }
    };
    assert_eq!(
        (kept.status(), kept.headers(), kept.body()),
        (status, &headers, &body)
    );
    found
}

pub(crate) fn rejected(response: Response<Bytes>) -> ServiceError {
    let Ok(Outcome::Rejected(error)) = Outcome::from_unidentified_response(response) else {
        panic!("expected a refusal")
    };
    error
}
