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

    const LENGTH: &str = "content-length";
    const CODING: &str = "transfer-encoding";

    fn check(headers: &[(&'static str, &'static str)]) -> Result<(), String> {
        let mut map = HeaderMap::new();
        map.insert("content-type", HeaderValue::from_static("text/plain, 7"));
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        check_framing(&map).map_err(|error| error.to_string())
    }

    #[test]
    fn one_way_of_framing_is_accepted() {
        for headers in [
            &[][..],
            &[(LENGTH, "5")],
            &[(LENGTH, "5, 5")],
            &[(LENGTH, "5"), (LENGTH, "5")],
            &[(CODING, "Chunked")],
        ] {
            assert_eq!(check(headers), Ok(()), "{headers:?}");
        }
    }

    #[test]
    fn two_ways_of_framing_or_an_unknown_one_are_refused() {
        for (headers, reason) in [
            (
                &[(CODING, "chunked"), (LENGTH, "5")][..],
                "the response has a Content-Length and a Transfer-Encoding",
            ),
            (
                &[(LENGTH, "5, 6")],
                "the response has two different Content-Length values",
            ),
            (
                &[(LENGTH, "5"), (LENGTH, "6"), (LENGTH, "7")],
                "the response has two different Content-Length values",
            ),
        ] {
            assert_eq!(
                check(headers),
                Err(format!("protocol: {reason}")),
                "{headers:?}"
            );
        }
        for headers in [
            &[(CODING, "chunked, identity")][..],
            &[(CODING, "gzip, chunked")],
            &[(CODING, "gzip, br")],
            &[(CODING, "chunked"), (CODING, "chunked")],
            &[(CODING, "xchunked")],
            &[(CODING, "")],
            &[(CODING, "gzip"), (LENGTH, "5")],
        ] {
            let reason = "protocol: the Transfer-Encoding of the response is not chunked";
            assert_eq!(check(headers), Err(reason.to_owned()), "{headers:?}");
        }
        for value in ["+5", "-5", "", "5a", "0x5", "5.0", "5,"] {
            let refused = check(&[(LENGTH, value)]);
            let is_refused = refused.is_err_and(|error| error.contains("Content-Length"));
            assert!(is_refused, "{value}");
        }
    }
}
