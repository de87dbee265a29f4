//! What a cache of credentials loads from.

use std::future::Future;

use fc_sign::{Credentials, ProviderError, Timestamp};

/// Loads credentials anew at every call; [`Refreshing`](crate::Refreshing) keeps them.
pub trait LoadCredentials: Send + Sync {
    /// Credentials that can be used at `now`, and until when.
    fn load(&self, now: Timestamp) -> impl Future<Output = Result<Loaded, ProviderError>> + Send;
}

/// Credentials and when they end.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub(crate) credentials: Credentials,
    pub(crate) expires: Option<Timestamp>,
}

impl Loaded {
    /// Credentials that end at a moment that nobody knows, or never.
    pub fn open_ended(credentials: Credentials) -> Self {
        Self {
            credentials,
            expires: None,
        }
    }

    /// Credentials that the service refuses from `expires` on.
    pub fn until(credentials: Credentials, expires: Timestamp) -> Self {
        Self {
            credentials,
            expires: Some(expires),
        }
    }
}
