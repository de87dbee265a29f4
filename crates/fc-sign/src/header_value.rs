//! Conversion between header values and the bytes that are signed.

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use crate::SignError;

/// Converts bytes that are known to be visible ASCII, spaces or tabs.
#[expect(
    clippy::expect_used,
    reason = "every caller passes bytes of a checked type, of base64 or of hex"
)]
pub(crate) fn checked(bytes: Bytes) -> HeaderValue {
    HeaderValue::from_maybe_shared(bytes).expect("checked bytes are a valid header value")
}

/// The same, marked sensitive: `Debug` hides it and header compression does not index it.
pub(crate) fn sensitive(bytes: Bytes) -> HeaderValue {
    let mut value = checked(bytes);
    value.set_sensitive(true);
    value
}

/// The bytes of a value for the `FC` scheme, which signs values unchanged.
///
/// A value with spaces at its ends is rejected: the receiver removes them and computes another
/// signature.
pub(crate) fn unpadded<'a>(
    name: &HeaderName,
    value: &'a HeaderValue,
) -> Result<&'a [u8], SignError> {
    let bytes = value.as_bytes();
    let is_padded = matches!(bytes, [b' ' | b'\t', ..] | [.., b' ' | b'\t']);
    if bytes.is_ascii() && !is_padded {
        Ok(bytes)
    } else {
        Err(SignError::UnsignableHeader(name.clone()))
    }
}

/// The bytes of a value for ACS3, which signs values without the spaces at their ends.
pub(crate) fn trimmed<'a>(
    name: &HeaderName,
    value: &'a HeaderValue,
) -> Result<&'a [u8], SignError> {
    let bytes = trim(value.as_bytes());
    if bytes.is_ascii() {
        Ok(bytes)
    } else {
        Err(SignError::UnsignableHeader(name.clone()))
    }
}

fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}
