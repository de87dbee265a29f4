//! The form of an input that stands for an HTTP message: a first line, header lines, an empty line, and the body.
//!
//! Lines end with LF, so that a committed input is a text that a person can read.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

/// The parts of an input.
pub(crate) struct Message<'a> {
    pub(crate) first_line: &'a [u8],
    pub(crate) headers: HeaderMap,
    pub(crate) body: &'a [u8],
}

impl<'a> Message<'a> {
    /// Splits an input. A line that is not a header is skipped.
    pub(crate) fn read(input: &'a [u8]) -> Self {
        let (first_line, mut rest) = line(input);
        let mut headers = HeaderMap::new();
        while !rest.is_empty() {
            let (text, after) = line(rest);
            rest = after;
            if text.is_empty() {
                break;
            }
            if let Some((name, value)) = header(text) {
                headers.append(name, value);
            }
        }
        Self {
            first_line,
            headers,
            body: rest,
        }
    }

    pub(crate) fn body(&self) -> Bytes {
        Bytes::copy_from_slice(self.body)
    }
}

/// Splits at the first LF.
pub(crate) fn line(input: &[u8]) -> (&[u8], &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n');
    let (text, rest) = input.split_at(end.unwrap_or(input.len()));
    (text, rest.get(1..).unwrap_or_default())
}

/// Splits at the colon. A space after the colon is not a part of the value; further spaces are.
fn header(text: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = text.iter().position(|byte| *byte == b':')?;
    let (name, value) = text.split_at(colon);
    let value = value.get(1..)?;
    let value = value.strip_prefix(b" ").unwrap_or(value);
    Some((
        HeaderName::from_bytes(name).ok()?,
        HeaderValue::from_bytes(value).ok()?,
    ))
}
