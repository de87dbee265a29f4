//! A provider that returns another key for every request.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fc_client::Credentials;
use fc_client::sign::{BlockingCredentialsProvider, CredentialsProvider, ProviderError, Timestamp};

const KEYS: [(&str, &str); 2] = [
    ("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789"),
    ("FCTESTACCESSKEYID02", "fcTestAccessKeySecret9876543210"),
];

/// Returns the first key, then the second, and so on.
#[derive(Clone, Default)]
pub(crate) struct Rotating(Arc<AtomicUsize>);

impl Rotating {
    fn next(&self) -> Credentials {
        let (id, secret) = key(self.0.fetch_add(1, Ordering::SeqCst));
        Credentials::new(id.parse().unwrap(), secret.parse().unwrap())
    }
}

/// The id and the secret for a request.
pub(crate) fn key(request: usize) -> (&'static str, &'static str) {
    KEYS[request % KEYS.len()]
}

impl CredentialsProvider for Rotating {
    async fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        Ok(self.next())
    }
}

impl BlockingCredentialsProvider for Rotating {
    fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        Ok(self.next())
    }
}
