//! One attempt on the wire.

use std::time::Duration;

use bytes::Bytes;
use fc_headers::RetryAfter;
use fc_response::{Accepted, Outcome, ServiceError};
use fc_sign::Timestamp;
use fc_transport::{TransportError, TransportErrorKind};
use http::Response;

use crate::call::{ClockCorrection, Repetition};
use crate::{Call, ClockSkew, InvokeError, Window};

/// One attempt on the wire; see [`Call`].
#[must_use = "an attempt is over when its result is handed to `finish`"]
#[derive(Debug)]
pub struct InFlight {
    call: Call,
    time: Timestamp,
}

/// What follows an attempt.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a driver must handle both")]
pub enum Next {
    /// The invocation is over.
    Done(Result<Outcome, InvokeError>),
    /// The attempt is to be repeated after a wait within the window.
    Retry(Call, Window),
}

impl InFlight {
    pub(crate) fn new(call: Call, time: Timestamp) -> Self {
        Self { call, time }
    }

    /// The number of the attempt, counted from 1.
    pub fn attempt(&self) -> u32 {
        self.call.attempt
    }

    /// The time that the attempt was signed for.
    pub fn time(&self) -> Timestamp {
        self.time
    }

    /// What follows from what the transport gave.
    pub fn finish(self, result: Result<Response<Bytes>, TransportError>) -> Next {
        let response = match result {
            Ok(response) => response,
            Err(error) => return self.after_error(error),
        };
        match Outcome::from_response(response) {
            Ok(Outcome::Rejected(error)) => self.after_refusal(error),
            Ok(outcome) => Next::Done(Ok(outcome)),
            Err(error) => Next::Done(Err(error.into())),
        }
    }

    fn after_error(mut self, error: TransportError) -> Next {
        self.call.may_have_arrived |= error.kind().may_have_left();
        let repeatable = match error.kind() {
            TransportErrorKind::Connect => true,
            TransportErrorKind::Interrupted | TransportErrorKind::Timeout => self.may_run_twice(),
            _ => false,
        };
        if repeatable && self.call.policy.allows_after(self.call.attempt) {
            return self.retry(None);
        }
        Next::Done(Err(error.into()))
    }

    fn after_refusal(mut self, error: ServiceError) -> Next {
        let error = match self.duplicate(error) {
            Ok(accepted) => return Next::Done(Ok(Outcome::Accepted(accepted))),
            Err(error) => error,
        };
        let error = match ClockSkew::of(error, self.time) {
            Ok(skew) => return self.after_skew(skew),
            Err(error) => error,
        };
        let did_not_run = error.status() == 429 || (error.status() == 503 && error.is_throttled());
        let repeatable = did_not_run || (error.status().is_server_error() && self.may_run_twice());
        if repeatable && self.call.policy.allows_after(self.call.attempt) {
            self.call.may_have_arrived |= !did_not_run;
            let asked = self.retry_after(&error);
            return self.retry(asked);
        }
        Next::Done(Ok(Outcome::Rejected(error)))
    }

    /// The 409 that says that an earlier attempt arrived.
    #[expect(
        clippy::result_large_err,
        reason = "a refusal about something else is given back"
    )]
    fn duplicate(&self, error: ServiceError) -> Result<Accepted, ServiceError> {
        if self.call.repetition == Repetition::Deduplicated && self.call.may_have_arrived {
            return Accepted::from_duplicate(error);
        }
        Err(error)
    }

    fn after_skew(mut self, skew: ClockSkew) -> Next {
        if let (ClockCorrection::Allowed, Some(ahead)) = (self.call.clock, skew.server_ahead()) {
            self.call.clock = ClockCorrection::By(ahead);
            return Next::Retry(self.call, Window::NOW);
        }
        Next::Done(Err(InvokeError::ClockSkew(Box::new(skew))))
    }

    fn may_run_twice(&self) -> bool {
        self.call.repetition != Repetition::Harmful
    }

    fn retry(self, asked: Option<Duration>) -> Next {
        let window = self.call.policy.window(self.call.attempt, asked);
        Next::Retry(self.call, window)
    }

    /// How long the service asks to be left alone; a header that cannot be read asks for nothing.
    fn retry_after(&self, error: &ServiceError) -> Option<Duration> {
        let seconds = match error.metadata().retry_after().ok().flatten()? {
            RetryAfter::Seconds(seconds) => seconds,
            RetryAfter::Date(date) => date
                .as_unix_seconds()
                .saturating_sub(self.time.unix_seconds()),
            _ => return None,
        };
        Some(Duration::from_secs(seconds))
    }
}
