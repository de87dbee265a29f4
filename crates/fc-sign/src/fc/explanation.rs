//! The stages of an `FC` signature as text.

use std::fmt;

use super::canonical::Canonical;
use crate::sink::text;

/// Every stage of an `FC` signature, as text to compare with another implementation's.
///
/// The texts hold a security token where the request has one, and the signature is as good as the
/// request: `Debug` shows neither.
#[derive(Clone)]
pub struct Explanation {
    canonical_headers: String,
    canonical_resource: String,
    string_to_sign: String,
    signature: String,
}

impl Explanation {
    pub(super) fn of(canonical: &Canonical<'_>, signature: String) -> Self {
        Self {
            canonical_headers: text(|sink| canonical.write_headers(sink)),
            canonical_resource: text(|sink| canonical.resource.write(sink)),
            string_to_sign: text(|sink| canonical.write(sink)),
            signature,
        }
    }

    /// The lines of the `x-fc-` headers, each with its line feed.
    pub fn canonical_headers(&self) -> &str {
        &self.canonical_headers
    }

    /// The decoded path; for an HTTP trigger also the line feed and the sorted pairs of the query.
    pub fn canonical_resource(&self) -> &str {
        &self.canonical_resource
    }

    /// The whole text that is signed.
    pub fn string_to_sign(&self) -> &str {
        &self.string_to_sign
    }

    /// The base64 of the HMAC over the text.
    pub fn signature(&self) -> &str {
        &self.signature
    }
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("fc::Explanation")
            .field("canonical_resource", &self.canonical_resource)
            .finish_non_exhaustive()
    }
}
