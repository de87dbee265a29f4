//! The blocking client.

use std::fmt;
use std::sync::Arc;

use fc_response::Outcome;
use fc_sign::{BlockingCredentialsProvider, Credentials};
use fc_transport::BlockingTransport;

use crate::client_state::ClientState;
use crate::instrumentation::{AttemptResult, Invocation};
use crate::{
    ClockAndRandomness, Endpoint, InvokeError, InvokeFunctionInput, InvokeOptions, Next,
    RetryPolicy, Scheme,
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
    pub fn new(transport: T, endpoint: Endpoint, scheme: Scheme, provider: P) -> Self {
        Self {
            transport: Arc::new(transport),
            provider: Arc::new(provider),
            state: ClientState::new(endpoint, scheme),
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

    /// Accepts a success without a request id, for example from a test server or through a proxy that removes the
    /// headers of the service; see [`Call::accept_unidentified_responses`](crate::Call::accept_unidentified_responses).
    #[must_use]
    pub fn accept_unidentified_responses(mut self) -> Self {
        self.state.accepts_unidentified = true;
        self
    }

    /// Invokes a function; an attempt that may have run the function is not retried.
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
        let invocation = Invocation::begin(input);
        let mut call = self.state.call(input, options)?;
        loop {
            let now = self.state.now().map_err(|error| call.fail(error))?;
            let credentials = self.provider.credentials(now);
            let credentials = credentials.map_err(|error| call.fail(error))?;
            let signer = self.state.signer(&credentials);
            let nonce = self.state.nonce().map_err(|error| call.fail(error))?;
            let (request, in_flight) = call.start(&signer, now, &nonce)?;
            let result = self.transport.send(request);
            let attempt = AttemptResult::new(in_flight.attempt(), &result);
            let next = in_flight.finish(result);
            invocation.attempt_ended(&attempt, &next);
            match next {
                Next::Done(done) => return done,
                Next::Retry(next, backoff) => {
                    self.transport.sleep(backoff.wait(self.state.randomness()));
                    call = next;
                }
            }
        }
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
