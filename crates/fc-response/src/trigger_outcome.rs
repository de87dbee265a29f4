//! The outcome of a call of an HTTP trigger.

use std::fmt;

use bytes::Bytes;
use fc_headers::{ErrorType, Header};
use http::HeaderMap;

use crate::held_response;
use crate::json_object::JsonObject;
use crate::{Failure, FunctionError, Metadata, OutcomeKind, ServiceError, ServiceErrorCode};

/// The outcome of a call of an HTTP trigger or a custom domain. Every variant contains the complete response.
///
/// A trigger passes the status, the headers and the body of the function through, so a 404 or a 500 is usually a response
/// of the function. A response is a refusal or a failure only if that is proven:
///
/// - It has `X-Fc-Error-Type`, which only the service sends: a function cannot set a header that begins with `X-Fc-`.
///   `HandledInvocationError` and `UnhandledInvocationError` are failures of the function, with status 502;
///   `FcCommonError` and others are refusals.
/// - Or its status is 400 to 599, it has a request id, and its body is an error document of the service with a known code:
///   `ErrorCode` and `ErrorMessage`, or `Code`, `Message` and `RequestId`. A function that answers with the same document
///   cannot be told apart; [`into_response`](Self::into_response) returns its response unchanged.
///
/// The refusal of a wrong bearer token is documented as a sentence only, so it stays a response. For an asynchronous call,
/// status 202 means that the service accepted it; every other status is a failure. Sources: manual pages "HTTP trigger
/// overview" and "Configure signature authentication for HTTP triggers" of FC 3.0, and "HTTP function FAQ" of 2.0.
///
/// ```
/// use bytes::Bytes;
/// use fc_response::{ServiceErrorCode, TriggerOutcome};
///
/// let refused = http::Response::builder()
///     .status(403)
///     .header("X-Fc-Request-Id", "1-65a24fa0-0b44b15d-431a6b32cc8c")
///     .body(Bytes::from_static(br#"{"ErrorCode":"SignatureNotMatch","ErrorMessage":"..."}"#))?;
/// let TriggerOutcome::Refused(error) = TriggerOutcome::from_response(refused) else { panic!() };
/// assert_eq!(error.service_error_code(), Some(ServiceErrorCode::SIGNATURE_NOT_MATCH));
///
/// let of_the_function = http::Response::builder().status(404).body(Bytes::from_static(b"no such order"))?;
/// let response = TriggerOutcome::from_response(of_the_function).into_result()?;
/// assert_eq!(response.status(), 404);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "the outcome may be a failure: match it, or call `into_result`"]
#[derive(Clone)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a caller must handle all three outcomes"
)]
pub enum TriggerOutcome {
    /// A response of the function, or one that cannot be told apart from it, whatever its status.
    Response(http::Response<Bytes>),
    /// The function failed before it could answer; the status is usually 502.
    FunctionFailed(FunctionError),
    /// The service refused the call.
    Refused(ServiceError),
}

impl TriggerOutcome {
    /// Converts a complete response into its outcome.
    pub fn from_response(response: http::Response<Bytes>) -> Self {
        match OutcomeKind::classify(response.status(), response.headers()) {
            Some(OutcomeKind::FunctionFailed) => Self::FunctionFailed(FunctionError::new(response)),
            Some(OutcomeKind::Rejected)
                if has_error_type(response.headers()) || has_error_document(&response) =>
            {
                Self::Refused(ServiceError::new(response))
            }
            _ => Self::Response(response),
        }
    }

    /// Converts the outcome into a `Result`: the response of the function, whatever its status, or a failure.
    ///
    /// # Errors
    ///
    /// [`Failure`] if the function failed or the service refused the call.
    pub fn into_result(self) -> Result<http::Response<Bytes>, Failure> {
        match self {
            Self::Response(response) => Ok(response),
            Self::FunctionFailed(error) => Err(error.into()),
            Self::Refused(error) => Err(error.into()),
        }
    }

    /// Converts the outcome into the response, unchanged.
    pub fn into_response(self) -> http::Response<Bytes> {
        match self {
            Self::Response(response) => response,
            Self::FunctionFailed(error) => error.into_response(),
            Self::Refused(error) => error.into_response(),
        }
    }

    /// All headers of the response, for example to update a session.
    pub fn headers(&self) -> &HeaderMap {
        match self {
            Self::Response(response) => response.headers(),
            Self::FunctionFailed(error) => error.headers(),
            Self::Refused(error) => error.headers(),
        }
    }

    /// The service's headers as typed values.
    pub fn metadata(&self) -> Metadata<'_> {
        Metadata::new(self.headers())
    }

    /// The request id from the header or, for a refusal without that header, from the body.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Refused(error) => error.request_id(),
            Self::Response(_) | Self::FunctionFailed(_) => self.metadata().request_id(),
        }
    }
}

fn has_error_type(headers: &HeaderMap) -> bool {
    // `ErrorType::from_map` never returns an error, so `ok` discards nothing.
    ErrorType::from_map(headers).ok().flatten().is_some()
}

