//! The error of a response without an outcome.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::{Accepted, Metadata, Success};

/// The reason why a response has no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseErrorKind {
    /// The status is not one of the operation.
    UnexpectedStatus,
    /// A success without a request id, which does not come from the service.
    /// [`Outcome::from_unidentified_response`](crate::Outcome::from_unidentified_response) accepts it.
    NotFc,
    /// The body of a success is not the JSON document of the operation, such as the HTML page of a proxy, a document
    /// that was cut, or a document with a value of another type.
    InvalidBody,
    /// An asynchronous invocation was accepted, and neither its caller nor its response names the task.
    NoTaskId,
}

impl ResponseErrorKind {
    /// The stable lower-case name of the kind, such as `unexpected-status`; messages start with it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::UnexpectedStatus => "unexpected-status",
            Self::NotFc => "not-fc",
            Self::InvalidBody => "invalid-body",
            Self::NoTaskId => "no-task-id",
        }
    }
}

impl fmt::Display for ResponseErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A complete response that has no outcome. The error contains the response.
///
/// ```
/// use bytes::Bytes;
/// use fc_response::Outcome;
///
/// let response = http::Response::builder().status(204).body(Bytes::new())?;
/// let error = Outcome::from_response(response).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unexpected-status: expected 200, 202 or 300 to 599, found 204"
/// );
/// assert_eq!(error.into_response().status(), 204);
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct ResponseError {
    kind: ResponseErrorKind,
    // Boxed to keep `Result` small.
    response: Box<http::Response<Bytes>>,
    /// The expected statuses, or what is wrong with the body.
    detail: Cow<'static, str>,
}

/// The statuses of `InvokeFunction`.
const INVOCATION_STATUSES: &str = "200, 202 or 300 to 599";

impl ResponseError {
    pub(crate) fn new(kind: ResponseErrorKind, response: http::Response<Bytes>) -> Self {
        Self {
            kind,
            response: Box::new(response),
            detail: Cow::Borrowed(INVOCATION_STATUSES),
        }
    }

    /// Sets the expected statuses, or what is wrong with the body.
    pub(crate) fn detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            detail: detail.into(),
            ..self
        }
    }

    /// Makes the error of an asynchronous invocation that the service accepted without a name for its task.
    pub fn no_task_id(accepted: Accepted) -> Self {
        Self::new(ResponseErrorKind::NoTaskId, accepted.into_response())
    }

    /// Makes the error of a page whose next token is its own, so that the list would never end.
    pub fn repeated_token(response: http::Response<Bytes>) -> Self {
        let detail = "field `nextToken`: the page returned its own token again";
        Self::new(ResponseErrorKind::InvalidBody, response).detail(detail)
    }

    /// Makes the error of a reply about another task than the one that was asked for.
    pub fn other_task(response: http::Response<Bytes>) -> Self {
        let detail = "field `taskId` or `invocationId`: the reply is about another task";
        Self::new(ResponseErrorKind::InvalidBody, response).detail(detail)
    }

    /// Makes the error of an asynchronous invocation that was not accepted but completed, with status 200.
    pub fn not_accepted(success: Success) -> Self {
        Self::new(ResponseErrorKind::UnexpectedStatus, success.into_response()).detail("202")
    }

    /// The reason.
    pub const fn kind(&self) -> ResponseErrorKind {
        self.kind
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The request id from the header.
    pub fn request_id(&self) -> Option<&str> {
        Metadata::new(self.response.headers()).request_id()
    }

    /// The response.
    pub fn response(&self) -> &http::Response<Bytes> {
        &self.response
    }

    /// Converts this into the response, unchanged.
    pub fn into_response(self) -> http::Response<Bytes> {
        *self.response
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, status) = (self.kind, self.response.status().as_u16());
        match kind {
            ResponseErrorKind::UnexpectedStatus => {
                write!(f, "{kind}: expected {}, found {status}", self.detail)
            }
            ResponseErrorKind::InvalidBody => {
                let length = self.response.body().len();
                write!(
                    f,
                    "{kind}: {} (status {status}, {length} bytes)",
                    self.detail
                )
            }
            ResponseErrorKind::NoTaskId => write!(
                f,
                "{kind}: the service accepted the invocation with status {status}, but the response has neither a \
                 task id nor a request id; set a task id in the input"
            ),
            ResponseErrorKind::NotFc => {
                write!(
                    f,
                    "{kind}: the response with status {status} has no request id, \
                     so it does not come from Function Compute; \
                     check for a proxy or a captive portal"
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
