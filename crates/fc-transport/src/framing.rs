//! How long a response says that its body is.

use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue};

use crate::{TransportError, TransportErrorKind};

/// Refuses a response head that says two things about the length of its body.
///
/// The backends read such heads in different ways and then reuse the connection, so that what one takes for
/// the body the other takes for the next response. An adapter calls this on every head and drops the body
/// unread when it fails.
///
/// # Errors
///
/// [`Protocol`](TransportErrorKind::Protocol) for a length beside a transfer coding, for a coding other than
/// `chunked` alone, and for lengths that differ or are no numbers. Equal repeated lengths pass.
pub fn check_framing(headers: &HeaderMap) -> Result<(), TransportError> {
    let refuse = |detail| Err(TransportError::new(TransportErrorKind::Protocol, detail));
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter().flat_map(elements);
    let coded = match (codings.next(), codings.next()) {
        (None, _) => false,
        (Some(coding), None) if coding.eq_ignore_ascii_case(b"chunked") => true,
        _ => return refuse("the response has an unknown transfer coding"),
    };
    let mut lengths = headers.get_all(CONTENT_LENGTH).iter().flat_map(elements);
    let Some(first) = lengths.next() else {
        return Ok(());
    };
    if coded {
        return refuse("the response has a length and a transfer coding");
    }
    if first.is_empty() || !first.iter().all(u8::is_ascii_digit) {
        return refuse("the response has a length that is no number");
    }
    if lengths.any(|other| other != first) {
        return refuse("the response has two lengths");
    }
    Ok(())
}

/// The comma-separated elements of a value.
fn elements(value: &HeaderValue) -> impl Iterator<Item = &[u8]> {
    value
        .as_bytes()
        .split(|byte| *byte == b',')
        .map(<[u8]>::trim_ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(headers: &[(&str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(
                name.parse::<http::HeaderName>().unwrap(),
                value.parse().unwrap(),
            );
        }
        check_framing(&map).is_ok()
    }

    #[test]
    fn one_way_of_framing_passes() {
        assert!(passes(&[]));
        assert!(passes(&[("content-length", "5")]));
        assert!(passes(&[("content-length", "5, 5")]));
        assert!(passes(&[("content-length", "5"), ("content-length", "5")]));
        assert!(passes(&[("transfer-encoding", "Chunked")]));
    }

    #[test]
    fn two_ways_or_an_unknown_one_do_not() {
        assert!(!passes(&[
            ("transfer-encoding", "chunked"),
            ("content-length", "5")
        ]));
        assert!(!passes(&[("transfer-encoding", "chunked, identity")]));
        assert!(!passes(&[("transfer-encoding", "gzip, chunked")]));
        assert!(!passes(&[
            ("transfer-encoding", "chunked"),
            ("transfer-encoding", "chunked")
        ]));
        assert!(!passes(&[("transfer-encoding", "xchunked")]));
        assert!(!passes(&[("transfer-encoding", "")]));
        assert!(!passes(&[("content-length", "5, 6")]));
        assert!(!passes(&[("content-length", "+5")]));
        assert!(!passes(&[("content-length", "")]));
    }
}
