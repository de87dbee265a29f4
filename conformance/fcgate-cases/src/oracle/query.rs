//! Query strings: form decoding and RFC 3986 encoding.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, percent_encode};

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The decoded pairs in wire order. A plus is a space; a key without `=` has an empty value.
pub(super) fn pairs(query: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (form_decode(key), form_decode(value)))
        .collect()
}

fn form_decode(text: &str) -> Vec<u8> {
    percent_decode(text.replace('+', " ").as_bytes()).collect()
}

/// The percent-decoded path. A plus is not decoded.
pub(super) fn decode_path(path: &str) -> Vec<u8> {
    percent_decode(path.as_bytes()).collect()
}

/// Percent-encodes everything except the unreserved characters of RFC 3986.
pub(super) fn encode(bytes: &[u8]) -> String {
    percent_encode(bytes, UNRESERVED).to_string()
}
