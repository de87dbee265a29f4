//! The two successful outcomes.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::{Accepted, Completed, Metadata};

/// A successful invocation, from [`Outcome::into_result`](crate::Outcome::into_result).
///
/// ```
/// use bytes::Bytes;
/// use fc_response::{Outcome, Success};
///
/// let response = http::Response::builder()
///     .header("X-Fc-Request-Id", "1-65a24fa0-0b44b15d-431a6b32cc8c")
///     .body(Bytes::from_static(b"hello"))?;
/// let success = Outcome::from_response(response)?.into_result()?;
/// assert_eq!(success.payload(), "hello");
/// assert!(matches!(success, Success::Completed(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "an invocation returns a result or is queued"
)]
pub enum Success {
    /// The function succeeded.
    Completed(Completed),
    /// The service accepted an asynchronous invocation.
    Accepted(Accepted),
}

impl Success {
    /// The result of the function, byte for byte; empty for an accepted invocation.
    pub fn payload(&self) -> &Bytes {
        match self {
            Self::Completed(completed) => completed.payload(),
            Self::Accepted(accepted) => accepted.payload(),
        }
    }

    /// All headers of the response, as received, for example to update a session.
    pub fn headers(&self) -> &HeaderMap {
        match self {
            Self::Completed(completed) => completed.headers(),
            Self::Accepted(accepted) => accepted.headers(),
        }
    }

    /// The service's headers as typed values.
    pub fn metadata(&self) -> Metadata<'_> {
        match self {
            Self::Completed(completed) => completed.metadata(),
            Self::Accepted(accepted) => accepted.metadata(),
        }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Completed(completed) => completed.status(),
            Self::Accepted(accepted) => accepted.status(),
        }
    }

    /// The request id from the header.
    pub fn request_id(&self) -> Option<&str> {
        self.metadata().request_id()
    }

    /// Converts this into the response, unchanged.
    pub fn into_response(self) -> http::Response<Bytes> {
        match self {
            Self::Completed(completed) => completed.into_response(),
            Self::Accepted(accepted) => accepted.into_response(),
        }
    }
}
