//! Text in header values: visible ASCII with blanks inside.

use http::{HeaderName, HeaderValue};

use crate::header::trimmed;
use crate::{HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted, grammar};

/// Visible ASCII and the blank; a tab inside a value is a control character and never meant.
pub(crate) const fn is_text_byte(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Reads a value as text that is not empty.
pub(crate) fn decode(name: HeaderName, value: &HeaderValue) -> Result<&str, HeaderError> {
    let bytes = decode_bytes(name.clone(), value)?;
    str::from_utf8(bytes)
        .map_err(|_| HeaderError::new(HeaderErrorKind::NotText, name).quoting(value))
}

/// The same where its bytes are enough: looking at them twice is what costs in a long one.
pub(crate) fn decode_bytes(name: HeaderName, value: &HeaderValue) -> Result<&[u8], HeaderError> {
    let bytes = trimmed(value);
    if bytes.is_empty() {
        return Err(HeaderError::new(HeaderErrorKind::Empty, name));
    }
    // Without an early end the compiler checks sixteen bytes at a time.
    let is_text = bytes
        .iter()
        .fold(true, |all, byte| all & is_text_byte(*byte));
    if is_text {
        Ok(bytes)
    } else {
        Err(HeaderError::new(HeaderErrorKind::NotText, name).quoting(value))
    }
}

/// Checks text that is to be sent: not empty, not over the limit, visible ASCII, blanks only
/// inside.
pub(crate) fn check(text: &str, field: &'static str, limit: usize) -> Result<(), InputError> {
    grammar::check_length(text, field, limit)?;
    if text.starts_with(is_white_space) || text.ends_with(is_white_space) {
        return Err(
            InputError::new(InputErrorKind::SurroundingWhitespace, field).detail(format!(
                "{} begins or ends with white space",
                Quoted::new(text)
            )),
        );
    }
    grammar::refuse_foreign(text, field, is_text_byte)
}

const fn is_white_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// A value for text whose bytes were checked when it was made.
pub(crate) fn value(text: &str) -> HeaderValue {
    // The checks above allow less than a field value does, so the empty value is never used.
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The same, made so that cloning it allocates nothing.
pub(crate) fn shared_value(text: &str) -> HeaderValue {
    let value = value(text);
    // `bytes` sets up sharing at the first clone, with an allocation; better here than in every
    // build.
    drop(value.clone());
    value
}

/// The given part of a value as a value of its own; the whole value is shared, not copied.
pub(crate) fn part(whole: &HeaderValue, part: &[u8]) -> HeaderValue {
    if whole.len() == part.len() {
        return whole.clone();
    }
    HeaderValue::from_bytes(part).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// An opaque text of a response header, borrowed from the header map.
macro_rules! text_header {
    ($(#[$doc:meta])* $name:ident, $wire:literal, $field:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name<'a>(&'a str);

        impl<'a> $name<'a> {
            /// The text, as long as the headers live that it came from.
            pub const fn as_str(&self) -> &'a str {
                self.0
            }
        }

        impl<'a> $crate::Header<'a> for $name<'a> {
            const FIELD_NAME: &'static str = $wire;

            fn decode(value: &'a http::HeaderValue) -> Result<Self, $crate::HeaderError> {
                $crate::text::decode(Self::NAME, value).map(Self)
            }

            fn encode(&self) -> http::HeaderValue {
                $crate::text::value(self.0)
            }
        }

        impl<'a> TryFrom<&'a str> for $name<'a> {
            type Error = $crate::InputError;

            fn try_from(text: &'a str) -> Result<Self, Self::Error> {
                $crate::text::check(text, $field, $crate::text::MAX_OPAQUE_LENGTH)?;
                Ok(Self(text))
            }
        }

        impl AsRef<str> for $name<'_> {
            fn as_ref(&self) -> &str {
                self.0
            }
        }

        impl std::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.0)
            }
        }

        impl std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }
    };
}

pub(crate) use text_header;

/// The longest opaque text that is written; what is read may be as long as the headers are.
pub(crate) const MAX_OPAQUE_LENGTH: usize = 8192;

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: HeaderName = HeaderName::from_static("x-fc-a");

    #[test]
    fn text_is_borrowed_without_the_white_space_around_it() {
        let value = HeaderValue::from_static(" a b\t");
        assert_eq!(decode(NAME, &value), Ok("a b"));
    }

    #[test]
    fn bytes_outside_ascii_are_not_text() {
        let value = HeaderValue::from_bytes(b"\xc3\xa9").unwrap();
        assert_eq!(
            decode(NAME, &value).unwrap_err().to_string(),
            "not-text: x-fc-a is not visible ASCII text: \"é\""
        );
    }

    #[test]
    fn blanks_may_stand_inside_and_not_outside() {
        assert_eq!(check("a b", "text", 8), Ok(()));
        let error = check("a b ", "text", 8).unwrap_err();
        assert_eq!(error.kind(), InputErrorKind::SurroundingWhitespace);
        let error = check("a\tb", "text", 8).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"forbidden-byte: text: "a\tb" has '\t' at byte 1"#
        );
        assert_eq!(
            check("a b c d e", "text", 8).unwrap_err().kind(),
            InputErrorKind::TooLong
        );
    }
}
