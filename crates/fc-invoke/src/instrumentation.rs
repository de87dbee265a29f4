//! One invocation as the observer and the events see it.

use std::time::Duration;

use fc_response::{Metadata, Outcome, OutcomeKind};
use fc_transport::{TransportError, TransportErrorKind};
use http::{Response, StatusCode};

use crate::client_state::ClientState;
use crate::trace::Trace;
use crate::{
    AttemptRecord, Backoff, InvocationRecord, InvocationResult, InvokeError, InvokeErrorKind,
    InvokeFunctionInput, StreamingOutcome,
};

/// A running invocation. Dropping it before its end reports that the invocation was dropped.
pub(crate) struct Invocation<'a> {
    state: &'a ClientState,
    /// `None` for an operation that is not an invocation, and after the end: observers do not see it.
    observed: Option<Observed<'a>>,
    started: Duration,
    attempt_started: Duration,
    attempts: u32,
}

struct Observed<'a> {
    input: &'a InvokeFunctionInput,
    trace: Trace,
}

/// The facts of an attempt's result.
#[derive(Default)]
pub(crate) struct AttemptFacts {
    status: Option<StatusCode>,
    error: Option<TransportErrorKind>,
    request_id: Option<String>,
}

/// The facts of an invocation's result.
pub(crate) struct Ending<'a> {
    result: InvocationResult,
    status: Option<StatusCode>,
    error: Option<TransportErrorKind>,
    request_id: Option<&'a str>,
}

impl<'a> Invocation<'a> {
    pub(crate) fn begin(state: &'a ClientState, input: &'a InvokeFunctionInput) -> Self {
        let trace = Trace::begin(input);
        let mut invocation = Self {
            observed: Some(Observed { input, trace }),
            ..Self::unobserved(state)
        };
        invocation.started = invocation.clock();
        invocation
    }

    /// Begins an operation that is not an invocation: it reports nothing.
    pub(crate) fn unobserved(state: &'a ClientState) -> Self {
        Self {
            state,
            observed: None,
            started: Duration::ZERO,
            attempt_started: Duration::ZERO,
            attempts: 0,
        }
    }

    /// The time, which is read only if somebody receives it.
    fn clock(&self) -> Duration {
        if self.is_observed() {
            self.state.monotonic()
        } else {
            Duration::ZERO
        }
    }

    fn is_observed(&self) -> bool {
        self.observed.is_some() && (Trace::IS_ENABLED || self.state.observer.is_some())
    }

    pub(crate) fn attempt_started(&mut self) {
        self.attempts += 1;
        self.attempt_started = self.clock();
    }

    /// The facts of a result, before the result is consumed.
    pub(crate) fn facts<B>(&self, result: &Result<Response<B>, TransportError>) -> AttemptFacts {
        if !self.is_observed() {
            return AttemptFacts::default();
        }
        match result {
            Ok(response) => AttemptFacts {
                status: Some(response.status()),
                error: None,
                request_id: Metadata::new(response.headers())
                    .request_id()
                    .map(str::to_owned),
            },
            Err(error) => AttemptFacts::of_error(error.kind()),
        }
    }

    pub(crate) fn attempt_ended(&self, facts: &AttemptFacts, retry: Option<Backoff>) {
        let Some(Observed { input, trace }) = &self.observed else {
            return;
        };
        let record = AttemptRecord {
            target: input.target(),
            attempt: self.attempts,
            latency: self.clock().saturating_sub(self.attempt_started),
            status: facts.status,
            error: facts.error,
            request_id: facts.request_id.as_deref(),
            retry,
        };
        trace.attempt_ended(&record);
        if let Some(observer) = &self.state.observer {
            observer.attempt_ended(&record);
        }
    }

    /// Reports an attempt that was abandoned because the deadline passed.
    pub(crate) fn attempt_abandoned(&self) {
        self.attempt_ended(&AttemptFacts::of_error(TransportErrorKind::Timeout), None);
    }

