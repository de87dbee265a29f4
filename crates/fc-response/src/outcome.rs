//! The outcome of an invocation.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::{
    Accepted, Completed, Failure, FunctionError, Metadata, OutcomeKind, ResponseError,
    ResponseErrorKind, ServiceError, Success,
};

/// The outcome of an invocation. Every variant contains the complete response.
///
/// Two of the four outcomes are failures. Match them, or call [`into_result`](Self::into_result).
///
/// ```
/// use bytes::Bytes;
/// use fc_response::Outcome;
///
/// let response = http::Response::builder()
///     .header("X-Fc-Error-Type", "UnhandledInvocationError")
///     .body(Bytes::from_static(br#"{"errorMessage":"Function timed out after 3 seconds"}"#))?;
/// let outcome = Outcome::from_response(response)?;
/// assert!(matches!(outcome, Outcome::FunctionFailed(_)));
/// let failure = outcome.into_result().unwrap_err();
/// assert_eq!(
///     failure.to_string(),
///     "function failed: UnhandledInvocationError: Function timed out after 3 seconds",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The compiler warns about an outcome that is not used:
///
/// ```compile_fail
/// #![deny(unused_must_use)]
/// # use fc_response::{Outcome, ResponseError};
/// # fn receive() -> Result<Outcome, ResponseError> { Outcome::from_response(Default::default()) }
/// # fn main() -> Result<(), ResponseError> {
/// receive()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "the outcome may be a failure: match it, or call `into_result`"]
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a caller must handle all four outcomes"
)]
pub enum Outcome {
    /// The function succeeded.
    Completed(Completed),
    /// The service accepted an asynchronous invocation.
    Accepted(Accepted),
    /// The function failed; the status is usually 200.
    FunctionFailed(FunctionError),
    /// The service or a proxy rejected the request.
    Rejected(ServiceError),
}

impl Outcome {
    /// Converts a complete response into its outcome, by the rules of [`OutcomeKind`].
    ///
    /// The outcome and the error contain the response; `into_response` returns it.
    ///
    /// The service sends a request id in every response. Therefore a success without one, such as the page of a
    /// captive portal, is an error; see [`from_unidentified_response`](Self::from_unidentified_response). Failures
    /// are not checked, because the 502 of a load balancer has no request id.
    ///
    /// # Errors
    /// [`UnexpectedStatus`](ResponseErrorKind::UnexpectedStatus) if the status is not one of
    /// `InvokeFunction`: 1xx, 2xx except 200 and 202, and 600 and above;
    /// [`NotFc`](ResponseErrorKind::NotFc) for a 200 or 202 without a request id.
    pub fn from_response(response: http::Response<Bytes>) -> Result<Self, ResponseError> {
        let outcome = Self::from_unidentified_response(response)?;
        let succeeded = matches!(outcome, Self::Completed(_) | Self::Accepted(_));
        if succeeded && !outcome.metadata().has_request_id() {
            return Err(ResponseError::new(
                ResponseErrorKind::NotFc,
                outcome.into_response(),
            ));
        }
        Ok(outcome)
    }

    /// The same, but accepts a success without a request id, for example from a test server or from a proxy that
    /// removes the headers of the service.
    ///
    /// # Errors
    /// [`UnexpectedStatus`](ResponseErrorKind::UnexpectedStatus), as [`from_response`](Self::from_response).
    pub fn from_unidentified_response(
        response: http::Response<Bytes>,
    ) -> Result<Self, ResponseError> {
        match OutcomeKind::classify(response.status(), response.headers()) {
            Some(OutcomeKind::Completed) => Ok(Self::Completed(Completed::new(response))),
            Some(OutcomeKind::Accepted) => Ok(Self::Accepted(Accepted::new(response))),
            Some(OutcomeKind::FunctionFailed) => {
                Ok(Self::FunctionFailed(FunctionError::new(response)))
            }
            Some(OutcomeKind::Rejected) => Ok(Self::Rejected(ServiceError::new(response))),
            None => Err(ResponseError::new(
                ResponseErrorKind::UnexpectedStatus,
                response,
            )),
        }
    }

