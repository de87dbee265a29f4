//! The output of `StopAsyncTask`.

use bytes::Bytes;

use crate::held_response::held_response;
use crate::{Reply, ResponseError, ServiceError};

/// The output of `StopAsyncTask` and `StopStatefulAsyncInvocation`: the service accepted the stop.
///
/// The task may still run: its state becomes `Stopping` and then `Stopped`. Any 2xx status with any body is a success,
/// because all official SDKs read the body and drop it, and no source prints the status.
#[derive(Clone)]
pub struct StopAsyncTaskOutput {
    response: http::Response<Bytes>,
}

impl StopAsyncTaskOutput {
    /// Makes the output of a 2xx response; 300 to 599 is a refusal.
    ///
    /// # Errors
    /// [`UnexpectedStatus`](crate::ResponseErrorKind::UnexpectedStatus) for any other status.
    pub fn from_response(response: http::Response<Bytes>) -> Result<Reply<Self>, ResponseError> {
        Ok(match Reply::from_response(response)? {
            Reply::Output(response) => Reply::Output(Self { response }),
            Reply::Rejected(error) => Reply::Rejected(error),
        })
    }

    /// Converts the refusal of a task that was stopped before into the output.
    ///
    /// Call it only for a retry: then the refusal means that an earlier attempt of the same stop arrived.
    ///
    /// # Errors
    /// Returns `error` unchanged if it has another cause.
    #[expect(clippy::result_large_err, reason = "the error is returned unchanged")]
    pub fn from_stopped(error: ServiceError) -> Result<Self, ServiceError> {
        if error.is_task_stopped() {
            return Ok(Self {
                response: error.into_response(),
            });
        }
        Err(error)
    }
}

held_response!(
    StopAsyncTaskOutput,
    body,
    "The body of the response, byte for byte."
);
