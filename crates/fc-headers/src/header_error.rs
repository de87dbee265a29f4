//! What is wrong with a header value that was received.

use std::fmt;

use http::{HeaderName, HeaderValue};

use crate::Quoted;

/// Why a header value cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeaderErrorKind {
    /// The value is empty, or nothing but white space.
    Empty,
    /// The value is not the decimal number that the header has.
    Number,
    /// The number is outside the range of the header.
    OutOfRange,
    /// The header is there twice or more, be the values equal or not.
    Duplicate,
    /// The value is not standard base64 with padding.
    Base64,
    /// The value is larger than what is decoded.
    TooLarge,
    /// The value is not visible ASCII and blanks.
    NotText,
    /// The value is none of those that the header has.
    UnknownValue,
    /// The value is not an HTTP date between 1970 and 9999.
    Date,
    /// The value is not an id in the grammar of the header.
    Id,
}

impl HeaderErrorKind {
    /// The stable lower-case name that messages begin with, such as `number`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Number => "number",
            Self::OutOfRange => "out-of-range",
            Self::Duplicate => "duplicate",
            Self::Base64 => "base64",
            Self::TooLarge => "too-large",
            Self::NotText => "not-text",
            Self::UnknownValue => "unknown-value",
            Self::Date => "date",
            Self::Id => "id",
        }
    }

    const fn phrase(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::Number => "is not a decimal number as the header has it",
            Self::OutOfRange => "is out of range",
            Self::Duplicate => "is there more than once",
            Self::Base64 => "is not standard base64 with padding",
            Self::TooLarge => "is larger than what is decoded",
            Self::NotText => "is not visible ASCII text",
            Self::UnknownValue => "is none of the known values",
            Self::Date => "is not an HTTP date from 1970 to 9999",
            Self::Id => "is not an id of letters, digits, '_' and '-'",
        }
    }
}

impl fmt::Display for HeaderErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A header value that cannot be read: which header, and why.
///
/// The message begins with the kind's slug and quotes at most 32 characters of the value, escaped;
/// the value of a secret header is never quoted.
///
/// ```
/// use fc_headers::{Header, HeaderErrorKind, InvocationDuration};
///
/// let error = InvocationDuration::decode(&"1e3".parse()?).unwrap_err();
/// assert_eq!(error.kind(), HeaderErrorKind::Number);
/// assert_eq!(error.name(), "x-fc-invocation-duration");
/// # Ok::<(), http::header::InvalidHeaderValue>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct HeaderError {
    name: HeaderName,
    kind: HeaderErrorKind,
    // The escaped and cut text, not the value: an error may outlive the response by long.
    shown: Option<Box<str>>,
}

impl HeaderError {
    /// An error about the header of that name which quotes nothing.
    pub const fn new(kind: HeaderErrorKind, name: HeaderName) -> Self {
        Self {
            name,
            kind,
            shown: None,
        }
    }

    /// The same error with the value in its message, escaped and cut; not for secrets.
    #[must_use]
    pub fn quoting(self, value: &HeaderValue) -> Self {
        self.quoting_bytes(value.as_bytes())
    }

    pub(crate) fn quoting_bytes(self, value: &[u8]) -> Self {
        let shown = Quoted::from_bytes(value).to_string().into_boxed_str();
        Self {
            shown: Some(shown),
            ..self
        }
    }

    /// The kind of mistake.
    pub const fn kind(&self) -> HeaderErrorKind {
        self.kind
    }

    /// The header that could not be read.
    pub const fn name(&self) -> &HeaderName {
        &self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.kind, self.name, self.kind.phrase())?;
        match &self.shown {
            Some(shown) => write!(f, ": {shown}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeaderError({self})")
    }
}

impl std::error::Error for HeaderError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_the_header_and_quotes_the_value_escaped_and_cut() {
        let value = HeaderValue::from_bytes(&[b"\xff\x80".as_slice(), &[b'9'; 4096]].concat());
        let error = HeaderError::new(HeaderErrorKind::Number, HeaderName::from_static("x-fc-a"))
            .quoting(&value.unwrap());
        insta::assert_snapshot!(
            error,
            @r#"number: x-fc-a is not a decimal number as the header has it: "\xff\x80999999999999999999999999999999"... (4066 more bytes)"#
        );
        assert_eq!(format!("{error:?}"), format!("HeaderError({error})"));
    }
}
