//! The outcome of a rejected request.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::ServiceErrorCode;
use crate::error_body::ErrorBody;
use crate::held_response::held_response;
use crate::message_text::{
    CODE_LIMIT, MESSAGE_LIMIT, MessageText, write_content_coding, write_request_id,
};

/// A rejection of the request by the service or a proxy: status 300 to 599.
///
/// Code and message are parsed from every format of the service, if the body has at most 64 KiB. A
/// body in another format has no code and no message; its bytes are kept. So has a compressed one: `Display` says so,
/// and [`Metadata::content_coding`](crate::Metadata::content_coding) names the coding. `Display` shows the status, the code (at most 64 characters), the message (256) and the request id (128), escaped and
/// with signatures redacted.
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
    earlier_attempt_may_have_run: bool,
}

impl ServiceError {
    pub(crate) fn new(response: http::Response<Bytes>) -> Self {
        let fields = ErrorBody::parse(response.body());
        Self {
            response,
            fields,
            earlier_attempt_may_have_run: false,
        }
    }

    /// The error code of the body: the value of `ErrorCode`, `errorCode`, `Code` or `code`, matched
    /// exactly first, then without case.
    pub fn code(&self) -> Option<&str> {
        self.fields.code.as_deref()
    }

    /// The error code as a type with constants for the known codes.
    pub fn service_error_code(&self) -> Option<ServiceErrorCode<'_>> {
        self.code().map(ServiceErrorCode::new)
    }

    /// The message of the body, as received: the value of `ErrorMessage`, `errorMessage`, `Message`
    /// or `message`. Untrusted text.
    pub fn message(&self) -> Option<&str> {
        self.fields.message.as_deref()
    }

    /// The request id from the header or, without it, from the body.
    pub fn request_id(&self) -> Option<&str> {
        self.metadata().request_id().or_else(|| {
            self.fields
                .request_id
                .as_deref()
                .filter(|id| !id.is_empty())
        })
    }

    /// Whether the service throttled the request: the function did not run, and a later attempt may succeed.
    ///
    /// That is status 429, or a throttling code ([`ServiceErrorCode::is_throttling`]) with 503 or a 4xx. The gateway
    /// hosts answer with 400 `Throttling.User`. After any other 5xx, and after 408, 412 and 499, the function may have
    /// run whatever the code is, so that these are not throttled. The clients retry exactly what this returns `true`
    /// for, up to the attempts of their policy, without the caller's permission for a second run.
    pub fn is_throttled(&self) -> bool {
        self.status() == StatusCode::TOO_MANY_REQUESTS
            || (self.has_throttling_code() && may_be_a_refusal(self.status()))
    }

    fn has_throttling_code(&self) -> bool {
        self.service_error_code()
            .is_some_and(|code| code.is_throttling())
    }

    /// Whether the function may have run.
    ///
    /// It certainly did not run for a request that the service throttled ([`is_throttled`](Self::is_throttled)) or
    /// refused (any other 3xx or 4xx), except 408 and 499, which a proxy sends after it forwarded the request, and 412,
    /// which the service also sends for a function that exited. After any other 5xx it may have run. Source: manual,
    /// "Error codes".
    ///
    /// If the client retried, its earlier attempts count too.
    pub fn may_have_run(&self) -> bool {
        self.earlier_attempt_may_have_run || self.this_attempt_may_have_run()
    }

    /// The same, for this response alone.
    pub fn this_attempt_may_have_run(&self) -> bool {
        match self.status().as_u16() {
            503 => !self.has_throttling_code(),
            408 | 412 | 499.. => true,
            _ => false,
        }
    }

    /// Whether the same invocation can be sent again: the service throttled it, and the function did not run.
    ///
    /// After an error that is not retryable but may have run, a retry is safe only if a second run does no harm.
    pub fn is_retryable(&self) -> bool {
        self.is_throttled() && !self.may_have_run()
    }

    /// Whether the service refused the request because the security token has expired. The function did not run, and the
    /// same request succeeds with new credentials.
    ///
    /// The code is `InvalidSecurityToken.Expired` (gateway), or another one about a security token that has expired.
    pub fn is_token_expired(&self) -> bool {
        let is_expired = |code: &str| {
            let message = self.message().unwrap_or_default().to_ascii_lowercase();
            code.ends_with("Expired") || message.contains("expired")
        };
        may_be_a_refusal(self.status())
            && self
                .code()
                .is_some_and(|code| code.contains("SecurityToken") && is_expired(code))
    }

    /// Records that an earlier attempt of the same invocation may have run the function.
    #[must_use]
    pub fn after_uncertain_attempt(self) -> Self {
        Self {
            earlier_attempt_may_have_run: true,
            ..self
        }
    }

    /// Whether the task id is already in use. In a retry this means that the service accepted an
    /// earlier attempt.
    ///
    /// The code is `StatefulAsyncInvocationAlreadyExists` (manual of FC 2.0) or `AsyncTaskAlreadyExists`. No source
    /// prints the code of revision 2023-03-30; this name is inferred from the pair `StatefulAsyncInvocationNotFound` and
    /// `AsyncTaskNotFound`.
    pub fn is_duplicate_invocation(&self) -> bool {
        const CODES: [ServiceErrorCode<'_>; 2] = [
            ServiceErrorCode::STATEFUL_ASYNC_INVOCATION_ALREADY_EXISTS,
            ServiceErrorCode::new("AsyncTaskAlreadyExists"),
        ];
        self.service_error_code()
            .is_some_and(|code| CODES.contains(&code))
    }

    /// Whether the service has no task with this id: it was never accepted, it is older than 7 days, or it is not
    /// recorded yet. A task is recorded up to some seconds after its acceptance, and only in task mode.
    ///
    /// The code is `AsyncTaskNotFound` (a third-party client of revision 2023-03-30) or
    /// `StatefulAsyncInvocationNotFound` (Terraform provider of FC 2.0).
    pub fn is_task_not_found(&self) -> bool {
        const CODES: [ServiceErrorCode<'_>; 2] = [
            ServiceErrorCode::ASYNC_TASK_NOT_FOUND,
            ServiceErrorCode::STATEFUL_ASYNC_INVOCATION_NOT_FOUND,
        ];
        self.service_error_code()
            .is_some_and(|code| CODES.contains(&code))
    }

    /// Whether the task was stopped before: 412 `AsyncInvocationStopped` (manual of 2021-04-06, "Error codes").
    pub fn is_task_stopped(&self) -> bool {
        self.status() == StatusCode::PRECONDITION_FAILED
            && self.service_error_code() == Some(ServiceErrorCode::ASYNC_INVOCATION_STOPPED)
    }
}

