//! The asynchronous client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use fc_response::Outcome;
use fc_sign::{Credentials, CredentialsProvider};
use fc_transport::{Transport, within};

use crate::client_state::ClientState;
use crate::instrumentation::{Ending, Invocation};
use crate::{
    Call, ClockAndRandomness, DeadlinePhase, Endpoint, InvocationObserver, InvokeError,
    InvokeFunctionInput, InvokeOptions, Next, Operation, RetryPolicy, Scheme, Signer,
};

/// An asynchronous client: a loop over [`Call`] with a transport and credentials.
///
/// It signs every attempt. It retries an attempt only if the function certainly did not run or if a second run does no
/// harm; see [`Call`]. It runs on every runtime that the transport supports.
///
/// Dropping the future of an invocation cancels it: the exchange is dropped, which closes its connection, and nothing
/// is sent afterwards. The function may still run.
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
    /// end after the deadline is not begun. The exchange of an attempt is dropped, which closes its connection. Of a
    /// streamed result, the deadline limits the time to the head of the response.
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
        let mut invocation = Invocation::begin(&self.state, input);
        let result = self.attempts(input, options, &mut invocation).await;
        invocation.end(&Ending::from(&result));
        result
    }

    /// Sends any operation, such as one that another crate defines, with retries by its
    /// [`Safety`](crate::Safety). No observer and no span reports it.
    ///
    /// # Errors
    ///
    /// [`InvokeError`] if there is no output.
    pub async fn perform<O: Operation>(
        &self,
        input: &O,
        options: InvokeOptions,
    ) -> Result<O::Output, InvokeError> {
        let mut unobserved = Invocation::unobserved(&self.state);
        self.attempts(input, options, &mut unobserved).await
    }

    /// The attempts of any operation, and the waits between them.
    pub(crate) async fn attempts<O: Operation>(
        &self,
        input: &O,
        options: InvokeOptions,
        invocation: &mut Invocation<'_>,
    ) -> Result<O::Output, InvokeError> {
        let mut call = self.state.call(input, options)?;
        loop {
            let now = self.state.now().map_err(|error| call.fail(error))?;
            let loading = self.provider.credentials(now);
            let credentials = self.within_deadline(&call, loading).await;
            let credentials = credentials
                .ok_or_else(|| call.deadline_exceeded(DeadlinePhase::Credentials))?
                .map_err(|error| call.fail(error))?;
            let phase = DeadlinePhase::Credentials;
            self.state.check_deadline(&call, Duration::ZERO, phase)?;
            let signer = Signer::new(call.scheme, &credentials);
            let nonce = self.state.nonce(call.scheme);
            let nonce = nonce.map_err(|error| call.fail(error))?;
            let (request, in_flight) = call.start(&signer, now, &nonce)?;
            invocation.attempt_started();
            let exchange = self.transport.send(request);
            let Some(result) = self.within_deadline(&in_flight.call, exchange).await else {
                invocation.attempt_abandoned();
                return Err(in_flight.deadline_exceeded());
            };
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
                    self.transport.sleep(wait).await;
                    call = next;
                }
            }
        }
    }

    /// Waits for a future; `None` if the deadline passes first.
    pub(crate) async fn within_deadline<F: Future>(
        &self,
        call: &Call<impl Operation>,
        future: F,
    ) -> Option<F::Output> {
        match self.state.time_left(call) {
            None => Some(future.await),
            Some(left) => within(future, self.transport.sleep(left)).await,
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
