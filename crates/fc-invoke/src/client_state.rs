//! The state that both clients share: everything except sending and waiting.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use fc_headers::InputError;
use fc_sign::{Nonce, SignError, Timestamp};

use crate::options::ClientDefaults;
use crate::{
    Call, ClockAndRandomness, DeadlinePhase, Endpoint, InvocationObserver, InvokeError,
    InvokeOptions, Operation, RetryPolicy, Scheme, SystemClockAndRandomness,
};

/// The endpoint, scheme, retry policy, clock and randomness of a client.
#[derive(Clone)]
pub(crate) struct ClientState {
    pub(crate) endpoint: Endpoint,
    /// `None`: that of the revision of each target.
    pub(crate) scheme: Option<Scheme>,
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) accepts_unidentified: bool,
    pub(crate) deadline: Option<Duration>,
    pub(crate) observer: Option<Arc<dyn InvocationObserver>>,
    pub(crate) clock_and_randomness: Arc<dyn ClockAndRandomness>,
    /// A constant nonce for the scheme that does not send one.
    no_nonce: Option<Nonce>,
}

impl ClientState {
    pub(crate) fn new(endpoint: Endpoint, scheme: Option<Scheme>) -> Self {
        let clock_and_randomness = Arc::new(SystemClockAndRandomness);
        Self {
            endpoint,
            scheme,
            retry_policy: RetryPolicy::default(),
            accepts_unidentified: false,
            deadline: None,
            observer: None,
            clock_and_randomness,
            no_nonce: "none".parse().ok(),
        }
    }

    pub(crate) fn call<O: Operation>(
        &self,
        input: &O,
        options: InvokeOptions,
    ) -> Result<Call<O>, InputError> {
        let defaults = ClientDefaults {
            retry_policy: self.retry_policy,
            accepts_unidentified: self.accepts_unidentified,
        };
        let call = options.call(input, &self.endpoint, self.scheme(input), defaults)?;
        Ok(match options.deadline.or(self.deadline) {
            Some(after) => call.deadline(self.monotonic().saturating_add(after)),
            None => call,
        })
    }

    pub(crate) fn monotonic(&self) -> Duration {
        self.clock_and_randomness.monotonic()
    }

    /// The time to the deadline; `None` without one, and then the clock is not read.
    pub(crate) fn time_left<O: Operation>(&self, call: &Call<O>) -> Option<Duration> {
        call.deadline?;
        call.time_left(self.monotonic())
    }

    /// Checks the deadline for the time after `wait`.
    pub(crate) fn check_deadline<O: Operation>(
        &self,
        call: &Call<O>,
        wait: Duration,
        phase: DeadlinePhase,
    ) -> Result<(), InvokeError> {
        if call.deadline.is_none() {
            return Ok(());
        }
        call.check_deadline(self.monotonic().saturating_add(wait), phase)
    }

    pub(crate) fn now(&self) -> Result<Timestamp, SignError> {
        self.clock_and_randomness.now().try_into()
    }

    /// The scheme that signs this operation.
    pub(crate) fn scheme(&self, input: &impl Operation) -> Scheme {
        let of_revision = || input.revision().scheme();
        self.scheme.unwrap_or_else(of_revision)
    }

    /// Draws a nonce for one attempt if the scheme sends one.
    pub(crate) fn nonce(&self, scheme: Scheme) -> Result<Nonce, SignError> {
        match &self.no_nonce {
            Some(nonce) if scheme == Scheme::Fc => return Ok(nonce.clone()),
            _ => {}
        }
        format!("{:032x}", self.clock_and_randomness.random()).parse()
    }

    /// Draws the number that picks the wait before a retry.
    pub(crate) fn randomness(&self) -> u32 {
        u32::try_from(self.clock_and_randomness.random() & u128::from(u32::MAX)).unwrap_or_default()
    }
}

impl fmt::Debug for ClientState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientState")
            .field("endpoint", &self.endpoint)
            .field("scheme", &self.scheme)
            .field("retry_policy", &self.retry_policy)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::ClientState;
    use crate::{InvokeFunctionInput, Scheme, Target};

    #[test]
    fn without_a_scheme_the_revision_of_the_target_selects_it() {
        let endpoint: crate::Endpoint = "https://fc.example.com".parse().unwrap();
        let (service, function) = ("s".parse().unwrap(), "f".parse().unwrap());
        let targets = [
            (Target::new(service, function), Scheme::Fc),
            (Target::v2023_03_30("f".parse().unwrap()), Scheme::Acs3),
        ];
        for (target, scheme) in targets {
            let input = InvokeFunctionInput::builder(target).build().unwrap();
            let follows = ClientState::new(endpoint.clone(), None);
            assert_eq!(follows.scheme(&input), scheme);
            let fixed = ClientState::new(endpoint.clone(), Some(Scheme::Acs3));
            assert_eq!(fixed.scheme(&input), Scheme::Acs3);
        }
    }
}
