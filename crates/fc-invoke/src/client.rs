//! The asynchronous client.

use std::fmt;
use std::sync::Arc;

use fc_response::Outcome;
use fc_sign::{Credentials, CredentialsProvider};
use fc_transport::Transport;

use crate::client_state::ClientState;
use crate::instrumentation::{AttemptResult, Invocation};
use crate::{
    ClockAndRandomness, Endpoint, InvokeError, InvokeFunctionInput, InvokeOptions, Next,
    RetryPolicy, Scheme,
};

/// An asynchronous client: a loop over [`Call`](crate::Call) with a transport and credentials.
///
/// It signs every attempt. It retries an attempt only if the function certainly did not run or if a second run does no
/// harm; see [`Call`](crate::Call). It runs on every runtime that the transport supports.
///
/// A clone is cheap and shares the transport and the credentials; its settings are its own. To share a transport or
/// credentials between clients of different endpoints, pass `Arc`s or references of them. `Arc<dyn DynTransport>`
/// and `Arc<dyn DynCredentialsProvider>` hide their types.
///
/// ```no_run
/// use fc_invoke::{Client, Endpoint, InvokeFunctionInput, Scheme, Target};
///
/// # async fn example(transport: impl fc_transport::Transport) -> Result<(), Box<dyn std::error::Error>> {
/// let endpoint = Endpoint::public(&"1234567890123456".parse()?, &"cn-hangzhou".parse()?);
/// let credentials = fc_sign::Credentials::new("my-key-id".parse()?, "my-key-secret".parse()?);
/// let client = Client::new(transport, endpoint, Scheme::Fc, credentials);
///
/// let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
/// let input = InvokeFunctionInput::builder(target).payload("{}").build()?;
/// let success = client.invoke(&input).await?.into_result()?;
/// println!("{} bytes, request id {:?}", success.payload().len(), success.request_id());
/// # Ok(())
/// # }
/// ```
pub struct Client<T, P = Credentials> {
    pub(crate) transport: Arc<T>,
    pub(crate) provider: Arc<P>,
    pub(crate) state: ClientState,
}

impl<T: Transport, P: CredentialsProvider> Client<T, P> {
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
    pub async fn invoke(&self, input: &InvokeFunctionInput) -> Result<Outcome, InvokeError> {
        self.invoke_with(input, InvokeOptions::default()).await
    }

    /// Invokes a function with options for this invocation.
    ///
    /// # Errors
    ///
    /// The same as [`invoke`](Self::invoke).
    pub async fn invoke_with(
        &self,
        input: &InvokeFunctionInput,
        options: InvokeOptions,
    ) -> Result<Outcome, InvokeError> {
        let invocation = Invocation::begin(input);
        let mut call = self.state.call(input, options)?;
        loop {
            let now = self.state.now().map_err(|error| call.fail(error))?;
            let credentials = self.provider.credentials(now).await;
            let credentials = credentials.map_err(|error| call.fail(error))?;
            let signer = self.state.signer(&credentials);
            let nonce = self.state.nonce().map_err(|error| call.fail(error))?;
            let (request, in_flight) = call.start(&signer, now, &nonce)?;
            let result = self.transport.send(request).await;
            let attempt = AttemptResult::new(in_flight.attempt(), &result);
            let next = in_flight.finish(result);
            invocation.attempt_ended(&attempt, &next);
            match next {
                Next::Done(done) => return done,
                Next::Retry(next, backoff) => {
                    self.transport
                        .sleep(backoff.wait(self.state.randomness()))
                        .await;
                    call = next;
                }
            }
        }
    }
}

impl<T, P> Clone for Client<T, P> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            provider: Arc::clone(&self.provider),
            state: self.state.clone(),
        }
    }
}

impl<T, P> fmt::Debug for Client<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
