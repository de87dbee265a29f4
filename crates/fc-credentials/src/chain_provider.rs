//! The default chain.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use fc_sign::{Credentials, CredentialsProvider, ProviderError, Timestamp};
use fc_transport::Transport;

use crate::chain::Chain;
use crate::{CredentialsSource, Environment, ProcessEnvironment, RefreshingProvider};

/// The default chain: the credentials of the first configured [`CredentialsSource`].
///
/// The credentials are cached and refreshed by [`RefreshingProvider`].
///
/// A source that is not configured is skipped. A source that is configured but invalid (half a key, an
/// id that begins with `STS.` without its token, a file that cannot be read, a key with spaces at its ends) ends the search with an error, so that
/// requests are never signed with a key that the user did not intend. (Alibaba Cloud's Go SDK
/// continues the search.) The source of the error is a
/// [`CredentialsSourceError`](crate::CredentialsSourceError). The role of the ECS instance needs no
/// configuration and is skipped if the metadata service does not provide it; if no other source has
/// credentials, its error is the source of the returned error.
///
/// Requests use the caller's transport, each with a time limit of five seconds. Without a metadata
/// service the chain waits twice for that limit: remove that source or set
/// `ALIBABA_CLOUD_ECS_METADATA_DISABLED` to `true`.
///
/// ```
/// use std::time::Duration;
///
/// use bytes::Bytes;
/// use fc_credentials::{ChainProvider, CredentialsSource};
/// use fc_sign::{CredentialsProvider, Timestamp};
/// use fc_transport::{Transport, TransportError};
///
/// /// The metadata service of an ECS instance with the role `demo`.
/// struct Metadata;
///
/// impl Transport for Metadata {
///     async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
///         Ok(http::Response::new(Bytes::from_static(match request.uri().path() {
///             "/latest/api/token" => b"session",
///             "/latest/meta-data/ram/security-credentials/" => b"demo",
///             _ => br#"{"Code":"Success","AccessKeyId":"STS.FCTESTACCESSKEYID01",
///                 "AccessKeySecret":"fcTestAccessKeySecret0123456789","SecurityToken":"CAISdummySTS",
///                 "Expiration":"2022-05-11T15:00:00Z"}"#,
///         })))
///     }
///
///     async fn sleep(&self, _: Duration) {
///         std::future::pending().await
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let provider = ChainProvider::new(Metadata)
///     .environment(|_: &str| None)
///     .without(CredentialsSource::CredentialsUri);
/// let now: Timestamp = "2022-05-11T09:00:00Z".parse()?;
/// let credentials = provider.credentials(now).await?;
/// assert_eq!(credentials.access_key_id().as_str(), "STS.FCTESTACCESSKEYID01");
/// assert!(credentials.is_temporary());
/// # Ok(())
/// # }
/// ```
pub struct ChainProvider<T, E = ProcessEnvironment> {
    inner: RefreshingProvider<Chain<T, E>>,
}

const LIMIT: Duration = Duration::from_secs(5);

impl<T: Transport + 'static> ChainProvider<T> {
    /// Creates a provider for the environment of the process. `transport` sends the requests to the
    /// Security Token Service, the metadata service and the credentials URI.
    pub fn new(transport: T) -> Self {
        Self {
            inner: RefreshingProvider::new(Chain {
                transport: Arc::new(transport),
                environment: Arc::new(ProcessEnvironment),
                sources: CredentialsSource::ALL.to_vec(),
                limit: LIMIT,
            }),
        }
    }
}

impl<T: Transport + 'static, E: Environment + 'static> ChainProvider<T, E> {
    /// Sets the environment to read instead of that of the process.
    #[must_use]
    pub fn environment<F: Environment + 'static>(self, environment: F) -> ChainProvider<T, F> {
        self.change(|chain| Chain {
            transport: chain.transport,
            environment: Arc::new(environment),
            sources: chain.sources,
            limit: chain.limit,
        })
    }

    /// Removes a source from the chain.
    #[must_use]
    pub fn without(self, source: CredentialsSource) -> Self {
        self.change(|mut chain| {
            chain.sources.retain(|other| *other != source);
            chain
        })
    }

    /// Sets the time limit of each request; the default is five seconds.
    #[must_use]
    pub fn limit(self, time: Duration) -> Self {
        self.change(|chain| Chain {
            limit: time,
            ..chain
        })
    }

    fn change<F>(self, change: impl FnOnce(Chain<T, E>) -> Chain<T, F>) -> ChainProvider<T, F> {
        ChainProvider {
            inner: RefreshingProvider::new(change(self.inner.into_loader())),
        }
    }
}

impl<T: Transport + 'static, E: Environment + 'static> CredentialsProvider for ChainProvider<T, E> {
    async fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        self.inner.credentials(now).await
    }

    fn discard(&self, refused: &Credentials) -> bool {
        self.inner.discard(refused)
    }
}

impl<T, E> fmt::Debug for ChainProvider<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ChainProvider").field(&self.inner).finish()
    }
}
