//! The whole default chain.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use fc_sign::{Credentials, CredentialsProvider, ProviderError, Timestamp};
use fc_transport::Transport;

use crate::chain::Chain;
use crate::{Environment, Origin, ProcessEnvironment, Refreshing};

/// The credentials of the first [`Origin`] that has any, kept and replaced in time as [`Refreshing`] does it.
///
/// An origin that is not set up is passed over. One that is and cannot be used, such as half a key, a file that cannot
/// be read or a key with blanks at its ends, ends the search with an error that has an
/// [`OriginError`](crate::OriginError) as its source: nothing is ever signed with another key than the one that was
/// set up. (Alibaba Cloud's Go SDK goes on.) The role of the ECS instance, which nobody sets up, is passed over when
/// the metadata service gives none; the error at the end of the chain then has it as its source.
///
/// Requests go out by the caller's transport, each with a limit of five seconds besides those of the transport. Where
/// there is no metadata service, two such limits pass before the chain goes on: leave that link out or set
/// `ALIBABA_CLOUD_ECS_METADATA_DISABLED` to `true`.
///
/// ```
/// use std::time::Duration;
///
/// use bytes::Bytes;
/// use fc_credentials::{ChainProvider, Origin};
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
///     .without(Origin::CredentialsUri);
/// let now: Timestamp = "2022-05-11T09:00:00Z".parse()?;
/// let credentials = provider.credentials(now).await?;
/// assert_eq!(credentials.access_key_id().as_str(), "STS.FCTESTACCESSKEYID01");
/// assert!(credentials.is_temporary());
/// # Ok(())
/// # }
/// ```
pub struct ChainProvider<T, E = ProcessEnvironment> {
    inner: Refreshing<Chain<T, E>>,
}

const LIMIT: Duration = Duration::from_secs(5);

impl<T: Transport + 'static> ChainProvider<T> {
    /// The chain of this process; `transport` carries the requests to the Security Token Service, the metadata service
    /// and the credentials URI.
    pub fn new(transport: T) -> Self {
        Self {
            inner: Refreshing::new(Chain {
                transport: Arc::new(transport),
                environment: Arc::new(ProcessEnvironment),
                origins: Origin::ALL.to_vec(),
                limit: LIMIT,
            }),
        }
    }
}

impl<T: Transport + 'static, E: Environment + 'static> ChainProvider<T, E> {
    /// Other surroundings than those of the process.
    #[must_use]
    pub fn environment<F: Environment + 'static>(self, environment: F) -> ChainProvider<T, F> {
        self.change(|chain| Chain {
            transport: chain.transport,
            environment: Arc::new(environment),
            origins: chain.origins,
            limit: chain.limit,
        })
    }

    /// The chain without this link.
    #[must_use]
    pub fn without(self, origin: Origin) -> Self {
        self.change(|mut chain| {
            chain.origins.retain(|other| *other != origin);
            chain
        })
    }

    /// Another limit for each request than five seconds.
    #[must_use]
    pub fn limit(self, time: Duration) -> Self {
        self.change(|chain| Chain {
            limit: time,
            ..chain
        })
    }

    fn change<F>(self, change: impl FnOnce(Chain<T, E>) -> Chain<T, F>) -> ChainProvider<T, F> {
        ChainProvider {
            inner: Refreshing::new(change(self.inner.into_loader())),
        }
    }
}

impl<T: Transport + 'static, E: Environment + 'static> CredentialsProvider for ChainProvider<T, E> {
    async fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        self.inner.credentials(now).await
    }
}

impl<T, E> fmt::Debug for ChainProvider<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ChainProvider").field(&self.inner).finish()
    }
}
