//! The output of `GetAsyncTask`.

use bytes::Bytes;

use crate::held_response::held_response;
use crate::{AsyncTask, Reply, ResponseError, reply};

/// The output of `GetAsyncTask` and `GetStatefulAsyncInvocation`: a task, and the response that held it.
///
/// ```
/// use bytes::Bytes;
/// use fc_response::{AsyncTaskStatus, GetAsyncTaskOutput};
///
/// let body = r#"{"taskId":"order-4711","status":"Succeeded","durationMs":100,"returnPayload":"done"}"#;
/// let response = http::Response::new(Bytes::from(body));
/// let output = GetAsyncTaskOutput::from_response(response)?.into_result()?;
/// let task = output.task();
/// assert_eq!(task.status(), Some(&AsyncTaskStatus::Succeeded));
/// assert_eq!((task.duration_ms(), task.return_payload()), (Some(100), Some("done")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct GetAsyncTaskOutput {
    response: http::Response<Bytes>,
    task: AsyncTask,
}

impl GetAsyncTaskOutput {
    /// Reads the task of a 2xx response; 300 to 599 is a refusal.
    ///
    /// # Errors
    /// [`UnexpectedStatus`](crate::ResponseErrorKind::UnexpectedStatus) for any other status, and
    /// [`InvalidBody`](crate::ResponseErrorKind::InvalidBody) if the body of a 2xx is not a task: an empty body, HTML, a
    /// document that was cut, or a field with a value of another type. The error contains the response.
    pub fn from_response(response: http::Response<Bytes>) -> Result<Reply<Self>, ResponseError> {
        Ok(match reply::of_document(response, AsyncTask::read)? {
            Reply::Output((response, task)) => Reply::Output(Self { response, task }),
            Reply::Rejected(error) => Reply::Rejected(error),
        })
    }

    /// The task.
    pub fn task(&self) -> &AsyncTask {
        &self.task
    }

    /// Converts this into the task.
    pub fn into_task(self) -> AsyncTask {
        self.task
    }
}

held_response!(
    GetAsyncTaskOutput,
    body,
    "The body of the response, byte for byte."
);
