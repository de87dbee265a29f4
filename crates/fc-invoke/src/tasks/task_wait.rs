//! A wait for the result of a task, without sockets or timers.

use std::time::Duration;

use fc_response::{AsyncTask, FinishedTask, GetAsyncTaskOutput, ResponseError};

use super::{AsyncTaskHandle, GetAsyncTaskInput, TaskWaitError, WaitOptions};
use crate::{Backoff, InvokeError};

/// A wait for the result of a task, between two polls.
///
/// ```text
///                 start()                       finish(result, now)
///   TaskWait ------------------> PollInFlight ----------------------> NextPoll::Done(task or error)
///      ^                                                |
///      +------------------- pause ----------------------+ NextPoll::Wait(TaskWait, Backoff)
/// ```
///
/// It has no socket, clock or timer. A poll is `GetAsyncTask`, so that waiting never invokes the function again.
///
/// | result of the poll | what follows |
/// | --- | --- |
/// | a task in a final state | the end |
/// | a task in any other state, also an unknown one | a pause |
/// | `AsyncTaskNotFound` in the [grace](WaitOptions::not_found_grace) after the start | a pause |
/// | a temporary error, a few times in a row | a pause |
/// | any other error, a task with another id, or the deadline | the end, with an error that holds the last task |
///
/// ```
/// use std::time::Duration;
///
/// use bytes::Bytes;
/// use fc_invoke::{AsyncTaskHandle, NextPoll, Target, TaskWait, WaitOptions};
/// use fc_response::{FinishedTask, GetAsyncTaskOutput};
///
/// # fn poll(state: &str) -> Result<GetAsyncTaskOutput, fc_invoke::InvokeError> {
/// #     let body = format!(r#"{{"taskId":"order-4711","status":"{state}"}}"#);
/// #     Ok(GetAsyncTaskOutput::from_response(http::Response::new(Bytes::from(body)))?.into_result()?)
/// # }
/// let target = Target::v2023_03_30("demoFunction".parse()?);
/// let handle = AsyncTaskHandle::new(target, "order-4711".parse()?);
/// let mut wait = TaskWait::new(&handle, WaitOptions::default(), Duration::ZERO);
/// let mut states = ["Enqueued", "Running", "Succeeded"].into_iter();
/// let finished = loop {
///     // Send `wait.input()` with a `Call` or a client.
///     let result = poll(states.next().unwrap());
///     match wait.start().finish(result, Duration::from_secs(1)) {
///         NextPoll::Done(done) => break done?,
///         NextPoll::Wait(next, _pause) => wait = next,
///     }
/// };
/// assert!(matches!(finished, FinishedTask::Succeeded(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct TaskWait {
    input: GetAsyncTaskInput,
    options: WaitOptions,
    started: Duration,
    polls: u32,
    failed_polls: u32,
    /// Whether the next poll is the last one before the deadline.
    is_last: bool,
    last_task: Option<Box<AsyncTask>>,
    last_failure: Option<Box<InvokeError>>,
}

/// One poll whose result is pending; see [`TaskWait`].
#[must_use = "a poll ends when its result is passed to `finish`"]
#[derive(Debug)]
pub struct PollInFlight(TaskWait);

/// The next step after a poll.
#[must_use = "a wait ends with `Done`"]
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must handle both")]
#[expect(
    clippy::large_enum_variant,
    reason = "a wait has one value of it at a time"
)]
pub enum NextPoll {
    /// The wait is complete.
    Done(Result<FinishedTask, TaskWaitError>),
    /// The task is polled again after a pause that the backoff limits.
    Wait(TaskWait, Backoff),
}

impl TaskWait {
    /// Begins the wait at `now`, on a monotonic clock of the caller.
    pub fn new(handle: &AsyncTaskHandle, options: WaitOptions, now: Duration) -> Self {
        Self {
            input: handle.get_input(),
            options,
            started: now,
            polls: 0,
            failed_polls: 0,
            is_last: false,
            last_task: None,
            last_failure: None,
        }
    }

    /// The input of the poll.
    pub fn input(&self) -> &GetAsyncTaskInput {
        &self.input
    }

    /// The number of polls that were started.
    pub fn polls(&self) -> u32 {
        self.polls
    }

    /// The task as the last poll returned it.
    pub fn last_task(&self) -> Option<&AsyncTask> {
        self.last_task.as_deref()
    }

    /// The time from `now` to the deadline; `None` without a deadline. A poll must end in it.
    pub fn time_left(&self, now: Duration) -> Option<Duration> {
        let end = self.started.saturating_add(self.options.deadline?);
        Some(end.saturating_sub(now))
    }

    /// Starts a poll.
    pub fn start(mut self) -> PollInFlight {
        self.polls = self.polls.saturating_add(1);
        PollInFlight(self)
    }

    /// The pause before the next poll, or the end if there is no time for one.
    ///
    /// The last pause is shortened to seven eighths of the time left, so that the last poll is shortly before the
    /// deadline.
    fn pause(mut self, now: Duration) -> NextPoll {
        let pause = self.options.pause(self.polls);
        match self.time_left(now) {
            Some(left) if left <= pause.longest() => {
                if self.is_last || left.is_zero() {
                    return NextPoll::Done(Err(self.deadline_exceeded()));
                }
                self.is_last = true;
                let pause = left / 8 * 7;
                NextPoll::Wait(self, Backoff::new(pause, pause))
            }
            _ => NextPoll::Wait(self, pause),
        }
    }

    /// Checks that the reply is about the task of this wait, as far as it names one.
    fn check(&self, output: GetAsyncTaskOutput) -> Result<AsyncTask, InvokeError> {
        let id = output.task().task_id().unwrap_or_default();
        if id.is_empty() || id == self.input.task_id().as_str() {
            return Ok(output.into_task());
        }
        let error = InvokeError::from(ResponseError::other_task(output.into_response()));
        Err(error.without_function())
    }

    /// The next step after a poll that returned the task.
    fn observed(mut self, task: AsyncTask, now: Duration) -> NextPoll {
        match FinishedTask::from_task(task) {
            Ok(finished) => NextPoll::Done(Ok(finished)),
            Err(task) => {
                self.last_task = Some(Box::new(task));
                self.last_failure = None;
                self.failed_polls = 0;
                self.pause(now)
            }
        }
    }

    fn deadline_exceeded(self) -> TaskWaitError {
        let task_id = self.input.task_id().clone();
        TaskWaitError::deadline(task_id, self.polls, self.last_task, self.last_failure)
    }

    fn failed(self, error: InvokeError) -> TaskWaitError {
        let task_id = self.input.task_id().clone();
        TaskWaitError::poll(task_id, self.polls, self.last_task, error)
    }
}

impl PollInFlight {
    /// Decides what follows the result of a poll, which arrived at `now`.
    pub fn finish(
        self,
        result: Result<GetAsyncTaskOutput, InvokeError>,
        now: Duration,
    ) -> NextPoll {
        let Self(mut wait) = self;
        let error = match result.and_then(|output| wait.check(output)) {
            Ok(task) => return wait.observed(task, now),
            Err(error) => error,
        };
        let since = now.saturating_sub(wait.started);
        let is_absent = error.is_task_not_found() && since < wait.options.not_found_grace;
        let is_temporary =
            error.is_retryable() && wait.failed_polls < wait.options.max_failed_polls;
        if !is_absent && !is_temporary {
            return NextPoll::Done(Err(wait.failed(error)));
        }
        if is_temporary {
            wait.failed_polls += 1;
        }
        wait.last_failure = Some(Box::new(error));
        wait.pause(now)
    }
}
