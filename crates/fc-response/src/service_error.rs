//! A request that was refused.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::error_body::ErrorBody;
use crate::held_response::held_response;
use crate::message::{CODE_LIMIT, MESSAGE_LIMIT, Shown, write_request_id};
use crate::{Metadata, ServiceErrorCode};

/// The service, or something before it, refused the request: status 300 to 599.
///
/// The body is read in every shape that the service has, in at most 64 KiB of it; one that cannot
/// be read has no code and no message, and keeps its bytes. The message of the error shows status,
/// code, message (256 characters) and request id (128 characters), escaped, with anything shaped
/// like a signature masked.
///
/// ```
/// use bytes::Bytes;
/// use fc_response::{Outcome, ServiceErrorCode};
///
/// let response = http::Response::builder()
///     .status(429)
///     .header("X-Fc-Request-Id", "1-65a24fa0-0b44b15d-431a6b32cc8c")
///     .body(Bytes::from_static(br#"{"ErrorCode":"ResourceExhausted","ErrorMessage":"wait"}"#))?;
/// let Outcome::Rejected(error) = Outcome::from_response(response)? else { panic!() };
/// assert_eq!(error.service_error_code(), Some(ServiceErrorCode::RESOURCE_EXHAUSTED));
/// assert!(error.is_throttled());
/// assert_eq!(
///     error.to_string(),
///     "rejected with status 429: ResourceExhausted: wait \
///      (request id 1-65a24fa0-0b44b15d-431a6b32cc8c)"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct ServiceError {
    response: http::Response<Bytes>,
    fields: ErrorBody,
}

impl ServiceError {
    pub(crate) fn new(response: http::Response<Bytes>) -> Self {
        let fields = ErrorBody::read(response.body());
        Self { response, fields }
    }

    /// The code of the body: `ErrorCode`, `errorCode`, `Code` or `code`, then the same without
    /// case.
    pub fn code(&self) -> Option<&str> {
        self.fields.code.as_deref()
    }

    /// The same code, to be compared with the known ones.
    pub fn service_error_code(&self) -> Option<ServiceErrorCode<'_>> {
        self.code().map(ServiceErrorCode::new)
    }

    /// The message of the body, under the keys that go with those of the code. As it was received.
    pub fn message(&self) -> Option<&str> {
        self.fields.message.as_deref()
    }

    /// The request id: of the header, else of the body.
    pub fn request_id(&self) -> Option<&str> {
        let of_header = Metadata::new(self.headers())
            .request_id()
            .map(|id| id.as_str());
        of_header.or_else(|| {
            self.fields
                .request_id
                .as_deref()
                .filter(|id| !id.is_empty())
        })
    }

    /// Whether too much was asked for at once: status 429, or a code that says so.
    pub fn is_throttled(&self) -> bool {
        self.status() == StatusCode::TOO_MANY_REQUESTS
            || self
                .service_error_code()
                .is_some_and(|code| code.is_throttling())
    }

    /// Whether the task id was used before. After a send whose answer was lost this means that the
    /// earlier one was accepted.
    pub fn is_duplicate_invocation(&self) -> bool {
        self.service_error_code()
            == Some(ServiceErrorCode::STATEFUL_ASYNC_INVOCATION_ALREADY_EXISTS)
    }
}

held_response!(
    ServiceError,
    body,
    "The body of the response, byte for byte."
);

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rejected with status {}", self.status().as_u16())?;
        let parts = [(self.code(), CODE_LIMIT), (self.message(), MESSAGE_LIMIT)];
        for (text, limit) in parts {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                write!(f, ": {}", Shown(text, limit))?;
            }
        }
        write_request_id(self.request_id(), f)
    }
}

impl std::error::Error for ServiceError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, body: impl Into<Bytes>) -> ServiceError {
        let response = http::Response::builder()
            .status(status)
            .body(body.into())
            .unwrap();
        ServiceError::new(response)
    }

    #[test]
    fn the_message_is_specific_even_without_a_body() {
        assert_eq!(error(502, "").to_string(), "rejected with status 502");
        assert_eq!(error(302, "<html>").to_string(), "rejected with status 302");
    }

    #[test]
    fn the_request_id_of_the_header_comes_before_that_of_the_body() {
        let mut error = error(403, r#"{"Code":"AccessDenied","RequestId":"of-body"}"#);
        assert_eq!(error.request_id(), Some("of-body"));
        error
            .response
            .headers_mut()
            .insert("x-fc-request-id", "of-header".parse().unwrap());
        assert_eq!(error.request_id(), Some("of-header"));
    }

    #[test]
    fn signatures_are_masked_in_the_message_and_kept_in_the_value() {
        let body = r#"{"ErrorMessage":"Authorization: FC AKID:c2lnbmF0dXJl"}"#;
        let error = error(400, body);
        assert_eq!(error.message(), Some("Authorization: FC AKID:c2lnbmF0dXJl"));
        assert_eq!(
            error.to_string(),
            "rejected with status 400: Authorization: FC AKID:[masked]"
        );
    }

    #[test]
    fn throttling_is_told_by_status_or_code() {
        assert!(error(429, "").is_throttled());
        assert!(error(503, r#"{"ErrorCode":"ResourceThrottled"}"#).is_throttled());
        assert!(!error(503, "").is_throttled());
    }

    #[test]
    fn a_used_task_id_is_told_by_its_code() {
        let body = r#"{"ErrorCode":"StatefulAsyncInvocationAlreadyExists"}"#;
        assert!(error(409, body).is_duplicate_invocation());
        assert!(!error(409, r#"{"ErrorCode":"ConcurrentUpdateError"}"#).is_duplicate_invocation());
    }
}
