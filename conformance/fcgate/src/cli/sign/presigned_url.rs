//! The query of a signed URL of the FC scheme: the key id, the expiry and the token are signed pairs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The characters that are not encoded (RFC 3986, 2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The target with the pairs that are signed.
pub(super) fn signed_target(target: &str, id: &str, expires: i64, token: Option<&str>) -> String {
    let mut pairs = vec![
        format!("x-fc-access-key-id={}", encoded(id)),
        format!("x-fc-expires={expires}"),
    ];
    pairs.extend(token.map(|token| format!("x-fc-security-token={}", encoded(token))));
    with_query(target, &pairs.join("&"))
}

/// A target or a URL with further pairs.
pub(super) fn with_query(target: &str, query: &str) -> String {
    let mark = match target.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    format!("{target}{mark}{query}")
}

/// Whether the query has a signature.
pub(super) fn is_signed(target: &str) -> bool {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let mut names = query
        .split('&')
        .map(|pair| pair.split('=').next().unwrap_or_default());
    names.any(|name| percent_decode_str(name).eq(b"x-fc-signature".iter().copied()))
}

/// A value of the query, percent-encoded.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}