held_response!(
    ServiceError,
    body,
    "The body of the response, byte for byte.",
    Self::service_error_code
);

/// Whether an answer with this status can mean that the function did not run.
fn may_be_a_refusal(status: StatusCode) -> bool {
    matches!(status.as_u16(), 400..=407 | 409..=411 | 413..=498 | 503)
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rejected with status {}", self.status().as_u16())?;
        let parts = [(self.code(), CODE_LIMIT), (self.message(), MESSAGE_LIMIT)];
        for (text, limit) in parts {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                write!(f, ": {}", MessageText(text, limit))?;
            }
        }
        if self.fields.is_unreadable() {
            write_content_coding(self.metadata().content_coding(), f)?;
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
    fn display_shows_only_the_status_without_a_parsed_body() {
        assert_eq!(error(502, "").to_string(), "rejected with status 502");
        assert_eq!(error(302, "<html>").to_string(), "rejected with status 302");
    }

    #[test]
    fn debug_shows_the_code_and_no_message() {
        let body = r#"{"ErrorCode":"SignatureNotMatch","ErrorMessage":"of the caller"}"#;
        let shown = format!("{:?}", error(403, body));
        assert!(
            shown.contains("403, code: ServiceErrorCode(\"SignatureNotMatch\")"),
            "{shown}"
        );
        assert!(!shown.contains("of the caller"), "{shown}");
    }

    #[test]
    fn the_request_id_of_the_header_takes_precedence_over_that_of_the_body() {
        let mut error = error(403, r#"{"Code":"AccessDenied","RequestId":"of-body"}"#);
        assert_eq!(error.request_id(), Some("of-body"));
        error
            .response
            .headers_mut()
            .insert("x-fc-request-id", "of-header".parse().unwrap());
        assert_eq!(error.request_id(), Some("of-header"));
    }

    #[test]
    fn display_redacts_signatures_and_message_returns_them() {
        let body = r#"{"ErrorMessage":"Authorization: FC AKID:c2lnbmF0dXJl"}"#;
        let error = error(400, body);
        assert_eq!(error.message(), Some("Authorization: FC AKID:c2lnbmF0dXJl"));
        assert_eq!(
            error.to_string(),
            "rejected with status 400: Authorization: FC AKID:[redacted]"
        );
    }

    #[test]
    fn a_compressed_body_is_named_if_it_cannot_be_read() {
        let compressed = |coding: &str, body: &[u8]| {
            let response = http::Response::builder()
                .status(503)
                .header("content-encoding", coding)
                .header("x-fc-request-id", "1-65");
            ServiceError::new(response.body(Bytes::copy_from_slice(body)).unwrap()).to_string()
        };
        assert_eq!(
            compressed("gzip", b"\x1f\x8b\x08"),
            "rejected with status 503: the body is compressed (gzip), so that no code or message can be read; \
             send no Accept-Encoding (request id 1-65)"
        );
        let plain = "rejected with status 503 (request id 1-65)";
        assert_eq!(compressed("identity", b"<html>"), plain);
        assert_eq!(compressed("", b""), plain);
        let readable = compressed("br", br#"{"Code":"ServiceUnavailable"}"#);
        assert_eq!(
            readable,
            "rejected with status 503: ServiceUnavailable (request id 1-65)"
        );
    }

    #[test]
    fn throttling_is_detected_by_status_or_code() {
        assert!(error(429, "").is_throttled());
        assert!(error(503, r#"{"ErrorCode":"ResourceThrottled"}"#).is_throttled());
        assert!(!error(503, "").is_throttled());
        for code in [
            "Throttling",
            "Throttling.User",
            "Throttling.Api",
            "QPS Limit Exceeded",
        ] {
            let body = format!(r#"{{"Code":"{code}"}}"#);
            for status in [400, 403, 429, 503] {
                assert!(
                    error(status, body.clone()).is_throttled(),
                    "{status} {code}"
                );
            }
            for status in [302, 408, 412, 499, 500, 502, 504] {
                assert!(
                    !error(status, body.clone()).is_throttled(),
                    "{status} {code}"
                );
            }
        }
        assert!(!error(400, r#"{"Code":"ThrottlingNot"}"#).is_throttled());
    }

    #[test]
    fn what_is_throttled_is_retryable_and_nothing_else() {
        for status in 300..600 {
            for body in [
                "",
                r#"{"Code":"Throttling.User"}"#,
                r#"{"ErrorCode":"ResourceThrottled"}"#,
            ] {
                let error = error(status, body);
                assert_eq!(
                    error.is_throttled(),
                    error.is_retryable(),
                    "{status} {body}"
                );
            }
        }
    }

    #[test]
    fn only_a_throttled_or_refused_request_certainly_did_not_run() {
        let throttled = r#"{"ErrorCode":"ResourceThrottled"}"#;
        let facts = |status, body| {
            let error = error(status, body);
            (error.may_have_run(), error.is_retryable())
        };
        for status in [302, 400, 403, 404, 409] {
            assert_eq!(facts(status, ""), (false, false), "{status}");
        }
        for status in [408, 412, 499, 500, 502, 503, 504] {
            assert_eq!(facts(status, ""), (true, false), "{status}");
        }
        assert_eq!(facts(429, ""), (false, true));
        assert_eq!(facts(503, throttled), (false, true));
        assert_eq!(facts(400, r#"{"Code":"Throttling.User"}"#), (false, true));
        assert_eq!(facts(500, throttled), (true, false));
        let later = error(429, "").after_uncertain_attempt();
        assert_eq!((later.may_have_run(), later.is_retryable()), (true, false));
    }

    #[test]
    fn an_expired_token_is_detected_by_its_code_and_a_wrong_token_is_not_expired() {
        let is_expired = |status, code: &str, message: &str| {
            let body = format!(r#"{{"Code":"{code}","Message":"{message}"}}"#);
            error(status, body).is_token_expired()
        };
        for (status, code, message) in [
            (400, "InvalidSecurityToken.Expired", ""),
            (403, "SecurityTokenExpired", "m"),
            (403, "InvalidSecurityToken", "the security token is expired"),
        ] {
            assert!(is_expired(status, code, message), "{status} {code}");
        }
        for (status, code, message) in [
            (400, "InvalidSecurityToken.Malformed", "m"),
            (400, "InvalidSecurityToken.MismatchWithAccessKey", ""),
            (400, "InvalidTimeStamp.Expired", "expired"),
            (502, "InvalidSecurityToken.Expired", ""),
        ] {
            assert!(!is_expired(status, code, message), "{status} {code}");
        }
    }

    #[test]
    fn a_duplicate_invocation_is_detected_by_its_code() {
        let body = r#"{"ErrorCode":"StatefulAsyncInvocationAlreadyExists"}"#;
        assert!(error(409, body).is_duplicate_invocation());
        assert!(!error(409, r#"{"ErrorCode":"ConcurrentUpdateError"}"#).is_duplicate_invocation());
    }
}
