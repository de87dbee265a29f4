//! The asynchronous client of HTTP triggers.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use fc_headers::{InputError, InputErrorKind};
use fc_response::TriggerOutcome;
use fc_sign::{Credentials, CredentialsProvider};
use fc_transport::{StreamingTransport, Transport};
use http::{Request, Response};
use http_body::Body;

use crate::{
    ClockAndRandomness, Endpoint, InvokeError, SystemClockAndRandomness, TriggerAuth,
    TriggerRequest,
};

/// An asynchronous client of one HTTP trigger or custom domain.
///
/// It authenticates a call and sends it once: there is no retry, because only the caller knows which calls can be
/// repeated. Redirects are not followed. The limits of the transport apply. Dropping the future of a call cancels it.
///
/// ```no_run
/// use fc_invoke::{TriggerAuth, TriggerClient, TriggerRequest, TriggerScheme};
/// use http::Method;
///
/// # async fn example(transport: impl fc_transport::Transport) -> Result<(), Box<dyn std::error::Error>> {
/// let key = fc_sign::Credentials::new("my-key-id".parse()?, "my-key-secret".parse()?);
/// let endpoint = "https://demo-abc.cn-hangzhou.fcapp.run".parse()?;
/// let client = TriggerClient::new(transport, endpoint, TriggerAuth::signed(TriggerScheme::Acs3, key));
/// let request = TriggerRequest::builder(Method::GET, "/orders/7").build()?;
/// let response = client.call(&request).await?.into_result()?;
/// println!("{}: {} bytes", response.status(), response.body().len());
/// # Ok(())
/// # }
/// ```
pub struct TriggerClient<T, P = Credentials> {
    transport: Arc<T>,
    auth: Arc<TriggerAuth<P>>,
    endpoint: Endpoint,
    clock: Arc<dyn ClockAndRandomness>,
}

impl<T: Transport, P: CredentialsProvider> TriggerClient<T, P> {
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
    pub async fn call(&self, request: &TriggerRequest) -> Result<TriggerOutcome, InvokeError> {
        let request = self.authenticated(request).await?;
        let response = self.transport.send(request).await?;
        Ok(TriggerOutcome::from_response(response))
    }

    async fn authenticated(&self, request: &TriggerRequest) -> Result<Request<Bytes>, InvokeError> {
        let mut request = request.to_request(&self.endpoint);
        let signing = match self.auth.provider() {
            Some(provider) => {
                let now = self.clock.now().try_into()?;
                Some((provider.credentials(now).await?, now))
            }
            None => None,
        };
        self.auth.apply(&mut request, signing)?;
        Ok(request)
    }
}

impl<T: StreamingTransport, P: CredentialsProvider> TriggerClient<T, P> {
    /// Calls the trigger once with a body of known length that is sent as a stream, and returns the response as soon as
    /// its head has been received. No scheme of triggers signs the body.
    ///
    /// The response is not interpreted: [`TriggerOutcome::from_response`] does that for a complete one.
    ///
    /// # Errors
    ///
    /// The errors of [`call`](Self::call), and `two-payloads` if the request has a body too.
    pub async fn call_streaming<B>(
        &self,
        request: &TriggerRequest,
        body: B,
    ) -> Result<Response<T::ResponseBody>, InvokeError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        if !request.body().is_empty() {
            return Err(InputError::new(InputErrorKind::TwoPayloads, "body").into());
        }
        let request = self.authenticated(request).await?;
        Ok(self.transport.stream(request.map(|_| body)).await?)
    }
}

impl<T, P> Clone for TriggerClient<T, P> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            auth: Arc::clone(&self.auth),
            endpoint: self.endpoint.clone(),
            clock: Arc::clone(&self.clock),
        }
    }
}

impl<T, P> fmt::Debug for TriggerClient<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TriggerClient")
            .field("endpoint", &self.endpoint)
            .field("auth", &self.auth)
            .finish_non_exhaustive()
    }
}
