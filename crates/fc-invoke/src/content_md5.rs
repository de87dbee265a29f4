//! `Content-MD5`, the only header by which the `FC` scheme signs the body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderName, HeaderValue};
use md5::{Digest as _, Md5};

pub(crate) const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// The `Content-MD5` of a payload: base64 of the 16 bytes, as in RFC 1864, the example of the manual and the Java SDK.
///
/// The Go SDK sends hex and the Node SDK base64 of the hex. No source reports that the service compares the value.
pub(crate) fn encode(payload: &[u8]) -> HeaderValue {
    let mut text = [0; 24];
    let encoded = STANDARD.encode_slice(Md5::digest(payload), &mut text);
    debug_assert_eq!(encoded, Ok(24), "16 bytes are 24 characters in base64");
    HeaderValue::from_bytes(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Whether a value is the digest of this payload, in the form of one of the SDKs.
pub(crate) fn is_digest(value: &HeaderValue, payload: &[u8]) -> bool {
    let digest: [u8; 16] = Md5::digest(payload).into();
    let hex = digest.map(|byte| format!("{byte:02x}")).concat();
    let value = value.as_bytes().trim_ascii();
    value.eq_ignore_ascii_case(hex.as_bytes())
        || value == STANDARD.encode(digest).as_bytes()
        || value == STANDARD.encode(&hex).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_the_base64_of_the_sixteen_bytes() {
        // Signing specification, vector FC-05a: Java SDK and gateway-fc for this body.
        assert_eq!(encode(br#"{"key":"value"}"#), "pzU/fN3OgI3gAydHoLe+UA==");
    }

    #[test]
    fn the_forms_of_the_sdks_are_digests_and_other_texts_are_not() {
        let is =
            |text: &'static str| is_digest(&HeaderValue::from_static(text), br#"{"key":"value"}"#);
        // The vectors FC-05a and FC-05b of the signing specification, and the recorded Node SDK.
        assert!(is("pzU/fN3OgI3gAydHoLe+UA=="));
        assert!(is("a7353f7cddce808de0032747a0b7be50"));
        assert!(is("YTczNTNmN2NkZGNlODA4ZGUwMDMyNzQ3YTBiN2JlNTA="));
        assert!(!is("1B2M2Y8AsgTpgAmY7PhCfg=="));
        assert!(!is("abc"));
    }
}
