//! The whole default chain, for blocking callers.

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};
use std::time::Duration;

use bytes::Bytes;
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider as _, ProviderError, Timestamp,
};
use fc_transport::{BlockingTransport, Transport, TransportError};
use http::{Request, Response};

use crate::{ChainProvider, Environment, Origin, ProcessEnvironment};

/// [`ChainProvider`] over a blocking transport, whose own limits are the only ones for a request: give it some.
///
/// ```
/// use std::time::Duration;
///
/// use bytes::Bytes;
/// use fc_credentials::BlockingChainProvider;
/// use fc_sign::{BlockingCredentialsProvider, Timestamp};
/// use fc_transport::{BlockingTransport, TransportError};
///
/// /// The answer of a credentials URI.
/// struct Answer;
///
/// impl BlockingTransport for Answer {
///     fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
///         Ok(http::Response::new(Bytes::from_static(
///             br#"{"Code":"Success","AccessKeyId":"STS.FCTESTACCESSKEYID01",
///                 "AccessKeySecret":"fcTestAccessKeySecret0123456789","SecurityToken":"CAISdummySTS",
///                 "Expiration":"2022-05-11T15:00:00Z"}"#,
///         )))
///     }
///
///     fn sleep(&self, _: Duration) {}
/// }
///
/// let provider = BlockingChainProvider::new(Answer).environment(|name: &str| match name {
///     "ALIBABA_CLOUD_CREDENTIALS_URI" => Some("http://127.0.0.1:8080/credentials".into()),
///     "ALIBABA_CLOUD_ECS_METADATA_DISABLED" => Some("true".into()),
///     _ => None,
/// });
/// let now: Timestamp = "2022-05-11T09:00:00Z".parse()?;
/// assert!(provider.credentials(now)?.is_temporary());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct BlockingChainProvider<T, E = ProcessEnvironment> {
    inner: ChainProvider<Blocking<T>, E>,
}

impl<T: BlockingTransport + 'static> BlockingChainProvider<T> {
    /// As [`ChainProvider::new`].
    pub fn new(transport: T) -> Self {
        Self {
            inner: ChainProvider::new(Blocking(transport)),
        }
    }
}

impl<T: BlockingTransport + 'static, E: Environment + 'static> BlockingChainProvider<T, E> {
    /// As [`ChainProvider::environment`].
    #[must_use]
    pub fn environment<F: Environment + 'static>(
        self,
        environment: F,
    ) -> BlockingChainProvider<T, F> {
        BlockingChainProvider {
            inner: self.inner.environment(environment),
        }
    }

    /// As [`ChainProvider::without`].
    #[must_use]
    pub fn without(self, origin: Origin) -> Self {
        Self {
            inner: self.inner.without(origin),
        }
    }
}

impl<T: BlockingTransport + 'static, E: Environment + 'static> BlockingCredentialsProvider
    for BlockingChainProvider<T, E>
{
    fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        block_on(self.inner.credentials(now))
    }
}

impl<T, E> fmt::Debug for BlockingChainProvider<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingChainProvider")
            .field(&self.inner)
            .finish()
    }
}

/// Blocks within the first poll, so that a limit beside it is never looked at.
struct Blocking<T>(T);

impl<T: BlockingTransport> Transport for Blocking<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.0.send(request)
    }

    async fn sleep(&self, duration: Duration) {
        self.0.sleep(duration);
    }
}

/// The only thing that this ever waits for is another thread's load.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Arc::new(Unpark(thread::current())).into();
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread::park();
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
