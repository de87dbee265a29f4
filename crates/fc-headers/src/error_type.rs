//! `X-Fc-Error-Type`

use std::fmt;

use http::{HeaderMap, HeaderValue};

use crate::header::{trim, trimmed};
use crate::{Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted, text};

/// `X-Fc-Error-Type`: that the function failed, and how. Response header.
///
/// `HandledInvocationError` (the function itself reported the failure, through the callback of
/// Node.js), `UnhandledInvocationError` (an exception, a time-out, a lost process), and an open set
/// besides: HTTP triggers send `FcCommonError`, which users quote as `FCCommonError`. Compared
/// without case; what is not known is kept as its bytes, text or not. Source: manual of FC 2.0,
/// "Error handling"; users' captures.
///
/// ```
/// use fc_headers::{ErrorType, Header};
///
/// let value = "unhandledinvocationerror".parse()?;
/// assert_eq!(ErrorType::decode(&value)?, ErrorType::Unhandled);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorType<'a> {
    /// `HandledInvocationError`
    Handled,
    /// `UnhandledInvocationError`
    Unhandled,
    /// Any other value.
    Other(OtherErrorType<'a>),
}

impl<'a> ErrorType<'a> {
    /// The bytes of the value; of the two known ones, as the manual spells them.
    pub const fn as_bytes(&self) -> &'a [u8] {
        match self {
            Self::Handled => b"HandledInvocationError",
            Self::Unhandled => b"UnhandledInvocationError",
            Self::Other(other) => other.0,
        }
    }

    /// The value as text; `None` where it is not UTF-8.
    pub fn as_str(&self) -> Option<&'a str> {
        str::from_utf8(self.as_bytes()).ok()
    }

    fn from_bytes(bytes: &'a [u8]) -> Self {
        if bytes.eq_ignore_ascii_case(Self::Handled.as_bytes()) {
            Self::Handled
        } else if bytes.eq_ignore_ascii_case(Self::Unhandled.as_bytes()) {
            Self::Unhandled
        } else {
            Self::Other(OtherErrorType(bytes))
        }
    }
}

impl<'a> Header<'a> for ErrorType<'a> {
    const FIELD_NAME: &'static str = "x-fc-error-type";

    /// Reads any value but the empty one.
    fn decode(value: &'a HeaderValue) -> Result<Self, HeaderError> {
        match trimmed(value) {
            b"" => Err(HeaderError::new(HeaderErrorKind::Empty, Self::NAME)),
            bytes => Ok(Self::from_bytes(bytes)),
        }
    }

    fn encode(&self) -> HeaderValue {
        match self {
            Self::Handled => HeaderValue::from_static("HandledInvocationError"),
            Self::Unhandled => HeaderValue::from_static("UnhandledInvocationError"),
            // Made of a field value or of checked bytes, so the empty value is never used.
            Self::Other(other) => {
                HeaderValue::from_bytes(other.0).unwrap_or_else(|_| HeaderValue::from_static(""))
            }
        }
    }

    /// Reads the header so that no sign of failure is lost: an empty value reads as absent, as two
    /// official SDKs have it, and several values read as `Other` with the bytes of the first. Never
    /// an error.
    fn from_map(headers: &'a HeaderMap) -> Result<Option<Self>, HeaderError> {
        let mut values = headers
            .get_all(Self::NAME)
            .iter()
            .map(trimmed)
            .filter(|value| !value.is_empty());
        Ok(match (values.next(), values.next()) {
            (None, _) => None,
            (Some(value), None) => Some(Self::from_bytes(value)),
            (Some(first), Some(_)) => Some(Self::Other(OtherErrorType(first))),
        })
    }
}

impl<'a> TryFrom<&'a str> for ErrorType<'a> {
    type Error = InputError;

    fn try_from(text: &'a str) -> Result<Self, Self::Error> {
        text::check(text, "error type", text::MAX_OPAQUE_LENGTH)?;
        Ok(Self::from_bytes(trim(text.as_bytes())))
    }
}

impl<'a> TryFrom<&'a [u8]> for ErrorType<'a> {
    type Error = InputError;

    /// Takes bytes beyond ASCII too, as they may be received.
    fn try_from(bytes: &'a [u8]) -> Result<Self, Self::Error> {
        match trim(bytes) {
            b"" => Err(InputError::new(InputErrorKind::Empty, "error type")),
            inner if inner.len() < bytes.len() => Err(InputError::new(
                InputErrorKind::SurroundingWhitespace,
                "error type",
            )),
            inner if inner.iter().any(u8::is_ascii_control) => {
                Err(InputError::new(InputErrorKind::ForbiddenByte, "error type"))
            }
            inner => Ok(Self::from_bytes(inner)),
        }
    }
}

/// The value, escaped and cut to 64 characters.
impl fmt::Display for ErrorType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Quoted::from_bytes(self.as_bytes())
            .limit(64)
            .unmarked()
            .fmt(f)
    }
}

/// An error type that is neither handled nor unhandled, or was sent more than once.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OtherErrorType<'a>(&'a [u8]);

impl<'a> OtherErrorType<'a> {
    /// The bytes as they were received, which need not be text.
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Debug for OtherErrorType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Quoted::from_bytes(self.0).limit(64).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&'static [u8]]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(ErrorType::NAME, HeaderValue::from_bytes(value).unwrap());
        }
        ErrorType::from_map(&headers)
            .unwrap()
            .map(|error_type| format!("{error_type:?}"))
    }

    #[test]
    fn known_values_are_compared_without_case() {
        assert_eq!(read(&[b"HandledInvocationError"]).unwrap(), "Handled");
        assert_eq!(read(&[b" UNHANDLEDinvocationERROR "]).unwrap(), "Unhandled");
    }

    #[test]
    fn other_values_are_kept_as_bytes() {
        assert_eq!(
            read(&[b"FCCommonError"]).unwrap(),
            r#"Other("FCCommonError")"#
        );
        assert_eq!(read(&[b"\xff\x80"]).unwrap(), r#"Other("\xff\x80")"#);
        let several: &[&[u8]] = &[b"HandledInvocationError", b"UnhandledInvocationError"];
        assert_eq!(read(several).unwrap(), r#"Other("HandledInvocationError")"#);
    }

    #[test]
    fn a_value_is_shown_escaped_and_is_text_where_it_is_utf_8() {
        assert_eq!(ErrorType::Handled.as_str(), Some("HandledInvocationError"));
        let other = ErrorType::try_from("FCCommonError").unwrap();
        assert_eq!(other.as_str(), Some("FCCommonError"));
        assert_eq!(other.to_string(), "FCCommonError");
        let bytes = ErrorType::try_from(b"\xff\x80".as_slice()).unwrap();
        assert_eq!(
            (bytes.as_str(), bytes.to_string().as_str()),
            (None, r"\xff\x80")
        );
    }

    #[test]
    fn an_empty_value_reads_as_absent() {
        assert_eq!(read(&[b""]), None);
        assert_eq!(read(&[b" ", b""]), None);
        assert_eq!(read(&[b"", b"HandledInvocationError"]).unwrap(), "Handled");
    }

    #[test]
    fn a_value_that_could_not_be_written_is_refused() {
        for bytes in [b"".as_slice(), b" a", b"a\n", b"a\0b"] {
            assert!(ErrorType::try_from(bytes).is_err(), "{bytes:?}");
        }
        let other = ErrorType::try_from(b"\xff\x80".as_slice()).unwrap();
        assert_eq!(other.encode().as_bytes(), b"\xff\x80");
    }
}
