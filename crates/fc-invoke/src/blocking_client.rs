//! The blocking client.

use std::fmt;
use std::sync::Arc;

use fc_response::Outcome;
use fc_sign::{BlockingCredentialsProvider, Credentials};
use fc_transport::BlockingTransport;

use crate::driver::Driver;
use crate::trace::{Came, Invocation};
use crate::{
    Endpoint, Environment, InvokeError, InvokeFunctionInput, InvokeOptions, Next, RetryPolicy,
    Scheme,
};

/// A blocking client: the same loop as [`Client`](crate::Client), on the caller's thread.
pub struct BlockingClient<T, P = Credentials> {
    pub(crate) transport: T,
    pub(crate) provider: P,
    pub(crate) driver: Driver,
}

impl<T: BlockingTransport, P: BlockingCredentialsProvider> BlockingClient<T, P> {
    /// A client with the default policy.
    pub fn new(transport: T, endpoint: Endpoint, scheme: Scheme, provider: P) -> Self {
        Self {
            transport,
            provider,
            driver: Driver::new(endpoint, scheme),
        }
    }

    /// Another policy for all invocations.
    #[must_use]
    pub fn policy(mut self, policy: RetryPolicy) -> Self {
        self.driver.policy = policy;
        self
    }

    /// Another clock and other dice.
    #[must_use]
    pub fn environment(mut self, environment: Arc<dyn Environment>) -> Self {
        self.driver.environment = environment;
        self
    }

    /// Invokes a function; what may have run is not repeated.
    ///
    /// # Errors
    ///
    /// When there is no outcome; see [`InvokeError`]. A refusal by the service is an outcome.
    pub fn invoke(&self, input: &InvokeFunctionInput) -> Result<Outcome, InvokeError> {
        self.invoke_with(input, InvokeOptions::default())
    }

    /// The same with what the caller knows about this invocation.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    pub fn invoke_with(
        &self,
        input: &InvokeFunctionInput,
        options: InvokeOptions,
    ) -> Result<Outcome, InvokeError> {
        let invocation = Invocation::begin(input);
        let mut call = self.driver.call(input, options)?;
        loop {
            let now = self.driver.now()?;
            let signer = self.driver.signer(&self.provider.credentials(now)?);
            let (request, in_flight) = call.start(&signer, now, &self.driver.nonce()?)?;
            let result = self.transport.send(request);
            let came = Came::of(in_flight.attempt(), &result);
            let next = in_flight.finish(result);
            invocation.attempt_ended(&came, &next);
            match next {
                Next::Done(done) => return done,
                Next::Retry(next, window) => {
                    self.transport.sleep(window.at(self.driver.dice()));
                    call = next;
                }
            }
        }
    }
}

impl<T, P> fmt::Debug for BlockingClient<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingClient")
            .field("driver", &self.driver)
            .finish_non_exhaustive()
    }
}
