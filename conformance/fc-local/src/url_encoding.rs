//! Percent encoding of paths and queries.

use std::borrow::Cow;

use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode, utf8_percent_encode,
};

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The percent-decoded text. A plus stays a plus.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The text, percent-encoded by RFC 3986.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// Decodes every segment of a path and encodes it again by RFC 3986.
pub(super) fn respelled(path: &str) -> String {
    let mut respelled = String::with_capacity(path.len());
    for segment in path.split_inclusive('/') {
        let name = segment.strip_suffix('/').unwrap_or(segment);
        let bytes: Cow<'_, [u8]> = percent_decode_str(name).into();
        respelled.extend(percent_encode(&bytes, UNRESERVED));
        respelled += segment.get(name.len()..).unwrap_or_default();
    }
    respelled
}

/// The decoded pairs of a query in wire order. A plus is a space; a key without `=` has an empty value.
pub(super) fn query_pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (form_decoded(key), form_decoded(value)))
        .collect()
}

fn form_decoded(text: &str) -> String {
    decoded(&text.replace('+', " "))
}

#[cfg(test)]
mod tests {
    use super::{query_pairs, respelled};

    #[test]
    fn a_path_is_decoded_and_encoded_again() {
        assert_eq!(respelled("/a!b/%7e%2fc"), "/a%21b/~%2Fc");
    }

    #[test]
    fn query_pairs_are_decoded_as_a_form() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            query_pairs("a=b+c&nextToken=&d=%7E%2B&e&&"),
            [
                pair("a", "b c"),
                pair("nextToken", ""),
                pair("d", "~+"),
                pair("e", "")
            ]
        );
    }
}
