//! The stages of an `FC` signature as text.

use std::fmt;

use zeroize::Zeroizing;

use super::string_to_sign::StringToSign;
use crate::sink::text;

/// The stages of an `FC` signature as text, for comparison with another implementation.
///
/// Treat it as a secret: it contains the signature and the security token, if there is one. `Debug`
/// shows neither, and the texts are zeroized on drop.
#[derive(Clone)]
pub struct Explanation {
    canonical_headers: Zeroizing<String>,
    canonical_resource: Zeroizing<String>,
    string_to_sign: Zeroizing<String>,
    signature: Zeroizing<String>,
}

impl Explanation {
    pub(super) fn new(string_to_sign: &StringToSign<'_>, signature: String) -> Self {
        Self {
            canonical_headers: text(|sink| string_to_sign.write_headers(sink)),
            canonical_resource: text(|sink| string_to_sign.resource.write(sink)),
            string_to_sign: text(|sink| string_to_sign.write(sink)),
            signature: Zeroizing::new(signature),
        }
    }

    /// The lines of the `x-fc-` headers, each with its line feed.
    pub fn canonical_headers(&self) -> &str {
        &self.canonical_headers
    }

    /// The decoded path; for an HTTP trigger, a line feed and the sorted pairs of the query follow.
    pub fn canonical_resource(&self) -> &str {
        &self.canonical_resource
    }

    /// The string to sign.
    pub fn string_to_sign(&self) -> &str {
        &self.string_to_sign
    }

    /// The base64 of the HMAC over the string to sign.
    pub fn signature(&self) -> &str {
        &self.signature
    }
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("fc::Explanation")
            .field("canonical_resource", &self.canonical_resource.as_str())
            .finish_non_exhaustive()
    }
}
