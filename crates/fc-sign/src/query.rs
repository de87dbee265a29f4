//! Decoding of a request's query, and the percent-encoding of ACS3.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::SignError;
use crate::path::escapes_are_complete;
use crate::sink::Sink;

/// All characters except the unreserved ones of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A decoded key and its decoded value; the value is `None` without an equals sign.
pub(crate) type Pair<'a> = (Cow<'a, str>, Option<Cow<'a, str>>);

/// The decoded pairs of a query in their order. Empty pairs, as in `a&&b`, are skipped.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = Result<Pair<'_>, SignError>> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            Ok(match pair.split_once('=') {
                Some((key, value)) => (decode(key)?, Some(decode(value)?)),
                None => (decode(pair)?, None),
            })
        })
}

/// Decodes percent escapes and, as in HTML forms, a plus sign as a space.
fn decode(text: &str) -> Result<Cow<'_, str>, SignError> {
    if !escapes_are_complete(text) {
        return Err(SignError::BadPercentEscape);
    }
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        let decoded = percent_decode_str(&spaced)
            .decode_utf8()
            .map_err(|_| SignError::NotUtf8)?;
        return Ok(Cow::Owned(decoded.into_owned()));
    }
    percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| SignError::NotUtf8)
}

/// Writes `text` percent-encoded, except for its unreserved characters.
pub(crate) fn write_encoded(sink: &mut impl Sink, text: &str) {
    for piece in utf8_percent_encode(text, RESERVED) {
        sink.write(piece.as_bytes());
    }
}

/// The lines of the canonical resource for an HTTP trigger's query: `key=value`, decoded, sorted as
/// whole strings.
pub(crate) fn sorted_lines(query: &str) -> Result<Vec<String>, SignError> {
    let mut lines = Vec::new();
    for pair in pairs(query) {
        let (key, value) = pair?;
        if key.contains('=') {
            return Err(SignError::AmbiguousResource(
                "a query key has an escaped equals sign",
            ));
        }
        let value = value.ok_or(SignError::AmbiguousResource(
            "a query key has no equals sign; its signed form is not documented",
        ))?;
        let line = format!("{key}={value}");
        if line.chars().any(char::is_control) {
            return Err(SignError::AmbiguousResource(
                "the query has an escaped control character",
            ));
        }
        lines.push(line);
    }
    lines.sort_unstable();
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_sorted_as_whole_strings() {
        let lines = sorted_lines("aa=1&a=1&a1=1&a-b=1&a.b=1").unwrap();
        assert_eq!(lines, ["a-b=1", "a.b=1", "a1=1", "a=1", "aa=1"]);
    }

    #[test]
    fn a_plus_is_a_space_and_an_empty_value_keeps_its_equals_sign() {
        let lines = sorted_lines("q=a+b%2B&e=&&").unwrap();
        assert_eq!(lines, ["e=", "q=a b+"]);
    }

    #[test]
    fn invalid_and_ambiguous_queries_are_rejected() {
        let ambiguous = |query| matches!(sorted_lines(query), Err(SignError::AmbiguousResource(_)));
        assert!(ambiguous("a=1%0Ab=2"));
        assert!(ambiguous("a%3Db=2"));
        assert!(ambiguous("a"));
        assert_eq!(sorted_lines("a=%f"), Err(SignError::BadPercentEscape));
        assert_eq!(sorted_lines("a=%ff"), Err(SignError::NotUtf8));
    }
}
