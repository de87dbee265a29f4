//! The outcome of an invocation whose result is a stream.

use fc_response::{Failure, Metadata, Outcome, Success};
use http::Response;

/// The outcome of an invocation whose result is a stream.
#[must_use = "the outcome may be a failure: match it, or call `into_result`"]
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must handle both")]
pub enum StreamingOutcome<B> {
    /// The function returned, and its result has not been read yet. If the connection is lost while the caller reads
    /// it, the body ends with an error; the function has run.
    Completed(Response<B>),
    /// Any other outcome, read completely.
    Other(Outcome),
}

/// A successful invocation whose result is a stream.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must handle both")]
pub enum StreamingSuccess<B> {
    /// The function returned, and its result has not been read yet.
    Completed(Response<B>),
    /// Any other success, read completely: an accepted asynchronous invocation.
    Other(Success),
}

impl<B> StreamingOutcome<B> {
    /// Converts the outcome into a `Result`, so that `?` returns a failure to the caller.
    ///
    /// # Errors
    ///
    /// [`Failure`] if the function failed or the request was rejected.
    pub fn into_result(self) -> Result<StreamingSuccess<B>, Failure> {
        match self {
            Self::Completed(response) => Ok(StreamingSuccess::Completed(response)),
            Self::Other(outcome) => Ok(StreamingSuccess::Other(outcome.into_result()?)),
        }
    }

    /// The request id from the header or, for a rejection without that header, from the body.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Completed(response) => Metadata::new(response.headers()).request_id(),
            Self::Other(outcome) => outcome.request_id(),
        }
    }

    /// Whether the service refused the request because its security token has expired.
    pub(crate) fn is_token_expired(&self) -> bool {
        matches!(self, Self::Other(Outcome::Rejected(error)) if error.is_token_expired())
    }
}
