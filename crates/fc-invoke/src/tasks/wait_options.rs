//! The options of a wait for the result of a task.

use std::time::Duration;

use crate::{Backoff, InvokeOptions, RetryPolicy};

/// The options of a wait for the result of a task.
///
/// ```
/// use std::time::Duration;
/// use fc_invoke::WaitOptions;
///
/// let options = WaitOptions::default().deadline(Duration::from_secs(600)).longest_pause(Duration::from_secs(10));
/// # let _ = options;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitOptions {
    schedule: RetryPolicy,
    pub(super) not_found_grace: Duration,
    pub(super) max_failed_polls: u32,
    pub(super) deadline: Option<Duration>,
    corrects_clock: bool,
}

impl Default for WaitOptions {
    /// Pauses from 1 s to 30 s, no deadline; a task may be absent for 15 s; 5 polls in a row may fail.
    fn default() -> Self {
        let schedule = RetryPolicy::default();
        Self {
            schedule: schedule
                .base(Duration::from_secs(1))
                .cap(Duration::from_secs(30)),
            not_found_grace: Duration::from_secs(15),
            max_failed_polls: 5,
            deadline: None,
            corrects_clock: false,
        }
    }
}

impl WaitOptions {
    /// Sets the longest pause after the first poll. The pause doubles from poll to poll; the client picks a random point
    /// in its upper half.
    #[must_use]
    pub fn first_pause(self, time: Duration) -> Self {
        Self {
            schedule: self.schedule.base(time),
            ..self
        }
    }

    /// Sets the longest pause between two polls.
    #[must_use]
    pub fn longest_pause(self, time: Duration) -> Self {
        Self {
            schedule: self.schedule.cap(time),
            ..self
        }
    }

    /// Sets how long the task may be absent after the start of the wait. The service records a task up to some seconds
    /// after its acceptance (a third-party client of revision 2023-03-30 waits 3 s before its first poll).
    #[must_use]
    pub fn not_found_grace(self, time: Duration) -> Self {
        Self {
            not_found_grace: time,
            ..self
        }
    }

    /// Sets how many polls in a row may fail for a temporary reason: a lost connection, 429, 5xx, each after the retries
    /// of its own.
    #[must_use]
    pub fn max_failed_polls(self, polls: u32) -> Self {
        Self {
            max_failed_polls: polls,
            ..self
        }
    }

    /// Sets the time after which the wait ends. The task goes on. The default is no deadline, because a function may run
    /// for a day.
    #[must_use]
    pub fn deadline(self, after: Duration) -> Self {
        Self {
            deadline: Some(after),
            ..self
        }
    }

    /// Allows each poll one retry with the time of the service; see [`Call::correct_clock`](crate::Call::correct_clock).
    #[must_use]
    pub fn correct_clock(self) -> Self {
        Self {
            corrects_clock: true,
            ..self
        }
    }

    /// The options of a poll that must end in the shorter of these times.
    pub(super) fn of_poll(&self, limits: [Option<Duration>; 2]) -> InvokeOptions {
        let options = InvokeOptions::default();
        let options = match limits.into_iter().flatten().min() {
            Some(after) => options.deadline(after),
            None => options,
        };
        if self.corrects_clock {
            return options.correct_clock();
        }
        options
    }

    /// The pause after the poll with this number, counted from 1.
    pub(super) fn pause(&self, poll: u32) -> Backoff {
        self.schedule.backoff(poll, None)
    }
}
