//! The stages of an ACS3 signature as text.

use std::fmt;

use zeroize::Zeroizing;

use super::canonical_request::CanonicalRequest;
use crate::sink::{Sink as _, text};

/// The stages of an ACS3 signature as text, for comparison with another implementation.
///
/// Treat it as a secret: it contains the signature and the security token, if there is one. `Debug`
/// shows neither, and the texts are zeroized on drop.
#[derive(Clone)]
pub struct Explanation {
    canonical_request: Zeroizing<String>,
    signed_headers: Zeroizing<String>,
    string_to_sign: Zeroizing<String>,
    signature: Zeroizing<String>,
}

impl Explanation {
    pub(super) fn new(canonical: &CanonicalRequest<'_>, signature: &[u8]) -> Self {
        Self {
            canonical_request: text(|sink| canonical.write(sink)),
            signed_headers: text(|sink| canonical.write_signed_headers(sink)),
            string_to_sign: text(|sink| canonical.write_string_to_sign(sink)),
            signature: text(|sink| sink.write(signature)),
        }
    }

    /// The canonical request, whose hash is a part of the string to sign.
    pub fn canonical_request(&self) -> &str {
        &self.canonical_request
    }

    /// The names of the signed headers, joined by `;`.
    pub fn signed_headers(&self) -> &str {
        &self.signed_headers
    }

    /// The algorithm and the hash of the canonical request.
    pub fn string_to_sign(&self) -> &str {
        &self.string_to_sign
    }

    /// The lower-case hex of the HMAC over the string to sign.
    pub fn signature(&self) -> &str {
        &self.signature
    }
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("acs3::Explanation")
            .field("signed_headers", &self.signed_headers.as_str())
            .finish_non_exhaustive()
    }
}
