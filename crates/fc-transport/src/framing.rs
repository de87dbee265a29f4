//! The check of the length that a response declares for its body.

use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue};

use crate::{TransportError, TransportErrorKind};

/// Refuses a response head that contradicts itself about the length of the body.
///
/// HTTP clients read such heads in different ways and then reuse the connection. One client reads bytes as the body
/// that another client reads as the next response. An adapter calls this function for every head. If it fails, the
/// adapter drops the body without reading it.
///
/// # Errors
///
/// [`Protocol`](TransportErrorKind::Protocol) for a `Content-Length` together with a `Transfer-Encoding`, for any
/// coding other than one `chunked`, and for lengths that differ or are not numbers. Several equal lengths are
/// accepted.
pub fn check_framing(headers: &HeaderMap) -> Result<(), TransportError> {
    let refuse = |detail| Err(TransportError::new(TransportErrorKind::Protocol, detail));
    let (mut is_coded, mut is_unknown) = (false, false);
    let (mut length, mut lengths_differ) = (None, false);
    // One pass over the few headers of a response is faster than two lookups.
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
        return refuse("the Transfer-Encoding of the response is not chunked");
    }
    let Some(length) = length else {
        return Ok(());
    };
    if is_coded {
        return refuse("the response has a Content-Length and a Transfer-Encoding");
    }
    if length.is_empty() || !length.iter().all(u8::is_ascii_digit) {
        return refuse("the Content-Length of the response is not a number");
    }
    if lengths_differ {
        return refuse("the response has two different Content-Length values");
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

    fn is_accepted(headers: &[(&str, &str)]) -> bool {
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
    fn one_way_of_framing_is_accepted() {
        assert!(is_accepted(&[]));
        assert!(is_accepted(&[("content-length", "5")]));
        assert!(is_accepted(&[("content-length", "5, 5")]));
        assert!(is_accepted(&[
            ("content-length", "5"),
            ("content-length", "5")
        ]));
        assert!(is_accepted(&[("transfer-encoding", "Chunked")]));
    }

    #[test]
    fn two_ways_of_framing_or_an_unknown_one_are_refused() {
        assert!(!is_accepted(&[
            ("transfer-encoding", "chunked"),
            ("content-length", "5")
        ]));
        assert!(!is_accepted(&[("transfer-encoding", "chunked, identity")]));
        assert!(!is_accepted(&[("transfer-encoding", "gzip, chunked")]));
        assert!(!is_accepted(&[
            ("transfer-encoding", "chunked"),
            ("transfer-encoding", "chunked")
        ]));
        assert!(!is_accepted(&[("transfer-encoding", "xchunked")]));
        assert!(!is_accepted(&[("transfer-encoding", "")]));
        assert!(!is_accepted(&[("content-length", "5, 6")]));
        assert!(!is_accepted(&[("content-length", "+5")]));
        assert!(!is_accepted(&[("content-length", "")]));
    }
}
