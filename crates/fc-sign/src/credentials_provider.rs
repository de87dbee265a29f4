//! The traits for sources of credentials, and their error.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use crate::{Credentials, Timestamp};

/// A source of credentials, which the client calls before every attempt.
///
/// A provider can therefore replace a token before it expires. [`Credentials`] implement this trait
/// and return themselves. References and [`Arc`] of a provider are providers, so that several clients can share one
/// cache.
pub trait CredentialsProvider: Send + Sync {
    /// Returns the credentials to sign with at `now`. A provider should cache what it has loaded.
    fn credentials(
        &self,
        now: Timestamp,
    ) -> impl Future<Output = Result<Credentials, ProviderError>> + Send;

    /// Reports that the service refused these credentials because their token has expired. A provider forgets them.
    ///
    /// Returns whether the next call of [`credentials`](Self::credentials) may return others, so that the request can be
    /// sent again. The default is `false`, which is right for a provider that keeps nothing.
    #[expect(unused_variables, reason = "the default keeps no credentials")]
    fn discard(&self, refused: &Credentials) -> bool {
        false
    }
}

/// A source of credentials for blocking callers; see [`CredentialsProvider`].
pub trait BlockingCredentialsProvider: Send + Sync {
    /// Returns the credentials to sign with at `now`.
    ///
    /// # Errors
    ///
    /// If the provider has no valid credentials.
    fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError>;

    /// The same as [`CredentialsProvider::discard`].
    #[expect(unused_variables, reason = "the default keeps no credentials")]
    fn discard(&self, refused: &Credentials) -> bool {
        false
    }
}

impl CredentialsProvider for Credentials {
    async fn credentials(&self, _: Timestamp) -> Result<Self, ProviderError> {
        Ok(self.clone())
    }
}

impl BlockingCredentialsProvider for Credentials {
    fn credentials(&self, _: Timestamp) -> Result<Self, ProviderError> {
        Ok(self.clone())
    }
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<P: CredentialsProvider + ?Sized> CredentialsProvider for $pointer {
            fn credentials(
                &self,
                now: Timestamp,
            ) -> impl Future<Output = Result<Credentials, ProviderError>> + Send {
                (**self).credentials(now)
            }

            fn discard(&self, refused: &Credentials) -> bool {
                (**self).discard(refused)
            }
        }

        impl<P: BlockingCredentialsProvider + ?Sized> BlockingCredentialsProvider for $pointer {
            fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
                (**self).credentials(now)
            }

            fn discard(&self, refused: &Credentials) -> bool {
                (**self).discard(refused)
            }
        }
    )*};
}

forward!(&P, Arc<P>);

/// The error of a provider that has no valid credentials.
///
/// Neither its message nor its source may contain a part of a secret.
#[derive(Debug)]
pub struct ProviderError {
    detail: &'static str,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl ProviderError {
    /// Creates an error; the message is `credentials: ` and the detail.
    pub fn new(detail: &'static str) -> Self {
        Self {
            detail,
            source: None,
        }
    }

    /// Sets the source of the error.
    #[must_use]
    pub fn because(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }
}

impl fmt::Display for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "credentials: {}", self.detail)
    }
}

impl Error for ProviderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_ref()
            .map(|source| &**source as &(dyn Error + 'static))
    }
}
