//! `X-Fc-Error-Type`

use std::fmt;

use http::{HeaderMap, HeaderValue};

use crate::header::{trim, trimmed};
use crate::{Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted, text};

/// `X-Fc-Error-Type`: the kind of failure of the function. Response header, only sent if the
/// function failed.
///
/// `HandledInvocationError`: the function reported the failure itself, through the callback of
/// Node.js. `UnhandledInvocationError`: an exception, a timeout or a process that exited. The set is
/// open: HTTP triggers send `FcCommonError`, which users quote as `FCCommonError`. Values are
/// compared without case; the bytes of an unknown value are kept, even if they are not UTF-8.
/// Source: manual of FC 2.0, "Error handling"; users' captures.
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
    /// The bytes of the value; the two known values are spelled as in the manual.
    pub const fn as_bytes(&self) -> &'a [u8] {
        match self {
            Self::Handled => b"HandledInvocationError",
            Self::Unhandled => b"UnhandledInvocationError",
            Self::Other(other) => other.0,
        }
    }

    /// The value as text; `None` if it is not UTF-8.
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

    /// Decodes a value; only an empty value is an error.
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
            // The bytes come from a field value or were checked, so the fallback is never used.
            Self::Other(other) => {
                HeaderValue::from_bytes(other.0).unwrap_or_else(|_| HeaderValue::from_static(""))
            }
        }
    }

    /// Reads the header from a map; never returns an error, so that a failure is never missed.
    ///
    /// An empty value counts as absent, as in two official SDKs. Several values are
    /// [`Other`](Self::Other) with the bytes of the first.
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

    /// Converts bytes as received; bytes outside ASCII are allowed.
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

/// Writes the value, escaped and cut to 64 characters.
impl fmt::Display for ErrorType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Quoted::from_bytes(self.as_bytes())
            .limit(64)
            .without_quotes()
            .fmt(f)
    }
}

/// An error type that is neither handled nor unhandled, or a header with several values.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OtherErrorType<'a>(&'a [u8]);

impl<'a> OtherErrorType<'a> {
    /// The bytes as received; they may not be UTF-8.
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

    fn from_map(values: &[&'static [u8]]) -> Option<String> {
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
        assert_eq!(from_map(&[b"HandledInvocationError"]).unwrap(), "Handled");
        assert_eq!(
            from_map(&[b" UNHANDLEDinvocationERROR "]).unwrap(),
            "Unhandled"
        );
    }

    #[test]
    fn unknown_and_repeated_values_are_kept_as_bytes() {
        assert_eq!(
            from_map(&[b"FCCommonError"]).unwrap(),
            r#"Other("FCCommonError")"#
        );
        assert_eq!(from_map(&[b"\xff\x80"]).unwrap(), r#"Other("\xff\x80")"#);
        let several: &[&[u8]] = &[b"HandledInvocationError", b"UnhandledInvocationError"];
        assert_eq!(
            from_map(several).unwrap(),
            r#"Other("HandledInvocationError")"#
        );
    }

    #[test]
    fn display_escapes_bytes_and_as_str_is_none_unless_they_are_utf_8() {
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
    fn a_known_value_is_encoded_as_in_the_manual_and_another_as_received() {
        for (received, encoded) in [
            ("handledINVOCATIONerror", "HandledInvocationError"),
            ("unhandledINVOCATIONerror", "UnhandledInvocationError"),
            ("fcCommonError", "fcCommonError"),
        ] {
            let value = HeaderValue::from_static(received);
            assert_eq!(ErrorType::decode(&value).unwrap().encode(), encoded);
        }
        let value = HeaderValue::from_bytes(b" \xff\x80 ").unwrap();
        let ErrorType::Other(other) = ErrorType::decode(&value).unwrap() else {
            panic!("expected a value that is not known");
        };
        assert_eq!(other.as_bytes(), b"\xff\x80");
    }

    #[test]
    fn an_empty_value_counts_as_absent() {
        assert_eq!(from_map(&[b""]), None);
        assert_eq!(from_map(&[b" ", b""]), None);
        assert_eq!(
            from_map(&[b"", b"HandledInvocationError"]).unwrap(),
            "Handled"
        );
    }

    #[test]
    fn bytes_that_are_not_a_header_value_are_rejected() {
        for bytes in [b"".as_slice(), b" a", b"a\n", b"a\0b"] {
            assert!(ErrorType::try_from(bytes).is_err(), "{bytes:?}");
        }
        let other = ErrorType::try_from(b"\xff\x80".as_slice()).unwrap();
        assert_eq!(other.encode().as_bytes(), b"\xff\x80");
    }
}
