//! The HMAC keys of the schemes.

use hmac::{Hmac, KeyInit};
use sha2::Sha256;

use crate::AccessKeySecret;

/// Creates the HMAC with the secret as its key. Neither scheme derives another key.
#[expect(
    clippy::expect_used,
    reason = "HMAC accepts keys of any length (RFC 2104)"
)]
pub(crate) fn new(secret: &AccessKeySecret) -> Hmac<Sha256> {
    Hmac::new_from_slice(secret.as_bytes()).expect("HMAC accepts keys of any length")
}

/// The same for the scheme `acs`.
#[cfg(feature = "acs")]
#[expect(
    clippy::expect_used,
    reason = "HMAC accepts keys of any length (RFC 2104)"
)]
pub(crate) fn new_sha1(secret: &AccessKeySecret) -> Hmac<sha1::Sha1> {
    Hmac::new_from_slice(secret.as_bytes()).expect("HMAC accepts keys of any length")
}
