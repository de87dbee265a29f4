//! An asynchronous invocation that was taken.

use bytes::Bytes;
use http::StatusCode;

use crate::ServiceError;
use crate::held_response::held_response;

/// The service has taken the event and will run the function: status 202, or 409 for a task id that an
/// earlier attempt of the same call has used.
///
/// The request id is the only handle to it, unless the request gave a task id; see
/// [`Metadata::stateful_async_invocation_id`](crate::Metadata::stateful_async_invocation_id).
///
/// ```
/// use bytes::Bytes;
/// use fc_response::Outcome;
///
/// let response = http::Response::builder()
///     .status(202)
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

    /// The acceptance that a 409 tells of: the task id was used before, so an earlier send of the same
    /// invocation arrived. Only who has sent it before can know that it was this one.
    ///
    /// # Errors
    ///
    /// The refusal itself where it is about something else.
    #[expect(clippy::result_large_err, reason = "the refusal is given back whole")]
    pub fn from_duplicate(refusal: ServiceError) -> Result<Self, ServiceError> {
        if refusal.status() == StatusCode::CONFLICT && refusal.is_duplicate_invocation() {
            Ok(Self::new(refusal.into_response()))
        } else {
            Err(refusal)
        }
    }
}

held_response!(
    Accepted,
    payload,
    "The body, which the service leaves empty."
);
