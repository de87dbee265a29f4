//! The error of decoding a received header.

use std::fmt;

use http::{HeaderName, HeaderValue};

use crate::Quoted;

/// The reason why a header cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeaderErrorKind {
    /// The value is empty or only whitespace.
    Empty,
    /// The value is not a decimal number of the form that the header uses.
    Number,
    /// The number is outside the header's range.
    OutOfRange,
    /// The header occurs more than once, with equal or different values.
    Duplicate,
    /// The value is not standard base64 with padding.
    Base64,
    /// The value is larger than the decoder's limit.
    TooLarge,
    /// The value has a byte that is neither visible ASCII nor a space.
    NotText,
    /// The value is not one of the header's values.
    UnknownValue,
    /// The value is not an HTTP date from 1970 to 9999.
    Date,
    /// The value is not an id of the form that the header uses.
    Id,
}

impl HeaderErrorKind {
    /// The stable lower-case name of the kind, such as `number`; messages start with it.
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
            Self::Number => "is not a valid decimal number",
            Self::OutOfRange => "is out of range",
            Self::Duplicate => "occurs more than once",
            Self::Base64 => "is not standard base64 with padding",
            Self::TooLarge => "is larger than the limit",
            Self::NotText => "is not visible ASCII text",
            Self::UnknownValue => "is not one of the known values",
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

/// A received header that cannot be decoded: its name and the reason.
///
/// The message starts with the kind's slug and quotes at most 32 characters of the value, escaped.
/// The value of a secret header is never quoted.
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
    // The escaped and cut text instead of the value: an error often lives longer than the response.
    quoted: Option<Box<str>>,
}

impl HeaderError {
    /// Creates an error about the named header; its message does not quote the value.
    pub const fn new(kind: HeaderErrorKind, name: HeaderName) -> Self {
        Self {
            name,
            kind,
            quoted: None,
        }
    }

    /// Adds the value to the message, escaped and cut. Do not use it for secrets.
    #[must_use]
    pub fn quoting(self, value: &HeaderValue) -> Self {
        self.quoting_bytes(value.as_bytes())
    }

    pub(crate) fn quoting_bytes(self, value: &[u8]) -> Self {
        let quoted = Quoted::from_bytes(value).to_string().into_boxed_str();
        Self {
            quoted: Some(quoted),
            ..self
        }
    }

    /// The reason.
    pub const fn kind(&self) -> HeaderErrorKind {
        self.kind
    }

    /// The name of the header.
    pub const fn name(&self) -> &HeaderName {
        &self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.kind, self.name, self.kind.phrase())?;
        match &self.quoted {
            Some(quoted) => write!(f, ": {quoted}"),
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
    use crate::hyphenated::hyphenated;

    #[test]
    fn a_message_is_the_name_of_its_kind_the_header_and_the_reason() {
        use HeaderErrorKind as K;
        for (kind, reason) in [
            (K::Empty, "is empty"),
            (K::Number, "is not a valid decimal number"),
            (K::OutOfRange, "is out of range"),
            (K::Duplicate, "occurs more than once"),
            (K::Base64, "is not standard base64 with padding"),
            (K::TooLarge, "is larger than the limit"),
            (K::NotText, "is not visible ASCII text"),
            (K::UnknownValue, "is not one of the known values"),
            (K::Date, "is not an HTTP date from 1970 to 9999"),
            (K::Id, "is not an id of letters, digits, '_' and '-'"),
        ] {
            let error = HeaderError::new(kind, HeaderName::from_static("x-fc-a"));
            let name = hyphenated(&kind);
            assert_eq!((error.kind(), error.name().as_str()), (kind, "x-fc-a"));
            assert_eq!((kind.slug(), kind.to_string()), (&*name, name.clone()));
            assert_eq!(error.to_string(), format!("{name}: x-fc-a {reason}"));
        }
    }

    #[test]
    fn the_message_names_the_header_and_quotes_the_value_escaped_and_cut() {
        let value = HeaderValue::from_bytes(&[b"\xff\x80".as_slice(), &[b'9'; 4096]].concat());
        let error = HeaderError::new(HeaderErrorKind::Number, HeaderName::from_static("x-fc-a"))
            .quoting(&value.unwrap());
        insta::assert_snapshot!(
            error,
            @r#"number: x-fc-a is not a valid decimal number: "\xff\x80999999999999999999999999999999"... (4066 more bytes)"#
        );
        assert_eq!(format!("{error:?}"), format!("HeaderError({error})"));
    }
}
