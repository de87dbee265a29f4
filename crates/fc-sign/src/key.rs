//! The HMAC key that both schemes share.

use hmac::{Hmac, KeyInit};
use sha2::Sha256;

use crate::AccessKeySecret;

/// The key schedule of the raw secret; no scheme derives another key from it.
#[expect(
    clippy::expect_used,
    reason = "HMAC takes keys of any length (RFC 2104)"
)]
pub(crate) fn schedule(secret: &AccessKeySecret) -> Hmac<Sha256> {
    Hmac::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length")
}