/// Whether a response is an error document of the service with a known code.
fn has_error_document(response: &http::Response<Bytes>) -> bool {
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    if !is_error || !Metadata::new(response.headers()).has_request_id() {
        return false;
    }
    let Some(document) = JsonObject::parse(response.body()) else {
        return false;
    };
    let text = |key: &str| document.value(&[key]).and_then(|value| value.as_str());
    let of_fc = text("ErrorCode").filter(|_| text("ErrorMessage").is_some());
    let of_gateway = || {
        let code = text("Code")?;
        (text("Message").is_some() && text("RequestId").is_some()).then_some(code)
    };
    let code = of_fc.or_else(of_gateway);
    code.is_some_and(|code| ServiceErrorCode::new(code).function_ran().is_some())
}

impl fmt::Debug for TriggerOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response(response) => held_response::debug("Response", None, response, f),
            Self::FunctionFailed(error) => f.debug_tuple("FunctionFailed").field(error).finish(),
            Self::Refused(error) => f.debug_tuple("Refused").field(error).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNATURE: &str = r#"{"ErrorCode":"SignatureNotMatch","ErrorMessage":"m"}"#;

    fn kind(status: u16, headers: &[(&str, &str)], body: &str) -> char {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let response = response
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .unwrap();
        let outcome = TriggerOutcome::from_response(response.clone());
        let kind = match &outcome {
            TriggerOutcome::Response(_) => 'R',
            TriggerOutcome::FunctionFailed(_) => 'F',
            TriggerOutcome::Refused(_) => 'G',
        };
        assert_eq!(outcome.headers(), response.headers());
        let same = outcome.into_response();
        assert_eq!(
            (same.status(), same.body()),
            (response.status(), response.body())
        );
        kind
    }

    #[test]
    fn without_proof_every_status_is_a_response_of_the_function() {
        for status in [200, 202, 204, 301, 400, 401, 403, 404, 429, 500, 502, 503] {
            assert_eq!(kind(status, &[], SIGNATURE), 'R', "{status}");
            let id = [("x-fc-request-id", "r")];
            for body in ["", "not found", "{}", r#"{"errorMessage":"m"}"#, "[1]"] {
                assert_eq!(kind(status, &id, body), 'R', "{status} {body}");
            }
        }
    }

    #[test]
    fn an_error_document_with_a_known_code_is_a_refusal() {
        let id = [("x-fc-request-id", "r")];
        let gateway = r#"{"Code":"AccessDenied","Message":"m","RequestId":"r"}"#;
        for body in [SIGNATURE, gateway] {
            assert_eq!(kind(403, &id, body), 'G', "{body}");
            assert_eq!(kind(200, &id, body), 'R', "{body}");
            assert_eq!(kind(302, &id, body), 'R', "{body}");
        }
        for body in [
            r#"{"ErrorCode":"SignatureNotMatch"}"#,
            r#"{"ErrorCode":"OfTheFunction","ErrorMessage":"m"}"#,
            r#"{"Code":"AccessDenied","Message":"m"}"#,
            r#"{"Code":403,"Message":"m","RequestId":"r"}"#,
        ] {
            assert_eq!(kind(403, &id, body), 'R', "{body}");
        }
    }

    #[test]
    fn an_error_type_proves_a_failure_or_a_refusal() {
        for (status, value, expected) in [
            (502, "UnhandledInvocationError", 'F'),
            (200, "HandledInvocationError", 'F'),
            (200, "NewError", 'F'),
            (403, "FcCommonError", 'G'),
            (503, "FCCommonError", 'G'),
            (403, "", 'R'),
        ] {
            let found = kind(status, &[("x-fc-error-type", value)], "");
            assert_eq!(found, expected, "{status} {value}");
        }
    }

    #[test]
    fn debug_shows_neither_the_body_nor_the_cookies() {
        let response = http::Response::builder().header("set-cookie", "x-fc-session-id=secret");
        let response = response.body(Bytes::from_static(b"personal")).unwrap();
        let shown = format!("{:?}", TriggerOutcome::from_response(response));
        assert!(
            shown.starts_with("Response { status: 200, metadata: ")
                && shown.ends_with(", body_bytes: 8 }"),
            "{shown}"
        );
        assert!(!shown.contains("secret") && !shown.contains("personal"));
    }

    #[test]
    fn debug_shows_a_failure_as_its_variant() {
        let shown = |status: u16, name: &str, value: &str| {
            let response = http::Response::builder().status(status).header(name, value);
            let response = response.body(Bytes::from_static(SIGNATURE.as_bytes()));
            format!("{:?}", TriggerOutcome::from_response(response.unwrap()))
        };
        let failed = shown(502, "x-fc-error-type", "UnhandledInvocationError");
        assert!(
            failed.starts_with("FunctionFailed(FunctionError { status: 502"),
            "{failed}"
        );
        let refused = shown(403, "x-fc-error-type", "AccessDenied");
        assert!(
            refused.starts_with("Refused(ServiceError { status: 403"),
            "{refused}"
        );
    }
}
