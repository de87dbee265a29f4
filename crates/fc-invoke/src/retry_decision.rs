//! The decision whether an attempt is retried: after a transport error, a refusal or a clock skew.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fc_headers::{AcsRetryAfter, RetryAfter};
use fc_response::{Failure, Reply, ServiceError};
use fc_transport::{TransportError, TransportErrorKind};
use http::Response;

use crate::call::{ClockCorrection, CredentialsReload};
use crate::{
    Backoff, Call, ClockSkew, InFlight, InvokeError, InvokeFunctionInput, Operation, Safety,
};

/// The next step after an attempt.
#[must_use = "an invocation ends with `Done`"]
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must handle both")]
pub enum Next<O: Operation = InvokeFunctionInput> {
    /// The invocation is complete.
    Done(Result<O::Output, InvokeError>),
    /// The call is started again after a wait that the backoff limits.
    Retry(Call<O>, Backoff),
}

impl<O: Operation> InFlight<O> {
    /// Decides what follows the result of the transport: an outcome, an error or a retry.
    ///
    /// A refusal because the security token has expired is final; see
    /// [`finish_with_reload`](Self::finish_with_reload).
    pub fn finish(self, result: Result<Response<Bytes>, TransportError>) -> Next<O> {
        self.finish_with_reload(result, || false)
    }

    /// The same as [`finish`](Self::finish), for credentials that can be replaced.
    ///
    /// `reload` is called if the service refused the request because its security token has expired, at most once for a
    /// [`Call`]. It forgets the credentials and returns whether the next attempt can be signed with others
    /// ([`CredentialsProvider::discard`](fc_sign::CredentialsProvider::discard)). If so, and if the policy has an attempt
    /// left, the request is sent again without a wait: the function did not run.
    pub fn finish_with_reload(
        self,
        result: Result<Response<Bytes>, TransportError>,
        reload: impl FnOnce() -> bool,
    ) -> Next<O> {
        let response = match result {
            Ok(response) => response,
            Err(error) => return self.after_error(error),
        };
        match O::read(response, self.call.accepts_unidentified) {
            Ok(Reply::Rejected(error)) => self.after_refusal(error, reload),
            Ok(Reply::Output(output)) => Next::Done(Ok(output)),
            Err(error) => self.failed(error),
        }
    }

    /// Ends the call with an error of this attempt.
    fn failed(self, error: impl Into<InvokeError>) -> Next<O> {
        Next::Done(Err(self.call.fail(error)))
    }

    fn after_error(mut self, error: TransportError) -> Next<O> {
        let earlier = self.call.may_have_arrived;
        self.call.may_have_arrived |= error.kind().may_have_been_sent();
        let is_safe = match error.kind() {
            TransportErrorKind::Connect => true,
            TransportErrorKind::Interrupted | TransportErrorKind::Timeout => self.may_be_repeated(),
            _ => false,
        };
        if is_safe && self.has_attempts_left() {
            return self.retry(error, None);
        }
        Next::Done(Err(self.call.judged(error.into(), earlier)))
    }

    fn after_refusal(mut self, error: ServiceError, reload: impl FnOnce() -> bool) -> Next<O> {
        let error = match self.settled(error) {
            Ok(output) => return Next::Done(Ok(output)),
            Err(error) => error,
        };
        let error = match ClockSkew::from_refusal(error, self.time) {
            Ok(skew) => return self.after_skew(skew),
            Err(error) => error,
        };
        if error.is_token_expired() && self.call.reload == CredentialsReload::Possible {
            self.call.reload = CredentialsReload::Done;
            if reload() && self.has_attempts_left() {
                self.record(Failure::from(error));
                return Next::Retry(self.call, Backoff::NONE);
            }
        }
        let did_not_run = error.is_throttled();
        let is_safe = did_not_run || (error.status().is_server_error() && self.may_be_repeated());
        if is_safe && self.has_attempts_left() {
            self.call.may_have_arrived |= !did_not_run;
            let retry_after = self.retry_after(&error);
            return self.retry(Failure::from(error), retry_after);
        }
        let error = if self.call.may_have_arrived && self.call.safety.runs_function() {
            error.after_uncertain_attempt()
        } else {
            error
        };
        let refused = O::refused(error);
        Next::Done(refused.map_err(|error| self.call.fail(error)))
    }

    /// Reads a refusal that reports that an earlier attempt arrived.
    #[expect(
        clippy::result_large_err,
        reason = "a refusal about something else is returned"
    )]
    fn settled(&self, error: ServiceError) -> Result<O::Output, ServiceError> {
        if self.call.may_have_arrived {
            return self.call.input.settled(error);
        }
        Err(error)
    }

    fn after_skew(mut self, skew: ClockSkew) -> Next<O> {
        if let (ClockCorrection::Allowed, Some(ahead)) = (self.call.clock, skew.server_ahead()) {
            self.call.clock = ClockCorrection::By(ahead);
            self.record(Box::new(skew));
            return Next::Retry(self.call, Backoff::NONE);
        }
        self.failed(Box::new(skew))
    }

    fn may_be_repeated(&self) -> bool {
        self.call.is_idempotent || self.call.safety != Safety::RunsFunction
    }

    fn has_attempts_left(&self) -> bool {
        self.call.retry_policy.allows_after(self.call.attempt)
    }

    /// Keeps the failure of this attempt for the error of the call.
    fn record(&mut self, failure: impl Into<InvokeError>) {
        let failure = self.call.judged(failure.into(), false);
        self.call.last_failure = Some(Arc::new(failure));
    }

    fn retry(mut self, failure: impl Into<InvokeError>, retry_after: Option<Duration>) -> Next<O> {
        self.record(failure);
        let policy = self.call.retry_policy;
        let backoff = policy.backoff(self.call.attempt, retry_after);
        Next::Retry(self.call, backoff)
    }

    /// How long the service wants the client to wait; a header that cannot be read is ignored. If `Retry-After` and
    /// `X-Acs-Retry-After` differ, the longer time counts.
    fn retry_after(&self, error: &ServiceError) -> Option<Duration> {
        let metadata = error.metadata();
        let of_standard = metadata.retry_after().ok().flatten();
        let of_gateway = metadata.acs_retry_after().ok().flatten();
        let of_standard = of_standard.and_then(|it| self.seconds_until(it));
        let of_gateway = of_gateway.map(AcsRetryAfter::duration);
        of_standard.into_iter().chain(of_gateway).max()
    }

    fn seconds_until(&self, retry_after: RetryAfter) -> Option<Duration> {
        let seconds = match retry_after {
            RetryAfter::Seconds(seconds) => seconds,
            RetryAfter::Date(date) => date
                .as_unix_seconds()
                .saturating_sub(self.time.unix_seconds()),
            _ => return None,
        };
        Some(Duration::from_secs(seconds))
    }
}
