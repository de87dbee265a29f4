//! The error of a wait for the result of a task.

use std::error::Error;
use std::fmt;

use fc_response::AsyncTask;

use super::TaskId;
use crate::InvokeError;

/// The error of a wait for the result of a task. The task itself is not affected: it may still run.
#[derive(Debug)]
pub struct TaskWaitError {
    kind: TaskWaitErrorKind,
    task_id: TaskId,
    polls: u32,
    last_task: Option<Box<AsyncTask>>,
}

/// The reason of a [`TaskWaitError`].
#[non_exhaustive]
#[derive(Debug)]
pub enum TaskWaitErrorKind {
    /// A poll failed, and another one would not help.
    Poll(Box<InvokeError>),
    /// The deadline of the wait passed. Holds the failure of the last poll, if it failed.
    Deadline(Option<Box<InvokeError>>),
}

impl TaskWaitError {
    pub(super) fn poll(
        task_id: TaskId,
        polls: u32,
        last_task: Option<Box<AsyncTask>>,
        error: InvokeError,
    ) -> Self {
        Self {
            kind: TaskWaitErrorKind::Poll(Box::new(error)),
            task_id,
            polls,
            last_task,
        }
    }

    pub(super) fn deadline(
        task_id: TaskId,
        polls: u32,
        last_task: Option<Box<AsyncTask>>,
        last_failure: Option<Box<InvokeError>>,
    ) -> Self {
        Self {
            kind: TaskWaitErrorKind::Deadline(last_failure),
            task_id,
            polls,
            last_task,
        }
    }

    /// The reason.
    pub fn kind(&self) -> &TaskWaitErrorKind {
        &self.kind
    }

    /// The task id.
    pub fn task_id(&self) -> &TaskId {
        &self.task_id
    }

    /// The number of polls that were started.
    pub fn polls(&self) -> u32 {
        self.polls
    }

    /// The task as the last successful poll returned it.
    pub fn last_task(&self) -> Option<&AsyncTask> {
        self.last_task.as_deref()
    }

    /// Whether the deadline of the wait passed.
    pub fn is_deadline(&self) -> bool {
        matches!(self.kind, TaskWaitErrorKind::Deadline(_))
    }

    /// Whether the service has no record of the task: the id is wrong, the function is not in task mode, or the task is
    /// older than 7 days.
    pub fn is_task_not_found(&self) -> bool {
        let cause = self.cause();
        cause.is_some_and(InvokeError::is_task_not_found)
    }

    fn cause(&self) -> Option<&InvokeError> {
        match &self.kind {
            TaskWaitErrorKind::Poll(error) => Some(error),
            TaskWaitErrorKind::Deadline(error) => error.as_deref(),
        }
    }
}

impl fmt::Display for TaskWaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, polls) = (&self.task_id, self.polls);
        let written = match &self.kind {
            TaskWaitErrorKind::Poll(error) => write!(f, "poll {polls} of task {id}: {error}"),
            TaskWaitErrorKind::Deadline(None) => {
                write!(f, "deadline: task {id} has not ended after {polls} polls")
            }
            TaskWaitErrorKind::Deadline(Some(error)) => write!(
                f,
                "deadline: task {id} has not ended after {polls} polls; the last failure: {error}"
            ),
        };
        written?;
        match self.last_task().and_then(AsyncTask::status) {
            Some(status) => write!(f, "; its last state is {status}"),
            None => Ok(()),
        }
    }
}

impl Error for TaskWaitError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let cause = self.cause()?;
        Some(cause)
    }
}
