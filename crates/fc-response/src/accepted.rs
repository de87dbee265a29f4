//! An asynchronous invocation that was taken.

use bytes::Bytes;

use crate::held_response::held_response;

/// The service has taken the event and will run the function: status 202.
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
}

held_response!(
    Accepted,
    payload,
    "The body, which the service leaves empty."
);
