//! The signer of requests of other clients.

use std::fmt;
use std::sync::Arc;

use fc_invoke::{ClockAndRandomness, Scheme, SystemClockAndRandomness, TriggerScheme};
use fc_sign::acs3::Acs3Signer;
use fc_sign::fc::{FcSigner, Resource};
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, SignError, Timestamp,
};
use http::Request;

use super::SigningError;

/// Signs requests with the credentials of a provider.
///
/// It is cheap to clone if the provider is.
///
/// ```
/// use fc_client::signing::RequestSigner;
/// use fc_client::{Credentials, Scheme};
///
/// let key = Credentials::new("my-key-id".parse()?, "my-key-secret".parse()?);
/// let signer = RequestSigner::http_trigger(Scheme::Fc, key);
/// let mut request = http::Request::get("https://demo.cn-hangzhou.fcapp.run/orders?id=7").body("")?;
/// signer.sign_blocking(&mut request)?;
/// assert!(request.headers().contains_key("authorization"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RequestSigner<P> {
    kind: Kind,
    provider: P,
    clock_and_randomness: Arc<dyn ClockAndRandomness>,
}

/// What is signed, and by which scheme.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Api(Scheme),
    HttpTrigger(TriggerScheme),
}

impl<P> RequestSigner<P> {
    /// Makes a signer of API requests, such as `InvokeFunction`.
    ///
    /// For ACS3 the request must name its operation in `x-acs-action` and `x-acs-version`.
    pub fn api(scheme: Scheme, provider: P) -> Self {
        Self::new(Kind::Api(scheme), provider)
    }

    /// Makes a signer of requests to HTTP triggers.
    ///
    /// ACS3 is the scheme of the manual for triggers of Function Compute 3.0, `FC` that for those of 2.0; see
    /// [`TriggerScheme`]. The body is not signed.
    pub fn http_trigger(scheme: impl Into<TriggerScheme>, provider: P) -> Self {
        Self::new(Kind::HttpTrigger(scheme.into()), provider)
    }

    fn new(kind: Kind, provider: P) -> Self {
        Self {
            kind,
            provider,
            clock_and_randomness: Arc::new(SystemClockAndRandomness::default()),
        }
    }

    /// Sets the clock and the source of randomness.
    #[must_use]
    pub fn clock_and_randomness(self, clock_and_randomness: Arc<dyn ClockAndRandomness>) -> Self {
        Self {
            clock_and_randomness,
            ..self
        }
    }

    fn now(&self) -> Result<Timestamp, SignError> {
        self.clock_and_randomness.now().try_into()
    }

    fn apply<B: AsRef<[u8]>>(
        &self,
        request: &mut Request<B>,
        credentials: &Credentials,
        now: Timestamp,
    ) -> Result<(), SigningError> {
        let additions = match self.kind {
            Kind::HttpTrigger(scheme) => scheme.sign(request, credentials, now)?,
            Kind::Api(Scheme::Acs3) => {
                let nonce = format!("{:032x}", self.clock_and_randomness.random()).parse()?;
                Acs3Signer::new(credentials).sign(request, now, &nonce)?
            }
            Kind::Api(_) => FcSigner::new(credentials).sign(request, Resource::Api, now)?,
        };
        additions.apply(request.headers_mut());
        Ok(())
    }
}

impl<P: CredentialsProvider> RequestSigner<P> {
    /// Adds the headers of a signature to a request. Call it for every attempt, on a request that is not signed.
    ///
    /// # Errors
    ///
    /// [`SigningError`] without credentials, or if the request cannot be signed. The request is unchanged.
    pub async fn sign<B: AsRef<[u8]>>(&self, request: &mut Request<B>) -> Result<(), SigningError> {
        let now = self.now()?;
        let credentials = self.provider.credentials(now).await?;
        self.apply(request, &credentials, now)
    }
}

impl<P: BlockingCredentialsProvider> RequestSigner<P> {
    /// Adds the headers of a signature to a request, with a blocking provider.
    ///
    /// # Errors
    ///
    /// The same as [`sign`](Self::sign).
    pub fn sign_blocking<B: AsRef<[u8]>>(
        &self,
        request: &mut Request<B>,
    ) -> Result<(), SigningError> {
        let now = self.now()?;
        let credentials = self.provider.credentials(now)?;
        self.apply(request, &credentials, now)
    }
}

impl<P> fmt::Debug for RequestSigner<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestSigner")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
