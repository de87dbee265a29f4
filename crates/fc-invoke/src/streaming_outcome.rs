//! The outcome of an invocation whose result is a stream.

use std::fmt;

use fc_response::{Failure, Metadata, Outcome, Success};
use http::Response;

/// The outcome of an invocation whose result is a stream.
#[must_use = "the outcome may be a failure: match it, or call `into_result`"]
#[expect(clippy::exhaustive_enums, reason = "a caller must handle both")]
pub enum StreamingOutcome<B> {
    /// The function returned, and its result has not been read yet. If the connection is lost while the caller reads
    /// it, the body ends with an error; the function has run.
    Completed(Response<B>),
    /// Any other outcome, read completely.
    Other(Outcome),
}

/// A successful invocation whose result is a stream.
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

impl<B> fmt::Debug for StreamingOutcome<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Completed(response) => debug_unread(response, f),
            Self::Other(outcome) => f.debug_tuple("Other").field(outcome).finish(),
        }
    }
}

impl<B> fmt::Debug for StreamingSuccess<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Completed(response) => debug_unread(response, f),
            Self::Other(success) => f.debug_tuple("Other").field(success).finish(),
        }
    }
}

/// Writes the status and the typed headers. A header may be the cookie of a session, which is a secret.
fn debug_unread<B>(response: &Response<B>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct("Completed")
        .field("status", &response.status())
        .field("metadata", &Metadata::new(response.headers()))
        .finish_non_exhaustive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_neither_the_body_nor_the_cookies() {
        let response = || {
            let response = Response::builder().header("set-cookie", "x-fc-session-id=secret");
            response.body("personal").unwrap()
        };
        let outcome = StreamingOutcome::Completed(response());
        let shown = format!("{outcome:?}");
        assert_eq!(shown, format!("{:?}", outcome.into_result().unwrap()));
        assert!(
            shown.starts_with("Completed { status: 200, metadata: "),
            "{shown}"
        );
        assert!(!shown.contains("secret") && !shown.contains("personal"));
    }

    #[test]
    fn debug_shows_a_response_that_was_read_as_its_outcome() {
        let response = Response::builder()
            .status(202)
            .header("x-fc-request-id", "r");
        let response = response.body(bytes::Bytes::new()).unwrap();
        let outcome = Outcome::from_response(response).unwrap();
        let expected = format!("Other({outcome:?})");
        let outcome = StreamingOutcome::<()>::Other(outcome);
        assert_eq!(format!("{outcome:?}"), expected);
        let success = outcome.into_result().unwrap();
        assert!(
            format!("{success:?}").starts_with("Other(Accepted("),
            "{success:?}"
        );
    }
}
