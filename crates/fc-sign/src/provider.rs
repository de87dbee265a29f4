//! Where credentials come from.

use std::error::Error;
use std::fmt;
use std::future::Future;

use crate::{Credentials, Timestamp};

/// Gives the credentials for a request; asked before every attempt, so that a token that expires is
/// replaced in time.
///
/// [`Credentials`] are the provider of themselves.
pub trait CredentialsProvider: Send + Sync {
    /// The credentials to sign with at `now`. A provider keeps what it has loaded and is quick when
    /// nothing has changed.
    fn credentials(
        &self,
        now: Timestamp,
    ) -> impl Future<Output = Result<Credentials, ProviderError>> + Send;
}

/// The same for blocking callers.
pub trait BlockingCredentialsProvider: Send + Sync {
    /// The credentials to sign with at `now`.
    ///
    /// # Errors
    ///
    /// When there are none, or none that can be used.
    fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError>;
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

/// Why there are no credentials; neither its text nor its source holds a part of them.
#[derive(Debug)]
pub struct ProviderError {
    detail: &'static str,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl ProviderError {
    /// An error that says in a few fixed words what is missing.
    pub fn new(detail: &'static str) -> Self {
        Self {
            detail,
            source: None,
        }
    }

    /// The error behind it.
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
