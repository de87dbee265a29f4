//! A task that has ended.

use std::error::Error;
use std::fmt;

use crate::message_text::{MESSAGE_LIMIT, MessageText, REQUEST_ID_LIMIT};
use crate::{AsyncTask, AsyncTaskStatus};

/// A task that has ended, by its final state.
///
/// ```
/// use bytes::Bytes;
/// use fc_response::{FinishedTask, GetAsyncTaskOutput};
///
/// let body = r#"{"taskId":"order-4711","status":"Failed","taskErrorMessage":"UnhandledInvocationError"}"#;
/// let output = GetAsyncTaskOutput::from_response(http::Response::new(Bytes::from(body)))?.into_result()?;
/// let finished = FinishedTask::from_task(output.into_task()).expect("a final state");
/// let error = finished.into_result().unwrap_err();
/// assert_eq!(error.to_string(), "task order-4711 ended as Failed: UnhandledInvocationError");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "the task may have failed: match it, or call `into_result`"]
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a caller must handle all five; a new final state of the service is unknown and not final"
)]
pub enum FinishedTask {
    /// The function succeeded.
    Succeeded(Box<AsyncTask>),
    /// The function failed, and the service does not run it again.
    Failed(Box<AsyncTask>),
    /// The task was stopped. The function may have run in part.
    Stopped(Box<AsyncTask>),
    /// The invocation was too old when its turn came. The function never ran.
    Expired(Box<AsyncTask>),
    /// The invocation could not run, for example because the function was deleted. The function never ran.
    Invalid(Box<AsyncTask>),
}

impl FinishedTask {
    /// Makes a finished task from a task.
    ///
    /// # Errors
    /// Returns the task if it has not ended, or if its state is unknown or absent.
    #[expect(clippy::result_large_err, reason = "the task is returned unchanged")]
    pub fn from_task(task: AsyncTask) -> Result<Self, AsyncTask> {
        Ok(match task.status() {
            Some(AsyncTaskStatus::Succeeded) => Self::Succeeded(Box::new(task)),
            Some(AsyncTaskStatus::Failed) => Self::Failed(Box::new(task)),
            Some(AsyncTaskStatus::Stopped) => Self::Stopped(Box::new(task)),
            Some(AsyncTaskStatus::Expired) => Self::Expired(Box::new(task)),
            Some(AsyncTaskStatus::Invalid) => Self::Invalid(Box::new(task)),
            _ => return Err(task),
        })
    }

    /// The task.
    pub fn task(&self) -> &AsyncTask {
        match self {
            Self::Succeeded(task)
            | Self::Failed(task)
            | Self::Stopped(task)
            | Self::Expired(task)
            | Self::Invalid(task) => task,
        }
    }

    /// Converts this into a `Result`, so that `?` returns a task that did not succeed to the caller.
    ///
    /// # Errors
    /// [`UnsuccessfulTask`] for every state except `Succeeded`.
    pub fn into_result(self) -> Result<AsyncTask, UnsuccessfulTask> {
        match self {
            Self::Succeeded(task) => Ok(*task),
            other => Err(UnsuccessfulTask(Box::new(other))),
        }
    }
}

/// The error of a task that failed, was stopped, expired or could not run. It contains the task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsuccessfulTask(Box<FinishedTask>);

impl UnsuccessfulTask {
    /// The task by its state.
    pub fn finished(&self) -> &FinishedTask {
        &self.0
    }

    /// The task.
    pub fn task(&self) -> &AsyncTask {
        self.0.task()
    }

    /// Whether the function may have run: not if the task expired or was invalid.
    pub fn may_have_run(&self) -> bool {
        !matches!(*self.0, FinishedTask::Expired(_) | FinishedTask::Invalid(_))
    }
}

/// Writes the id, the state and the error message (at most 256 characters), escaped and with signatures redacted.
impl fmt::Display for UnsuccessfulTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let task = self.task();
        f.write_str("task")?;
        if let Some(id) = task.task_id() {
            write!(f, " {}", MessageText(id, REQUEST_ID_LIMIT))?;
        }
        if let Some(status) = task.status() {
            write!(f, " ended as {status}")?;
        }
        match task.error_message().filter(|message| !message.is_empty()) {
            Some(message) => write!(f, ": {}", MessageText(message, MESSAGE_LIMIT)),
            None => Ok(()),
        }
    }
}

impl Error for UnsuccessfulTask {}