    pub(crate) fn end(mut self, ending: &Ending<'_>) {
        self.report(ending);
    }

    fn report(&mut self, ending: &Ending<'_>) {
        let now = self.clock();
        let Some(Observed { input, trace }) = self.observed.take() else {
            return;
        };
        let record = InvocationRecord {
            target: input.target(),
            attempts: self.attempts,
            latency: now.saturating_sub(self.started),
            result: ending.result,
            status: ending.status,
            error: ending.error,
            request_id: ending.request_id,
        };
        trace.invocation_ended(&record);
        if let Some(observer) = &self.state.observer {
            observer.invocation_ended(&record);
        }
    }
}

impl Drop for Invocation<'_> {
    fn drop(&mut self) {
        self.report(&Ending::of(InvocationResult::Dropped));
    }
}

impl AttemptFacts {
    fn of_error(kind: TransportErrorKind) -> Self {
        Self {
            error: Some(kind),
            ..Self::default()
        }
    }
}

impl<'a> Ending<'a> {
    fn of(result: InvocationResult) -> Self {
        Self {
            result,
            status: None,
            error: None,
            request_id: None,
        }
    }

    fn of_outcome(outcome: &'a Outcome) -> Self {
        Self {
            status: Some(outcome.status()),
            request_id: outcome.request_id(),
            ..Self::of(match outcome.kind() {
                OutcomeKind::Completed => InvocationResult::Completed,
                OutcomeKind::Accepted => InvocationResult::Accepted,
                OutcomeKind::FunctionFailed => InvocationResult::FunctionFailed,
                OutcomeKind::Rejected => InvocationResult::Rejected,
            })
        }
    }

    fn of_error(error: &'a InvokeError) -> Self {
        let (result, kind) = match error.kind() {
            InvokeErrorKind::Input(_) => (InvocationResult::Input, None),
            InvokeErrorKind::Credentials(_) => (InvocationResult::Credentials, None),
            InvokeErrorKind::Sign(_) => (InvocationResult::Sign, None),
            InvokeErrorKind::Transport(error) => (InvocationResult::Transport, Some(error.kind())),
            InvokeErrorKind::Response(_) => (InvocationResult::Response, None),
            InvokeErrorKind::ClockSkew(_) => (InvocationResult::ClockSkew, None),
            InvokeErrorKind::Deadline(_) => (InvocationResult::Deadline, None),
            InvokeErrorKind::Failed(_) => (InvocationResult::Rejected, None),
        };
        Self {
            status: error.status(),
            error: kind,
            request_id: error.request_id(),
            ..Self::of(result)
        }
    }
}

impl<'a> From<&'a Result<Outcome, InvokeError>> for Ending<'a> {
    fn from(result: &'a Result<Outcome, InvokeError>) -> Self {
        match result {
            Ok(outcome) => Self::of_outcome(outcome),
            Err(error) => Self::of_error(error),
        }
    }
}

impl<'a, B> From<&'a Result<StreamingOutcome<B>, InvokeError>> for Ending<'a> {
    fn from(result: &'a Result<StreamingOutcome<B>, InvokeError>) -> Self {
        match result {
            Ok(outcome @ StreamingOutcome::Completed(response)) => Self {
                status: Some(response.status()),
                request_id: outcome.request_id(),
                ..Self::of(InvocationResult::Completed)
            },
            Ok(StreamingOutcome::Other(outcome)) => Self::of_outcome(outcome),
            Err(error) => Self::of_error(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    /// A client returns a refusal as an outcome, and only `into_result` makes an error of it.
    #[test]
    fn a_failure_is_reported_as_a_rejection_with_its_status() {
        let response = Response::builder().status(403).body(Bytes::new()).unwrap();
        let failure = Outcome::from_response(response).unwrap().into_result();
        let error = InvokeError::from(failure.unwrap_err());
        let ending = Ending::of_error(&error);
        assert_eq!(ending.result, InvocationResult::Rejected);
        assert_eq!(ending.status, Some(StatusCode::FORBIDDEN));
    }
}
