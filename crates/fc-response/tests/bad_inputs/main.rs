//! Responses of the catalogue of malformed inputs: each has the expected outcome and is kept
//! unchanged.
#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

mod error_bodies;
mod headers;
mod statuses;

use bytes::Bytes;
use fc_headers::ErrorType;
use fc_response::{Outcome, ServiceError};
use http::{HeaderName, HeaderValue, Response};

fn response(status: u16, headers: &[(&str, &[u8])], body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status.try_into().unwrap();
    for (name, value) in headers {
        let name: HeaderName = name.parse().unwrap();
        response
            .headers_mut()
            .append(name, HeaderValue::from_bytes(value).unwrap());
    }
    response
}

/// `Completed`, `Accepted`, `Handled`, `Unhandled`, `Other`, `Rejected`, or the slug of the error.
fn outcome(response: Response<Bytes>) -> &'static str {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.body().clone();
    let outcome = Outcome::from_unidentified_response(response);
    let (name, kept) = match outcome {
        Err(error) => {
            let slug = error.kind().slug();
            assert!(error.to_string().starts_with(slug), "{error}");
            (slug, error.into_response())
        }
        Ok(outcome) => {
            let name = match &outcome {
                Outcome::Completed(_) => "Completed",
                Outcome::Accepted(_) => "Accepted",
                Outcome::Rejected(_) => "Rejected",
                Outcome::FunctionFailed(error) => match error.error_type() {
                    ErrorType::Handled => "Handled",
                    ErrorType::Unhandled => "Unhandled",
                    _ => "Other",
                },
            };
            (name, outcome.into_response())
        }
    };
    assert_eq!(
        (kept.status(), kept.headers(), kept.body()),
        (status, &headers, &body)
    );
    name
}

fn rejected(response: Response<Bytes>) -> ServiceError {
    let Outcome::Rejected(error) = Outcome::from_unidentified_response(response).unwrap() else {
        panic!("not rejected")
    };
    error
}
