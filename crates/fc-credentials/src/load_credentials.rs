//! The trait for loading credentials, and the loaded credentials.

use std::future::Future;
use std::sync::Arc;

use fc_sign::{Credentials, ProviderError, Timestamp};

/// Loads new credentials at every call; [`RefreshingProvider`](crate::RefreshingProvider) caches them.
pub trait LoadCredentials: Send + Sync {
    /// Loads credentials that are valid at `now`, with their expiry.
    fn load(&self, now: Timestamp) -> impl Future<Output = Result<Loaded, ProviderError>> + Send;
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<L: LoadCredentials> LoadCredentials for $pointer {
            fn load(
                &self,
                now: Timestamp,
            ) -> impl Future<Output = Result<Loaded, ProviderError>> + Send {
                (**self).load(now)
            }
        }
    )*};
}

forward!(&L, Arc<L>);

/// Credentials with an optional expiry.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub(crate) credentials: Credentials,
    pub(crate) expires: Option<Timestamp>,
}

impl Loaded {
    /// Creates credentials that never expire or whose expiry is unknown.
    pub fn open_ended(credentials: Credentials) -> Self {
        Self {
            credentials,
            expires: None,
        }
    }

    /// Creates credentials that expire at `expires`.
    pub fn until(credentials: Credentials, expires: Timestamp) -> Self {
        Self {
            credentials,
            expires: Some(expires),
        }
    }
}
