//! A URL that carries its own signature.

use std::fmt;

use http::Uri;

/// A URL that whoever holds it may call until it expires: treat it as a secret.
///
/// `Debug` does not show it.
#[derive(Clone)]
pub struct PresignedUrl(Uri);

impl PresignedUrl {
    pub(super) fn new(uri: Uri) -> Self {
        Self(uri)
    }

    /// The URL, to be called with the method and the headers that were signed.
    pub fn uri(&self) -> &Uri {
        &self.0
    }

    /// The same, owned.
    pub fn into_uri(self) -> Uri {
        self.0
    }
}

impl fmt::Debug for PresignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PresignedUrl(redacted)")
    }
}
