//! Opaque text in header values: visible ASCII, with spaces inside.

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use crate::grammar::{self, Alphabet};
use crate::header::trimmed;
use crate::{HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted};

/// The maximum length of an opaque text in a request. Received text may be longer.
pub(crate) const MAX_OPAQUE_LENGTH: usize = 8192;

const TEXT: Alphabet = Alphabet {
    allows: is_text_byte,
    description: "visible ASCII and spaces",
};

/// Whether a byte is visible ASCII or a space. A tab inside a value is rejected.
const fn is_text_byte(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Decodes a value as text that is not empty.
pub(crate) fn decode(name: HeaderName, value: &HeaderValue) -> Result<&str, HeaderError> {
    let bytes = decode_bytes(name.clone(), value)?;
    str::from_utf8(bytes)
        .map_err(|_| HeaderError::new(HeaderErrorKind::NotText, name).quoting(value))
}

/// Decodes a value as the bytes of text that is not empty, without a second pass for UTF-8.
pub(crate) fn decode_bytes(name: HeaderName, value: &HeaderValue) -> Result<&[u8], HeaderError> {
    let bytes = trimmed(value);
    if bytes.is_empty() {
        return Err(HeaderError::new(HeaderErrorKind::Empty, name));
    }
    // `fold` has no early return, so the compiler checks sixteen bytes at a time.
    let is_text = bytes
        .iter()
        .fold(true, |all, byte| all & is_text_byte(*byte));
    if is_text {
        Ok(bytes)
    } else {
        Err(HeaderError::new(HeaderErrorKind::NotText, name).quoting(value))
    }
}

/// Checks text of a request: 1 to `limit` bytes of visible ASCII, with spaces only inside.
pub(crate) fn check(text: &str, field: &'static str, limit: usize) -> Result<(), InputError> {
    grammar::check_length(text, field, limit)?;
    if text.starts_with(is_white_space) || text.ends_with(is_white_space) {
        return Err(
            InputError::new(InputErrorKind::SurroundingWhitespace, field).detail(format!(
                "{} starts or ends with whitespace; remove it",
                Quoted::new(text)
            )),
        );
    }
    grammar::check_alphabet(text, field, &TEXT)
}

const fn is_white_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// Converts checked text into a header value.
pub(crate) fn value(text: &str) -> HeaderValue {
    // A field value allows all bytes that the checks allow, so the fallback is never used.
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Converts checked text into a header value that is cloned without an allocation.
pub(crate) fn shared_value(text: &str) -> HeaderValue {
    let shared = match ShortText::new(text.as_bytes()) {
        Some(short) => Bytes::from_owner(short),
        None => Bytes::from_owner(Vec::from(text)),
    };
    HeaderValue::from_maybe_shared(shared).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The length of most account ids, trace ids and task ids, or more.
const SHORT: usize = 63;

/// Text in the same allocation as the count of its clones.
struct ShortText {
    bytes: [u8; SHORT],
    len: u8,
}

impl ShortText {
    fn new(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        let len = u8::try_from(text.len()).ok()?;
        Some(Self { bytes, len })
    }
}

impl AsRef<[u8]> for ShortText {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.len.into()).unwrap_or_default()
    }
}

/// Converts a part of a value into a value. The whole value is shared instead of copied.
pub(crate) fn subvalue(whole: &HeaderValue, part: &[u8]) -> HeaderValue {
    if whole.len() == part.len() {
        return whole.clone();
    }
    HeaderValue::from_bytes(part).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Declares a response header of opaque text, borrowed from the header map.
macro_rules! text_header {
    ($(#[$doc:meta])* $name:ident, $wire:literal, $field:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name<'a>(&'a str);

        impl<'a> $name<'a> {
            /// The text, borrowed from the header map.
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

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: HeaderName = HeaderName::from_static("x-fc-a");

    #[test]
    fn decoding_removes_the_whitespace_around_text() {
        let value = HeaderValue::from_static(" a b\t");
        assert_eq!(decode(NAME, &value), Ok("a b"));
    }

    #[test]
    fn decoding_rejects_bytes_outside_ascii() {
        let value = HeaderValue::from_bytes(b"\xc3\xa9").unwrap();
        assert_eq!(
            decode(NAME, &value).unwrap_err().to_string(),
            "not-text: x-fc-a is not visible ASCII text: \"é\""
        );
    }

    #[test]
    fn spaces_are_allowed_inside_text_and_rejected_at_its_ends() {
        assert_eq!(check("a b", "text", 8), Ok(()));
        let error = check("a b ", "text", 8).unwrap_err();
        assert_eq!(error.kind(), InputErrorKind::SurroundingWhitespace);
        let error = check("a\tb", "text", 8).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"forbidden-byte: text: "a\tb" has '\t' at byte 1; allowed: visible ASCII and spaces"#
        );
        assert_eq!(
            check("a b c d e", "text", 8).unwrap_err().kind(),
            InputErrorKind::TooLong
        );
    }
}
