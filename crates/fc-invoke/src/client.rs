//! The asynchronous client.

use std::fmt;
use std::sync::Arc;

use fc_response::Outcome;
use fc_sign::{Credentials, CredentialsProvider};
use fc_transport::Transport;

use crate::driver::Driver;
use crate::trace::{Came, Invocation};
use crate::{
    Endpoint, Environment, InvokeError, InvokeFunctionInput, InvokeOptions, Next, RetryPolicy,
    Scheme,
};

/// An asynchronous client: a small loop over [`Call`](crate::Call), a transport and credentials.
///
/// It signs every attempt anew, repeats what certainly did not run, and nothing else unless it is told
/// that running twice does no harm. It works on every runtime that the transport works on.
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
/// let outcome = client.invoke(&input).await?;
/// # let _ = outcome;
/// # Ok(())
/// # }
/// ```
pub struct Client<T, P = Credentials> {
    pub(crate) transport: T,
    pub(crate) provider: P,
    pub(crate) driver: Driver,
}

impl<T: Transport, P: CredentialsProvider> Client<T, P> {
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
    pub async fn invoke(&self, input: &InvokeFunctionInput) -> Result<Outcome, InvokeError> {
        self.invoke_with(input, InvokeOptions::default()).await
    }

    /// The same with what the caller knows about this invocation.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    pub async fn invoke_with(
        &self,
        input: &InvokeFunctionInput,
        options: InvokeOptions,
    ) -> Result<Outcome, InvokeError> {
        let invocation = Invocation::begin(input);
        let mut call = self.driver.call(input, options)?;
        loop {
            let now = self.driver.now()?;
            let signer = self.driver.signer(&self.provider.credentials(now).await?);
            let (request, in_flight) = call.start(&signer, now, &self.driver.nonce()?)?;
            let result = self.transport.send(request).await;
            let came = Came::of(in_flight.attempt(), &result);
            let next = in_flight.finish(result);
            invocation.attempt_ended(&came, &next);
            match next {
                Next::Done(done) => return done,
                Next::Retry(next, window) => {
                    self.transport.sleep(window.at(self.driver.dice())).await;
                    call = next;
                }
            }
        }
    }
}

impl<T, P> fmt::Debug for Client<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("driver", &self.driver)
            .finish_non_exhaustive()
    }
}
