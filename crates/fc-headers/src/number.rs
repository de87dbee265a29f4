//! Decimal numbers in header values.

use http::{HeaderName, HeaderValue};

use crate::header::trimmed;
use crate::{HeaderError, HeaderErrorKind};

/// The maximum number of digits: `u64::MAX` has 20. Longer text is rejected without reading it.
const MAX_DIGITS: usize = 20;

/// Decodes one to twenty decimal digits, leading zeros included, that fit into a `u64`.
///
/// `str::parse` is not used because it accepts a leading `+`.
pub(crate) fn decode(name: HeaderName, value: &HeaderValue) -> Result<u64, HeaderError> {
    let digits = trimmed(value);
    if digits.is_empty() {
        return Err(HeaderError::new(HeaderErrorKind::Empty, name));
    }
    match parse(digits) {
        Some(number) => Ok(number),
        None => Err(HeaderError::new(HeaderErrorKind::Number, name).quoting(value)),
    }
}

pub(crate) fn parse(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > MAX_DIGITS {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_parsed_up_to_the_largest_u64() {
        assert_eq!(parse(b"0"), Some(0));
        assert_eq!(parse(b"007"), Some(7));
        assert_eq!(parse(b"18446744073709551615"), Some(u64::MAX));
    }

    #[test]
    fn text_that_is_not_digits_of_a_u64_is_rejected() {
        for text in [
            "", "-1", "+3", "3.0", "1e3", "0x10", "1,000", "3 ms", "3, 4", "3:", "3/", "٣", "１",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
        assert_eq!(parse(b"18446744073709551616"), None);
        assert_eq!(parse(b"000000000000000000001"), None);
    }
}
