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
    let (mut is_coded, mut is_unknown) = (false, false);
    let (mut length, mut lengths_differ) = (None, false);
    // One pass over the few headers of a response costs less than to look for two that are seldom there.
    for (name, value) in headers {
        if *name == TRANSFER_ENCODING {
            for coding in elements(value) {
                is_unknown |= is_coded || !coding.eq_ignore_ascii_case(b"chunked");
                is_coded = true;
            }
        } else if *name == CONTENT_LENGTH {
            for other in elements(value) {
                lengths_differ |= *length.get_or_insert(other) != other;
            }
        }
    }
    if is_unknown {
        return refuse("the response has an unknown transfer coding");
    }
    let Some(length) = length else {
        return Ok(());
    };
    if is_coded {
        return refuse("the response has a length and a transfer coding");
    }
    if length.is_empty() || !length.iter().all(u8::is_ascii_digit) {
        return refuse("the response has a length that is no number");
    }
    if lengths_differ {
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
