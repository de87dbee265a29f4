//! `X-Fc-Max-Memory-Usage`

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use http::HeaderValue;

use crate::header::{trim, trimmed};
use crate::{
    Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted, number, text,
};

const MAX_DECIMALS: usize = 6;

/// `X-Fc-Max-Memory-Usage`: the peak memory usage of the instance. Response header.
///
/// Megabytes in decimal, with at most six decimals: `85.20`, `9.2`, `50`. The exact text is kept,
/// with its trailing zeros; there is no floating-point number. Values are compared as numbers, so
/// `9.2` equals `9.20`. The peak counts all invocations of the instance so far, so it can only grow.
/// Source: published captures; manual of FC 2.0, `InvokeFunction`.
///
/// ```
/// use fc_headers::{Header, MaxMemoryUsage};
///
/// let value = "85.20".parse()?;
/// let memory = MaxMemoryUsage::decode(&value)?;
/// assert_eq!(memory.as_str(), "85.20");
/// assert_eq!(memory.as_millionths(), 85_200_000);
/// assert!(memory > MaxMemoryUsage::try_from("9.2")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct MaxMemoryUsage<'a> {
    text: &'a str,
    millionths: u64,
}

impl<'a> MaxMemoryUsage<'a> {
    /// The number as received, without a unit.
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    /// The exact value in millionths of a megabyte.
    pub const fn as_millionths(&self) -> u64 {
        self.millionths
    }

    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let point = bytes.iter().position(|byte| *byte == b'.');
        let (whole, decimals) = match point {
            None => (bytes, b"0".as_slice()),
            Some(point) => (bytes.get(..point)?, bytes.get(point + 1..)?),
        };
        if decimals.len() > MAX_DECIMALS {
            return None;
        }
        let scale = u32::try_from(MAX_DECIMALS - decimals.len()).ok()?;
        let fraction = number::parse(decimals)? * 10_u64.pow(scale);
        let millionths = number::parse(whole)?
            .checked_mul(1_000_000)?
            .checked_add(fraction)?;
        Some(Self {
            text: str::from_utf8(bytes).ok()?,
            millionths,
        })
    }
}

impl<'a> Header<'a> for MaxMemoryUsage<'a> {
    const FIELD_NAME: &'static str = "x-fc-max-memory-usage";

    fn decode(value: &'a HeaderValue) -> Result<Self, HeaderError> {
        match trimmed(value) {
            b"" => Err(HeaderError::new(HeaderErrorKind::Empty, Self::NAME)),
            bytes => Self::parse(bytes).ok_or_else(|| {
                HeaderError::new(HeaderErrorKind::Number, Self::NAME).quoting(value)
            }),
        }
    }

    fn encode(&self) -> HeaderValue {
        text::value(self.text)
    }
}

impl<'a> TryFrom<&'a str> for MaxMemoryUsage<'a> {
    type Error = InputError;

    fn try_from(text: &'a str) -> Result<Self, Self::Error> {
        match trim(text.as_bytes()) {
            b"" => Err(InputError::new(InputErrorKind::Empty, "memory usage")),
            _ => Self::parse(text.as_bytes()).ok_or_else(|| {
                InputError::new(InputErrorKind::UnknownValue, "memory usage").detail(format!(
                    "expected a decimal number of megabytes, found {}",
                    Quoted::new(text)
                ))
            }),
        }
    }
}

impl PartialEq for MaxMemoryUsage<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.millionths == other.millionths
    }
}

impl Eq for MaxMemoryUsage<'_> {}

impl PartialOrd for MaxMemoryUsage<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for MaxMemoryUsage<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.millionths.cmp(&other.millionths)
    }
}

impl Hash for MaxMemoryUsage<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.millionths.hash(state);
    }
}

/// Writes the number with its unit, such as `85.20 MB`.
impl fmt::Display for MaxMemoryUsage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} MB", self.text)
    }
}

impl fmt::Debug for MaxMemoryUsage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MaxMemoryUsage").field(&self.text).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

    use super::*;

    fn millionths(text: &str) -> Option<u64> {
        MaxMemoryUsage::parse(text.as_bytes()).map(|memory| memory.as_millionths())
    }

    #[test]
    fn decimals_are_parsed_exactly() {
        assert_eq!(millionths("0"), Some(0));
        assert_eq!(millionths("0.1"), Some(100_000));
        assert_eq!(millionths("2215.20"), Some(2_215_200_000));
        assert_eq!(millionths("1.000001"), Some(1_000_001));
        assert_eq!(millionths("18446744073709.551615"), Some(u64::MAX));
    }

    #[test]
    fn text_that_is_not_a_plain_decimal_is_rejected() {
        for text in [
            ".5",
            "5.",
            ".",
            "-1",
            "+1",
            "1e2",
            "NaN",
            "Infinity",
            "85,20",
            "1.2.3",
            "0x10",
            "85.20 MB",
            "1.0000001",
            "18446744073709.551616",
            "99999999999999999999",
            "٣",
        ] {
            assert_eq!(millionths(text), None, "{text}");
        }
    }

    #[test]
    fn an_error_says_what_was_expected_and_what_was_found() {
        let error = MaxMemoryUsage::try_from("85,20").unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"unknown-value: memory usage: expected a decimal number of megabytes, found "85,20""#
        );
    }

    #[test]
    fn values_are_compared_as_numbers_and_kept_as_text() {
        let short = MaxMemoryUsage::try_from("9.2").unwrap();
        let long = MaxMemoryUsage::try_from("9.20").unwrap();
        assert_eq!(short, long);
        assert_ne!(short.as_str(), long.as_str());
        let ten = MaxMemoryUsage::try_from("10").unwrap();
        assert_ne!(ten, long);
        let order = |other| long.partial_cmp(&other);
        assert_eq!(order(ten), Some(Ordering::Less));
        assert_eq!(order(short), Some(Ordering::Equal));
        assert_eq!(ten.cmp(&long), Ordering::Greater);
        let set = std::collections::HashSet::from([short, long, ten]);
        assert_eq!(set.len(), 2);
        let hash = |memory| BuildHasherDefault::<DefaultHasher>::default().hash_one(memory);
        assert_ne!(hash(long), hash(ten));
        assert_eq!(long.to_string(), "9.20 MB");
        assert_eq!(format!("{long:?}"), r#"MaxMemoryUsage("9.20")"#);
    }
}
