//! The object-safe form of a credentials provider.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::{Credentials, CredentialsProvider, ProviderError, Timestamp};

/// The object-safe form of [`CredentialsProvider`], for code that must not depend on the type of its provider.
///
/// Every provider implements it, and `Arc<dyn DynCredentialsProvider>` is a provider. It allocates a future for each
/// call. [`BlockingCredentialsProvider`](crate::BlockingCredentialsProvider) is object-safe itself.
///
/// ```
/// use std::sync::Arc;
///
/// use fc_sign::{Credentials, CredentialsProvider, DynCredentialsProvider};
///
/// let key = Credentials::new("FCTESTACCESSKEYID01".parse()?, "fcTestAccessKeySecret0123456789".parse()?);
/// let provider: Arc<dyn DynCredentialsProvider> = Arc::new(key);
/// fn client_of(provider: impl CredentialsProvider) {}
/// client_of(provider);
/// # Ok::<(), fc_sign::CredentialsError>(())
/// ```
pub trait DynCredentialsProvider: Send + Sync {
    /// The same as [`CredentialsProvider::credentials`].
    fn credentials_boxed(
        &self,
        now: Timestamp,
    ) -> Pin<Box<dyn Future<Output = Result<Credentials, ProviderError>> + Send + '_>>;

    /// The same as [`CredentialsProvider::discard`].
    fn discard_refused(&self, refused: &Credentials) -> bool;
}

impl<P: CredentialsProvider> DynCredentialsProvider for P {
    fn credentials_boxed(
        &self,
        now: Timestamp,
    ) -> Pin<Box<dyn Future<Output = Result<Credentials, ProviderError>> + Send + '_>> {
        Box::pin(self.credentials(now))
    }

    fn discard_refused(&self, refused: &Credentials) -> bool {
        self.discard(refused)
    }
}

impl CredentialsProvider for dyn DynCredentialsProvider + '_ {
    fn credentials(
        &self,
        now: Timestamp,
    ) -> impl Future<Output = Result<Credentials, ProviderError>> + Send {
        self.credentials_boxed(now)
    }

    fn discard(&self, refused: &Credentials) -> bool {
        self.discard_refused(refused)
    }
}

impl fmt::Debug for dyn DynCredentialsProvider + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DynCredentialsProvider")
    }
}
