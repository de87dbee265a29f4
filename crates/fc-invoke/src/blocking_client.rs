//! The blocking client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use fc_response::Outcome;
use fc_sign::{BlockingCredentialsProvider, Credentials};
use fc_transport::{BlockingTransport, TimeLeft, TransportError, TransportErrorKind};

use crate::client_state::ClientState;
use crate::instrumentation::{Ending, Invocation};
use crate::{
    Call, ClockAndRandomness, DeadlinePhase, Endpoint, InvocationObserver, InvokeError,
    InvokeFunctionInput, InvokeOptions, Next, Operation, RetryPolicy, Scheme, Signer,
};

/// A blocking client: the loop of [`Client`](crate::Client) on the thread of the caller.
///
/// A clone is cheap and shares the transport and the credentials.
pub struct BlockingClient<T, P = Credentials> {
    pub(crate) transport: Arc<T>,
    pub(crate) provider: Arc<P>,
    pub(crate) state: ClientState,
}

impl<T: BlockingTransport, P: BlockingCredentialsProvider> BlockingClient<T, P> {
    /// Makes a client with the default retry policy.
    ///
    /// Without a scheme (`None::<Scheme>`), each invocation is signed by the scheme of its revision:
    /// [`Revision::scheme`](crate::Revision::scheme).
    pub fn new(
        transport: T,
        endpoint: Endpoint,
        scheme: impl Into<Option<Scheme>>,
        provider: P,
    ) -> Self {
        Self {
            transport: Arc::new(transport),
            provider: Arc::new(provider),
            state: ClientState::new(endpoint, scheme.into()),
        }
    }

    /// Sets the retry policy of all invocations.
    #[must_use]
    pub fn retry_policy(mut self, retry_policy: RetryPolicy) -> Self {
        self.state.retry_policy = retry_policy;
        self
    }

    /// Sets the clock and the source of randomness.
    #[must_use]
    pub fn clock_and_randomness(
        mut self,
        clock_and_randomness: Arc<dyn ClockAndRandomness>,
    ) -> Self {
        self.state.clock_and_randomness = clock_and_randomness;
        self
    }

    /// Sets the time after which a whole invocation ends: all attempts, the waits between them, and loading the
    /// credentials. The default is no deadline, because a function may run for a day.
    ///
    /// The limits of a transport are for one attempt. If the deadline passes, the error is
    /// [`InvokeErrorKind::Deadline`](crate::InvokeErrorKind::Deadline), which says in which phase. A wait that would
    /// end after the deadline is not begun. Nothing can interrupt a blocking call: the client passes the time left
    /// to the transport ([`TimeLeft`]), and checks the deadline after the credentials are loaded. `fc-transport-ureq`
    /// keeps it, also while the body of a streamed result is read; another transport may exceed the deadline by the
    /// limit of one attempt.
    #[must_use]
    pub fn deadline(mut self, after: Duration) -> Self {
        self.state.deadline = Some(after);
        self
    }

    /// Accepts a success without a request id, for example from a test server or through a proxy that removes the
    /// headers of the service; see [`Call::accept_unidentified_responses`](crate::Call::accept_unidentified_responses).
    #[must_use]
    pub fn accept_unidentified_responses(mut self) -> Self {
        self.state.accepts_unidentified = true;
        self
    }

    /// Sets the observer of all attempts and invocations.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn InvocationObserver>) -> Self {
        self.state.observer = Some(observer);
        self
    }

    /// Invokes a function; an attempt that may have run the function is retried only with a task id.
    ///
    /// # Errors
    ///
    /// [`InvokeError`] if there is no outcome. A refusal by the service is an outcome.
    pub fn invoke(&self, input: &InvokeFunctionInput) -> Result<Outcome, InvokeError> {
        self.invoke_with(input, InvokeOptions::default())
    }

    /// Invokes a function with options for this invocation.
    ///
    /// # Errors
    ///
    /// The same as [`invoke`](Self::invoke).
    pub fn invoke_with(
        &self,
        input: &InvokeFunctionInput,
        options: InvokeOptions,
    ) -> Result<Outcome, InvokeError> {
        let mut invocation = Invocation::begin(&self.state, input);
        let result = self.attempts(input, options, &mut invocation);
        invocation.end(&Ending::from(&result));
        result
    }

    /// Sends any operation, such as one that another crate defines, with retries by its
    /// [`Safety`](crate::Safety). No observer and no span reports it.
    ///
    /// # Errors
    ///
    /// [`InvokeError`] if there is no output.
    pub fn perform<O: Operation>(
        &self,
        input: &O,
        options: InvokeOptions,
    ) -> Result<O::Output, InvokeError> {
        let mut unobserved = Invocation::unobserved(&self.state);
        self.attempts(input, options, &mut unobserved)
    }

    /// The attempts of any operation, and the waits between them.
    pub(crate) fn attempts<O: Operation>(
        &self,
        input: &O,
        options: InvokeOptions,
        invocation: &mut Invocation<'_>,
    ) -> Result<O::Output, InvokeError> {
        let mut call = self.state.call(input, options)?;
        loop {
            let now = self.state.now().map_err(|error| call.fail(error))?;
            let credentials = self.provider.credentials(now);
            let credentials = credentials.map_err(|error| call.fail(error))?;
            let phase = DeadlinePhase::Credentials;
            self.state.check_deadline(&call, Duration::ZERO, phase)?;
            let signer = Signer::new(call.scheme, &credentials);
            let nonce = self.state.nonce(call.scheme);
            let nonce = nonce.map_err(|error| call.fail(error))?;
            let (mut request, in_flight) = call.start(&signer, now, &nonce)?;
            if let Some(left) = self.state.time_left(&in_flight.call) {
                request.extensions_mut().insert(TimeLeft::new(left));
            }
            invocation.attempt_started();
            let result = self.transport.send(request);
            if self.is_deadline(&in_flight.call, &result) {
                invocation.attempt_abandoned();
                return Err(in_flight.deadline_exceeded());
            }
            let facts = invocation.facts(&result);
            let reload = || self.provider.discard(&credentials);
            match in_flight.finish_with_reload(result, reload) {
                Next::Done(done) => {
                    invocation.attempt_ended(&facts, None);
                    return done;
                }
                Next::Retry(next, backoff) => {
                    invocation.attempt_ended(&facts, Some(backoff));
                    let wait = backoff.wait(self.state.randomness());
                    let phase = DeadlinePhase::Backoff;
                    self.state.check_deadline(&next, wait, phase)?;
                    self.transport.sleep(wait);
                    call = next;
                }
            }
        }
    }

    /// Whether the transport ended an exchange because the deadline passed.
    pub(crate) fn is_deadline<R>(
        &self,
        call: &Call<impl Operation>,
        result: &Result<R, TransportError>,
    ) -> bool {
        let timed_out = |error: &TransportError| error.kind() == TransportErrorKind::Timeout;
        result.as_ref().is_err_and(timed_out) && self.state.time_left(call) == Some(Duration::ZERO)
    }
}

impl<T, P> Clone for BlockingClient<T, P> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            provider: Arc::clone(&self.provider),
            state: self.state.clone(),
        }
    }
}

impl<T, P> fmt::Debug for BlockingClient<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingClient")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
