//! The outcome of an accepted asynchronous invocation.

use bytes::Bytes;
use http::StatusCode;

use crate::ServiceError;
use crate::held_response::held_response;

/// An accepted asynchronous invocation: the service has stored the event and will run the function.
///
/// The status is 202, or 409 after [`from_duplicate`](Self::from_duplicate). Keep the request id or
/// the task id to find the invocation later; see
/// [`Metadata::stateful_async_invocation_id`](crate::Metadata::stateful_async_invocation_id).
///
/// ```
/// use bytes::Bytes;
/// use fc_response::Outcome;
///
/// let response = http::Response::builder()
///     .status(202)
///     .header("X-Fc-Request-Id", "1-65a24fa0-0b44b15d-431a6b32cc8c")
///     .header("X-Fc-Stateful-Async-Invocation-Id", "order-4711")
///     .body(Bytes::new())?;
/// let Outcome::Accepted(accepted) = Outcome::from_response(response)? else { panic!() };
/// let id = accepted.metadata().stateful_async_invocation_id()?;
/// assert_eq!(id.map(|id| id.to_string()).as_deref(), Some("order-4711"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Accepted {
    response: http::Response<Bytes>,
}

impl Accepted {
    pub(crate) const fn new(response: http::Response<Bytes>) -> Self {
        Self { response }
    }

    /// Converts a 409 for a duplicate task id into an accepted invocation.
    ///
    /// Call it only for a retry: then the 409 means that the service accepted an earlier attempt of
    /// the same invocation.
    ///
    /// # Errors
    ///
    /// Returns `error` unchanged if it has another cause.
    #[expect(clippy::result_large_err, reason = "the error is returned unchanged")]
    pub fn from_duplicate(error: ServiceError) -> Result<Self, ServiceError> {
        if error.status() == StatusCode::CONFLICT && error.is_duplicate_invocation() {
            Ok(Self::new(error.into_response()))
        } else {
            Err(error)
        }
    }

    /// The request id from the header.
    pub fn request_id(&self) -> Option<&str> {
        self.metadata().request_id()
    }
}

held_response!(
    Accepted,
    payload,
    "The body; the service sends an empty one."
);
