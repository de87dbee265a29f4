//! Header values made from bytes that were checked before.

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use crate::SignError;

/// A value of bytes that are visible ASCII, blanks or tabs by construction.
#[expect(
    clippy::expect_used,
    reason = "every caller passes bytes of a checked type or of base64 and hex"
)]
pub(crate) fn checked(bytes: Bytes) -> HeaderValue {
    HeaderValue::from_maybe_shared(bytes).expect("checked bytes make a header value")
}

/// The same, marked so that no `Debug` shows it and no header compression indexes it.
pub(crate) fn sensitive(bytes: Bytes) -> HeaderValue {
    let mut value = checked(bytes);
    value.set_sensitive(true);
    value
}

/// The bytes that the `FC` scheme signs. It copies values as they are, so a padded one is refused: the
/// wire drops the padding, and the receiver would sign other bytes.
pub(crate) fn unpadded<'a>(
    name: &HeaderName,
    value: &'a HeaderValue,
) -> Result<&'a [u8], SignError> {
    let bytes = value.as_bytes();
    if bytes.is_ascii() && trim(bytes).len() == bytes.len() {
        Ok(bytes)
    } else {
        Err(SignError::UnsignableHeader(name.clone()))
    }
}

/// The bytes that ACS3 signs: those that the receiver sees, without the outer white space.
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
