//! The decision whether an attempt is retried: after a transport error, a refusal or a clock skew.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fc_headers::RetryAfter;
use fc_response::{Accepted, Failure, Outcome, ServiceError};
use fc_transport::{TransportError, TransportErrorKind};
use http::Response;

use crate::call::{ClockCorrection, SecondRun};
use crate::{Backoff, Call, ClockSkew, InFlight, InvokeError};

/// The next step after an attempt.
#[must_use = "an invocation ends with `Done`"]
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must handle both")]
pub enum Next {
    /// The invocation is complete.
    Done(Result<Outcome, InvokeError>),
    /// The call is started again after a wait that the backoff limits.
    Retry(Call, Backoff),
}

impl InFlight {
    /// Decides what follows the result of the transport: an outcome, an error or a retry.
    pub fn finish(self, result: Result<Response<Bytes>, TransportError>) -> Next {
        let earlier = self.call.may_have_arrived;
        match self.decide(result) {
            Next::Done(Err(error)) => Next::Done(Err(error.after(earlier))),
            Next::Done(Ok(Outcome::Rejected(error))) if earlier => {
                Next::Done(Ok(Outcome::Rejected(error.after_uncertain_attempt())))
            }
            next => next,
        }
    }

    fn decide(self, result: Result<Response<Bytes>, TransportError>) -> Next {
        let response = match result {
            Ok(response) => response,
            Err(error) => return self.after_error(error),
        };
        let parsed = if self.call.accepts_unidentified {
            Outcome::from_unidentified_response(response)
        } else {
            Outcome::from_response(response)
        };
        match parsed {
            Ok(Outcome::Rejected(error)) => self.after_refusal(error),
            Ok(outcome) => Next::Done(Ok(outcome)),
            Err(error) => Next::Done(Err(error.into())),
        }
    }

    fn after_error(mut self, error: TransportError) -> Next {
        self.call.may_have_arrived |= error.kind().may_have_been_sent();
        let is_safe = match error.kind() {
            TransportErrorKind::Connect => true,
            TransportErrorKind::Interrupted | TransportErrorKind::Timeout => self.may_run_twice(),
            _ => false,
        };
        if is_safe && self.has_attempts_left() {
            self.call.last_failure = Some(Arc::new(error.into()));
            return self.retry(None);
        }
        Next::Done(Err(error.into()))
    }

    fn after_refusal(mut self, error: ServiceError) -> Next {
        let error = match self.duplicate(error) {
            Ok(accepted) => return Next::Done(Ok(Outcome::Accepted(accepted))),
            Err(error) => error,
        };
        let error = match ClockSkew::from_refusal(error, self.time) {
            Ok(skew) => return self.after_skew(skew),
            Err(error) => error,
        };
        let did_not_run = error.status() == 429 || (error.status() == 503 && error.is_throttled());
        let is_safe = did_not_run || (error.status().is_server_error() && self.may_run_twice());
        if is_safe && self.has_attempts_left() {
            self.call.may_have_arrived |= !did_not_run;
            let retry_after = self.retry_after(&error);
            self.call.last_failure = Some(Arc::new(Failure::from(error).into()));
            return self.retry(retry_after);
        }
        Next::Done(Ok(Outcome::Rejected(error)))
    }

    /// Reads a 409 that reports that an earlier attempt was accepted.
    #[expect(
        clippy::result_large_err,
        reason = "a refusal about something else is returned"
    )]
    fn duplicate(&self, error: ServiceError) -> Result<Accepted, ServiceError> {
        if self.call.second_run == SecondRun::Deduplicated && self.call.may_have_arrived {
            return Accepted::from_duplicate(error);
        }
        Err(error)
    }

    fn after_skew(mut self, skew: ClockSkew) -> Next {
        if let (ClockCorrection::Allowed, Some(ahead)) = (self.call.clock, skew.server_ahead()) {
            self.call.clock = ClockCorrection::By(ahead);
            self.call.last_failure = Some(Arc::new(Box::new(skew).into()));
            return Next::Retry(self.call, Backoff::NONE);
        }
        Next::Done(Err(Box::new(skew).into()))
    }

    fn may_run_twice(&self) -> bool {
        self.call.second_run != SecondRun::Harmful
    }

    fn has_attempts_left(&self) -> bool {
        self.call.retry_policy.allows_after(self.call.attempt)
    }

    fn retry(self, retry_after: Option<Duration>) -> Next {
        let policy = self.call.retry_policy;
        let backoff = policy.backoff(self.call.attempt, retry_after);
        Next::Retry(self.call, backoff)
    }

    /// How long the service wants the client to wait; a header that cannot be read is ignored.
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
