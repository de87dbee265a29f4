//! A response that is no outcome.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

/// Why a response is no outcome of the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseErrorKind {
    /// The operation has no such status.
    UnexpectedStatus,
    /// A success without a request id, so not from the service. Only the strict reading finds it.
    NotFc,
}

impl ResponseErrorKind {
    /// The stable lower-case name that messages begin with, such as `unexpected-status`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::UnexpectedStatus => "unexpected-status",
            Self::NotFc => "not-fc",
        }
    }
}

impl fmt::Display for ResponseErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A complete response that is no outcome of the operation. It holds the response.
///
/// ```
/// use bytes::Bytes;
/// use fc_response::Outcome;
///
/// let response = http::Response::builder().status(204).body(Bytes::new())?;
/// let error = Outcome::from_response(response).unwrap_err();
/// assert_eq!(error.to_string(), "unexpected-status: 204 is no status of InvokeFunction");
/// assert_eq!(error.into_response().status(), 204);
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct ResponseError {
    kind: ResponseErrorKind,
    // Boxed, so that a `Result` is not as large as its rarest error.
    response: Box<http::Response<Bytes>>,
}

impl ResponseError {
    pub(crate) fn new(kind: ResponseErrorKind, response: http::Response<Bytes>) -> Self {
        Self {
            kind,
            response: Box::new(response),
        }
    }

    /// Why it is no outcome.
    pub const fn kind(&self) -> ResponseErrorKind {
        self.kind
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The response, unchanged.
    pub fn response(&self) -> &http::Response<Bytes> {
        &self.response
    }

    /// The response, unchanged.
    pub fn into_response(self) -> http::Response<Bytes> {
        *self.response
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, status) = (self.kind, self.response.status().as_u16());
        match kind {
            ResponseErrorKind::UnexpectedStatus => {
                write!(f, "{kind}: {status} is no status of InvokeFunction")
            }
            ResponseErrorKind::NotFc => {
                write!(
                    f,
                    "{kind}: {status} without a request id is not from Function Compute"
                )
            }
        }
    }
}

impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResponseError({self})")
    }
}

impl std::error::Error for ResponseError {}
