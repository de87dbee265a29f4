//! The deadline of a call: the point in time at which the whole invocation ends.

use std::time::Duration;

use crate::{Call, DeadlineExceeded, DeadlinePhase, InFlight, InvokeError, Operation};

impl<O: Operation> Call<O> {
    /// Sets the point in time at which the invocation ends, on a monotonic clock of the caller.
    ///
    /// A `Call` reads no clock and has no timer. The caller passes the time of the same clock to
    /// [`check_deadline`](Self::check_deadline) before each attempt and each wait, and ends an attempt when
    /// [`time_left`](Self::time_left) has passed: see [`InFlight::deadline_exceeded`].
    #[must_use]
    pub fn deadline(self, at: Duration) -> Self {
        Self {
            deadline: Some(at),
            ..self
        }
    }

    /// The time from `now` to the deadline; `None` without a deadline.
    pub fn time_left(&self, now: Duration) -> Option<Duration> {
        self.deadline.map(|at| at.saturating_sub(now))
    }

    /// Checks that the deadline is after `now`. `phase` is what the caller was doing.
    ///
    /// Before a wait, pass the time at which the wait would end.
    ///
    /// # Errors
    ///
    /// [`InvokeErrorKind::Deadline`](crate::InvokeErrorKind::Deadline) if the deadline is at `now` or earlier.
    pub fn check_deadline(&self, now: Duration, phase: DeadlinePhase) -> Result<(), InvokeError> {
        if self.time_left(now) == Some(Duration::ZERO) {
            return Err(self.deadline_exceeded(phase));
        }
        Ok(())
    }

    /// Makes the error of an invocation whose time ran out in this phase.
    pub fn deadline_exceeded(&self, phase: DeadlinePhase) -> InvokeError {
        let last_failure = self.last_failure.clone();
        self.fail(DeadlineExceeded::new(phase, self.attempt, last_failure))
    }
}

impl<O: Operation> InFlight<O> {
    /// The time from `now` to the deadline of the invocation; `None` without a deadline.
    pub fn time_left(&self, now: Duration) -> Option<Duration> {
        self.call.time_left(now)
    }

    /// Ends an attempt whose exchange was abandoned because the deadline passed.
    pub fn deadline_exceeded(self) -> InvokeError {
        self.call.deadline_exceeded(DeadlinePhase::Attempt)
    }
}
