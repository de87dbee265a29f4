//! The blocking client of HTTP triggers.

use std::fmt;
use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use fc_headers::{InputError, InputErrorKind};
use fc_response::TriggerOutcome;
use fc_sign::{BlockingCredentialsProvider, Credentials};
use fc_transport::{BlockingStreamingTransport, BlockingTransport};
use http::{Request, Response};

use crate::{
    ClockAndRandomness, Endpoint, InvokeError, SystemClockAndRandomness, TriggerAuth,
    TriggerRequest,
};

/// A blocking client of one HTTP trigger or custom domain: [`TriggerClient`](crate::TriggerClient) on the thread of the
/// caller.
pub struct BlockingTriggerClient<T, P = Credentials> {
    transport: Arc<T>,
    auth: Arc<TriggerAuth<P>>,
    endpoint: Endpoint,
    clock: Arc<dyn ClockAndRandomness>,
}

impl<T: BlockingTransport, P: BlockingCredentialsProvider> BlockingTriggerClient<T, P> {
    /// Makes a client of the trigger at `endpoint`: the scheme and the host of its address.
    pub fn new(transport: T, endpoint: Endpoint, auth: TriggerAuth<P>) -> Self {
        Self {
            transport: Arc::new(transport),
            auth: Arc::new(auth),
            endpoint,
            clock: Arc::new(SystemClockAndRandomness),
        }
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock_and_randomness(self, clock: Arc<dyn ClockAndRandomness>) -> Self {
        Self { clock, ..self }
    }

    /// Calls the trigger once.
    ///
    /// # Errors
    ///
    /// [`InvokeError`] if there is no complete response. A response of any status is an outcome.
    pub fn call(&self, request: &TriggerRequest) -> Result<TriggerOutcome, InvokeError> {
        let response = self.transport.send(self.authenticated(request)?)?;
        Ok(TriggerOutcome::from_response(response))
    }

    fn authenticated(&self, request: &TriggerRequest) -> Result<Request<Bytes>, InvokeError> {
        let mut request = request.to_request(&self.endpoint);
        let signing = match self.auth.provider() {
            Some(provider) => {
                let now = self.clock.now().try_into()?;
                Some((provider.credentials(now)?, now))
            }
            None => None,
        };
        self.auth.apply(&mut request, signing)?;
        Ok(request)
    }
}

impl<T: BlockingStreamingTransport, P: BlockingCredentialsProvider> BlockingTriggerClient<T, P> {
    /// Calls the trigger once with a body of `length` bytes from a reader, and returns the response with a reader.
    ///
    /// # Errors
    ///
    /// The same as [`TriggerClient::call_streaming`](crate::TriggerClient::call_streaming).
    pub fn call_streaming<R: Read + Send + 'static>(
        &self,
        request: &TriggerRequest,
        body: R,
        length: u64,
    ) -> Result<Response<T::ResponseBody>, InvokeError> {
        if !request.body().is_empty() {
            return Err(InputError::new(InputErrorKind::TwoPayloads, "body").into());
        }
        let request = self.authenticated(request)?;
        Ok(self.transport.stream(request.map(|_| body), length)?)
    }
}

impl<T, P> Clone for BlockingTriggerClient<T, P> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            auth: Arc::clone(&self.auth),
            endpoint: self.endpoint.clone(),
            clock: Arc::clone(&self.clock),
        }
    }
}

impl<T, P> fmt::Debug for BlockingTriggerClient<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingTriggerClient")
            .field("endpoint", &self.endpoint)
            .field("auth", &self.auth)
            .finish_non_exhaustive()
    }
}
