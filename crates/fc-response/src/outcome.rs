//! The outcome of an invocation.

use bytes::Bytes;
use http::StatusCode;

use crate::{
    Accepted, Completed, FunctionError, Metadata, OutcomeKind, ResponseError, ResponseErrorKind,
    ServiceError,
};

/// The outcome of an invocation. Every variant contains the complete response.
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
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    /// # Errors
    /// [`UnexpectedStatus`](ResponseErrorKind::UnexpectedStatus) if the status is not one of
    /// `InvokeFunction`: 1xx, 2xx except 200 and 202, and 600 and above.
    pub fn from_response(response: http::Response<Bytes>) -> Result<Self, ResponseError> {
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

    /// The same, but rejects a success without a request id, such as the page of a captive portal.
    ///
    /// The service sends a request id in every response. Failures are not checked, because the 502 of
    /// a load balancer has no request id.
    ///
    /// # Errors
    /// As [`from_response`](Self::from_response), and [`NotFc`](ResponseErrorKind::NotFc) for a 200
    /// or 202 whose request id is absent or invalid.
    pub fn from_response_strict(response: http::Response<Bytes>) -> Result<Self, ResponseError> {
        let outcome = Self::from_response(response)?;
        let succeeded = matches!(outcome, Self::Completed(_) | Self::Accepted(_));
        if succeeded && outcome.metadata().request_id().is_none() {
            return Err(ResponseError::new(
                ResponseErrorKind::NotFc,
                outcome.into_response(),
            ));
        }
        Ok(outcome)
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
    fn from_response_strict_rejects_a_success_without_a_request_id() {
        for status in [200, 202] {
            let error = Outcome::from_response_strict(response(status)).unwrap_err();
            assert_eq!(error.kind(), ResponseErrorKind::NotFc);
            assert_eq!(error.into_response().status(), status);
        }
    }

    #[test]
    fn from_response_strict_accepts_an_error_without_a_request_id() {
        let outcome = Outcome::from_response_strict(response(502)).unwrap();
        assert_eq!(outcome.kind(), OutcomeKind::Rejected);
    }
}
