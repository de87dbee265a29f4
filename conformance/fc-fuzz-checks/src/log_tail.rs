//! The log tail of a response: strict base64, compared with a decoder that goes bit by bit.

use fc_headers::{Header, HeaderErrorKind, LogResult, LogTail};
use http::HeaderValue;

use crate::shown::{assert_harmless_debug, assert_harmless_error};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The largest log that is decoded.
const MAX_LENGTH: usize = 64 * 1024;

/// Decodes an input as base64, and encodes it.
///
/// # Panics
///
/// If a text is decoded to other bytes than those of RFC 4648, a text that is not canonical base64 is accepted, or a log
/// changes when it is encoded and decoded.
pub fn check(input: &[u8]) {
    encoded(input);
    let Ok(value) = HeaderValue::from_bytes(input) else {
        return;
    };
    let Ok(result) = LogResult::decode(&value) else {
        return;
    };
    let text = result.as_str();
    let expected = decoded(text.as_bytes());
    match result.decode_tail() {
        Ok(tail) => {
            assert_eq!(Some(tail.as_bytes()), expected.as_deref());
            assert_eq!(tail.to_base64(), text);
            assert_harmless_debug(&tail);
            assert_harmless_debug(&result);
        }
        Err(error) => {
            assert_harmless_error(&error);
            assert_eq!(error.name(), "x-fc-log-result");
            let too_large = expected.is_some_and(|log| log.len() > MAX_LENGTH);
            let is_limit = error.kind() == HeaderErrorKind::TooLarge;
            assert!(
                too_large || is_limit || decoded(text.as_bytes()).is_none(),
                "valid base64 is refused"
            );
        }
    }
}

fn encoded(log: &[u8]) {
    let text = LogTail::from(log.to_vec()).to_base64();
    assert_eq!(decoded(text.as_bytes()).as_deref(), Some(log));
    if log.len() <= MAX_LENGTH {
        let again = LogResult::try_from(text.as_str()).map(|result| result.decode_tail());
        assert!(again.is_ok_and(|tail| tail.is_ok_and(|tail| tail.as_bytes() == log)));
    }
}

/// Standard base64 with padding and without trailing bits (RFC 4648, section 4).
fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let digits = text
        .strip_suffix(b"==")
        .or(text.strip_suffix(b"="))
        .unwrap_or(text);
    let mut bytes = Vec::with_capacity(digits.len());
    let (mut bits, mut count) = (0_u32, 0);
    for digit in digits {
        let place = ALPHABET.iter().position(|other| other == digit)?;
        bits = (bits << 6) | u32::try_from(place).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    let has_no_rest = bits & ((1 << count) - 1) == 0;
    (count < 6 && has_no_rest).then_some(bytes)
}
