//! The default chain for blocking callers.

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

use crate::{ChainProvider, CredentialsSource, Environment, ProcessEnvironment};

/// The default chain of [`ChainProvider`] with a blocking transport.
///
/// Set time limits on the transport: this provider has none.
///
/// ```
/// use std::time::Duration;
///
/// use bytes::Bytes;
/// use fc_credentials::BlockingChainProvider;
/// use fc_sign::{BlockingCredentialsProvider, Timestamp};
/// use fc_transport::{BlockingTransport, TransportError};
///
/// /// The service at the credentials URI.
/// struct CredentialsService;
///
/// impl BlockingTransport for CredentialsService {
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
/// let provider = BlockingChainProvider::new(CredentialsService).environment(|name: &str| match name {
///     "ALIBABA_CLOUD_CREDENTIALS_URI" => Some("http://127.0.0.1:8080/credentials".into()),
///     "ALIBABA_CLOUD_ECS_METADATA_DISABLED" => Some("true".into()),
///     _ => None,
/// });
/// let now: Timestamp = "2022-05-11T09:00:00Z".parse()?;
/// assert!(provider.credentials(now)?.is_temporary());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct BlockingChainProvider<T, E = ProcessEnvironment> {
    inner: ChainProvider<BlockingAdapter<T>, E>,
}

impl<T: BlockingTransport + 'static> BlockingChainProvider<T> {
    /// Creates a provider for the environment of the process; see [`ChainProvider::new`].
    pub fn new(transport: T) -> Self {
        Self {
            inner: ChainProvider::new(BlockingAdapter(transport)),
        }
    }
}

impl<T: BlockingTransport + 'static, E: Environment + 'static> BlockingChainProvider<T, E> {
    /// Sets the environment to read instead of that of the process.
    #[must_use]
    pub fn environment<F: Environment + 'static>(
        self,
        environment: F,
    ) -> BlockingChainProvider<T, F> {
        BlockingChainProvider {
            inner: self.inner.environment(environment),
        }
    }

    /// Removes a source from the chain.
    #[must_use]
    pub fn without(self, source: CredentialsSource) -> Self {
        Self {
            inner: self.inner.without(source),
        }
    }
}

impl<T: BlockingTransport + 'static, E: Environment + 'static> BlockingCredentialsProvider
    for BlockingChainProvider<T, E>
{
    fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        block_on(self.inner.credentials(now))
    }

    fn discard(&self, refused: &Credentials) -> bool {
        self.inner.discard(refused)
    }
}

impl<T, E> fmt::Debug for BlockingChainProvider<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingChainProvider")
            .field(&self.inner)
            .finish()
    }
}

/// An asynchronous transport whose futures block and are ready at the first poll.
///
/// The time limit of the chain is therefore never polled.
struct BlockingAdapter<T>(T);

impl<T: BlockingTransport> Transport for BlockingAdapter<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.0.send(request)
    }

    async fn sleep(&self, duration: Duration) {
        self.0.sleep(duration);
    }
}

/// Runs a future on this thread. It is pending only while another thread loads the credentials.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Arc::new(ThreadWaker(thread::current())).into();
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread::park();
    }
}

struct ThreadWaker(Thread);

impl Wake for ThreadWaker {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
