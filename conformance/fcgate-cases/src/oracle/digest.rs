//! SHA-256 and HMAC-SHA256 as text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Returns the SHA-256 in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Compares two signatures. The time depends on their length and not on the place at which they differ, so that the endpoint
/// does not help to guess a signature byte by byte.
pub fn signatures_are_equal(expected: &[u8], found: &[u8]) -> bool {
    expected.ct_eq(found).into()
}

pub(super) fn hmac_base64(key: &str, message: &[u8]) -> String {
    STANDARD.encode(hmac(key, message))
}

pub(super) fn hmac_hex(key: &str, message: &[u8]) -> String {
    hex(&hmac(key, message))
}

fn hmac(key: &str, message: &[u8]) -> Vec<u8> {
    // HMAC accepts a key of any length, so this cannot fail; an empty vector never equals a signature.
    Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    text.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    text
}