    /// Converts the outcome into a `Result`, so that `?` returns a failure to the caller.
    ///
    /// # Errors
    /// [`Failure`] if the function failed or the request was rejected.
    pub fn into_result(self) -> Result<Success, Failure> {
        match self {
            Self::Completed(completed) => Ok(Success::Completed(completed)),
            Self::Accepted(accepted) => Ok(Success::Accepted(accepted)),
            Self::FunctionFailed(error) => Err(error.into()),
            Self::Rejected(error) => Err(error.into()),
        }
    }

    /// The request id from the header or, for a rejection without that header, from the body.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Completed(completed) => completed.request_id(),
            Self::Accepted(accepted) => accepted.request_id(),
            Self::FunctionFailed(error) => error.request_id(),
            Self::Rejected(error) => error.request_id(),
        }
    }

    /// The kind of the outcome.
    pub const fn kind(&self) -> OutcomeKind {
        match self {
            Self::Completed(_) => OutcomeKind::Completed,
            Self::Accepted(_) => OutcomeKind::Accepted,
            Self::FunctionFailed(_) => OutcomeKind::FunctionFailed,
            Self::Rejected(_) => OutcomeKind::Rejected,
        }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Completed(completed) => completed.status(),
            Self::Accepted(accepted) => accepted.status(),
            Self::FunctionFailed(error) => error.status(),
            Self::Rejected(error) => error.status(),
        }
    }

    /// All headers of the response, as received, for example to update a session.
    pub fn headers(&self) -> &HeaderMap {
        match self {
            Self::Completed(completed) => completed.headers(),
            Self::Accepted(accepted) => accepted.headers(),
            Self::FunctionFailed(error) => error.headers(),
            Self::Rejected(error) => error.headers(),
        }
    }

    /// The service's headers as typed values.
    pub fn metadata(&self) -> Metadata<'_> {
        match self {
            Self::Completed(completed) => completed.metadata(),
            Self::Accepted(accepted) => accepted.metadata(),
            Self::FunctionFailed(error) => error.metadata(),
            Self::Rejected(error) => error.metadata(),
        }
    }

    /// Converts this into the response, unchanged.
    pub fn into_response(self) -> http::Response<Bytes> {
        match self {
            Self::Completed(completed) => completed.into_response(),
            Self::Accepted(accepted) => accepted.into_response(),
            Self::FunctionFailed(error) => error.into_response(),
            Self::Rejected(error) => error.into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16) -> http::Response<Bytes> {
        http::Response::builder()
            .status(status)
            .body(Bytes::new())
            .unwrap()
    }

    #[test]
    fn a_success_without_a_request_id_is_an_error_unless_the_caller_accepts_it() {
        for status in [200, 202] {
            let error = Outcome::from_response(response(status)).unwrap_err();
            assert_eq!(error.kind(), ResponseErrorKind::NotFc);
            assert_eq!(error.request_id(), None);
            let response = error.into_response();
            assert_eq!(response.status(), status);
            assert!(Outcome::from_unidentified_response(response).is_ok());
        }
    }

    #[test]
    fn an_empty_request_id_identifies_no_response_and_a_repeated_one_does() {
        let identified = |values: &[&'static str]| {
            let mut response = response(200);
            for value in values {
                let value = http::HeaderValue::from_static(value);
                response.headers_mut().append("x-fc-request-id", value);
            }
            Outcome::from_response(response).is_ok()
        };
        assert!(!identified(&[""]));
        assert!(identified(&["r-1"]));
        assert!(identified(&["r-1", "r-1"]));
    }

    #[test]
    fn a_failure_without_a_request_id_is_an_outcome() {
        let outcome = Outcome::from_response(response(502)).unwrap();
        assert_eq!(outcome.kind(), OutcomeKind::Rejected);
        assert_eq!(outcome.request_id(), None);
    }
}
