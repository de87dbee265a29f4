//! A pre-signed URL.

use std::fmt;

use http::Uri;

/// A URL that contains its signature, so that any holder can call it until it expires.
///
/// Treat it as a secret. `Debug` does not show it. Clones and URIs taken from it share its path and query, which are
/// zeroized when the last of them is dropped.
#[derive(Clone)]
pub struct PresignedUrl(Uri);

impl PresignedUrl {
    pub(super) fn new(uri: Uri) -> Self {
        Self(uri)
    }

    /// The URL. Call it with the signed method and headers.
    pub fn uri(&self) -> &Uri {
        &self.0
    }

    /// Converts this into the URL.
    pub fn into_uri(self) -> Uri {
        self.0
    }
}

impl fmt::Debug for PresignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PresignedUrl(redacted)")
    }
}
