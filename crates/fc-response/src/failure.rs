//! The two failed outcomes, as one error.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use fc_headers::ErrorType;
use http::StatusCode;

use crate::{FunctionError, Metadata, ServiceError, StackTrace};

/// A failed invocation that has a response, from [`Outcome::into_result`](crate::Outcome::into_result).
///
/// ```
/// use bytes::Bytes;
/// use fc_response::Outcome;
///
/// let response = http::Response::builder()
///     .header("X-Fc-Request-Id", "1-65a24fa0-0b44b15d-431a6b32cc8c")
///     .header("X-Fc-Error-Type", "UnhandledInvocationError")
///     .body(Bytes::from_static(br#"{"errorMessage": "oops", "stackTrace": ["at handler (index.js:3)"]}"#))?;
/// let failure = Outcome::from_response(response)?.into_result().unwrap_err();
/// assert_eq!(failure.status(), 200);
/// assert_eq!(failure.error_type().map(|kind| kind.to_string()).as_deref(), Some("UnhandledInvocationError"));
/// assert_eq!(failure.stack_trace().unwrap().lines(), ["at handler (index.js:3)"]);
/// assert_eq!(failure.request_id(), Some("1-65a24fa0-0b44b15d-431a6b32cc8c"));
/// assert!(failure.may_have_run() && !failure.is_retryable());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the function failed, or it was not called"
)]
pub enum Failure {
    /// The function failed. Boxed to keep `Result` small.
    Function(Box<FunctionError>),
    /// The service or a proxy rejected the request.
    Service(Box<ServiceError>),
}

impl Failure {
    /// The status of the response: usually 200 for a failed function.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Function(error) => error.status(),
            Self::Service(error) => error.status(),
        }
    }

    /// The error code of the service; `None` for a failed function and for a body without a code.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Function(_) => None,
            Self::Service(error) => error.code(),
        }
    }

    /// The request id from the header or, for a rejection without that header, from the body.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Function(error) => error.request_id(),
            Self::Service(error) => error.request_id(),
        }
    }

    /// The error type of a failed function.
    pub fn error_type(&self) -> Option<ErrorType<'_>> {
        match self {
            Self::Function(error) => Some(error.error_type()),
            Self::Service(_) => None,
        }
    }

    /// The stack trace of a failed function, parsed at each call.
    pub fn stack_trace(&self) -> Option<StackTrace> {
        match self {
            Self::Function(error) => error.stack_trace(),
            Self::Service(_) => None,
        }
    }

    /// Whether the function may have run: always for a failed function; else see [`ServiceError::may_have_run`].
    pub fn may_have_run(&self) -> bool {
        match self {
            Self::Function(_) => true,
            Self::Service(error) => error.may_have_run(),
        }
    }

    /// Whether the same invocation can be sent again: it may succeed later, and the function did not run.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Function(_) => false,
            Self::Service(error) => error.is_retryable(),
        }
    }

    /// The service's headers as typed values.
    pub fn metadata(&self) -> Metadata<'_> {
        match self {
            Self::Function(error) => error.metadata(),
            Self::Service(error) => error.metadata(),
        }
    }

    /// Converts this into the response, unchanged.
    pub fn into_response(self) -> http::Response<Bytes> {
        match self {
            Self::Function(error) => error.into_response(),
            Self::Service(error) => error.into_response(),
        }
    }
}

impl From<FunctionError> for Failure {
    fn from(error: FunctionError) -> Self {
        Self::Function(Box::new(error))
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        Self::Service(Box::new(error))
    }
}

/// Writes the message of the error that this contains.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function(error) => error.fmt(f),
            Self::Service(error) => error.fmt(f),
        }
    }
}

impl Error for Failure {}
