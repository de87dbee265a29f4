//! What is wrong with a value that was to be sent.

use std::borrow::Cow;
use std::fmt;

/// Why a name, an id, a header or an endpoint cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InputErrorKind {
    /// The text is empty; a value that is not given is `None`.
    Empty,
    /// The name is `.` or `..`, which a path would resolve.
    DotSegment,
    /// A byte is outside the alphabet of the field.
    ForbiddenByte,
    /// Every byte is in the alphabet, and the first must not come first.
    BadFirstCharacter,
    /// The text is longer than the field allows.
    TooLong,
    /// The text is none of the values that the field has.
    UnknownValue,
    /// The text begins or ends with white space.
    SurroundingWhitespace,
    /// A number is outside the range of the field.
    OutOfRange,
    /// The name of an extra header is not a field name.
    HeaderName,
    /// The value of an extra header holds something else than visible ASCII, blanks and tabs.
    HeaderValue,
    /// The extra header is one that this library or the HTTP client writes.
    ReservedHeader,
    /// More extra headers than the limit.
    TooManyHeaders,
    /// Asynchronous invocation together with log type `Tail`, which the service answers with 400.
    AsyncLogTail,
    /// The payload is larger than the limit that was asked for.
    PayloadTooLarge,
    /// The scheme of the endpoint is missing or unknown.
    Scheme,
    /// The host of the endpoint is missing or malformed.
    Host,
    /// The port of the endpoint is not a port.
    Port,
    /// The endpoint carries a user name or a password.
    Userinfo,
    /// The endpoint has a path, a query or a fragment.
    PathNotAllowed,
    /// The endpoint is plain HTTP and not a loopback address.
    InsecureEndpoint,
    /// The signature scheme is not one that the API revision accepts.
    UnsupportedScheme,
    /// A value that the revision of the API needs was not given.
    Missing,
    /// The payload was given twice, whole and as a stream.
    TwoPayloads,
    /// A value was given that the revision of the API has no place for.
    NotInRevision,
}

impl InputErrorKind {
    /// The stable lower-case name that messages begin with, such as `forbidden-byte`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::DotSegment => "dot-segment",
            Self::ForbiddenByte => "forbidden-byte",
            Self::BadFirstCharacter => "bad-first-character",
            Self::TooLong => "too-long",
            Self::UnknownValue => "unknown-value",
            Self::SurroundingWhitespace => "surrounding-whitespace",
            Self::OutOfRange => "out-of-range",
            Self::HeaderName => "header-name",
            Self::HeaderValue => "header-value",
            Self::ReservedHeader => "reserved-header",
            Self::TooManyHeaders => "too-many-headers",
            Self::AsyncLogTail => "async-log-tail",
            Self::PayloadTooLarge => "payload-too-large",
            Self::Scheme => "scheme",
            Self::Host => "host",
            Self::Port => "port",
            Self::Userinfo => "userinfo",
            Self::PathNotAllowed => "path-not-allowed",
            Self::InsecureEndpoint => "insecure-endpoint",
            Self::UnsupportedScheme => "unsupported-scheme",
            Self::Missing => "missing",
            Self::TwoPayloads => "two-payloads",
            Self::NotInRevision => "not-in-revision",
        }
    }

    const fn phrase(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::DotSegment => "is a dot segment",
            Self::ForbiddenByte => "has a byte outside its alphabet",
            Self::BadFirstCharacter => "starts with a character that must not come first",
            Self::TooLong => "is too long",
            Self::UnknownValue => "is none of the known values",
            Self::SurroundingWhitespace => "begins or ends with white space",
            Self::OutOfRange => "is out of range",
            Self::HeaderName => "is not a field name",
            Self::HeaderValue => "is not a field value",
            Self::ReservedHeader => "is written by the library or the HTTP client",
            Self::TooManyHeaders => "are too many",
            Self::AsyncLogTail => "cannot be Tail for an asynchronous invocation",
            Self::PayloadTooLarge => "is larger than the limit",
            Self::Scheme => "has no known scheme",
            Self::Host => "has no usable host",
            Self::Port => "has no usable port",
            Self::Userinfo => "carries a user name or a password",
            Self::PathNotAllowed => "has more than scheme, host and port",
            Self::InsecureEndpoint => "is plain http and not loopback",
            Self::UnsupportedScheme => "is not accepted by the revision",
            Self::Missing => "is missing",
            Self::TwoPayloads => "is given twice, whole and as a stream",
            Self::NotInRevision => "has no place in the revision",
        }
    }
}

impl fmt::Display for InputErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A value that cannot be sent: what kind of mistake, in which field, and where in the value.
///
/// The message begins with the kind's slug. The value is quoted escaped and cut to 32 characters,
/// and a secret is never quoted.
///
/// ```
/// use fc_headers::{InputErrorKind, ServiceName};
///
/// let error = "svc.prod".parse::<ServiceName>().unwrap_err();
/// assert_eq!(error.kind(), InputErrorKind::ForbiddenByte);
/// assert_eq!(error.field(), "service name");
/// assert_eq!(error.to_string(), r#"forbidden-byte: service name: "svc.prod" has '.' at byte 3"#);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct InputError {
    kind: InputErrorKind,
    field: &'static str,
    detail: Cow<'static, str>,
}

impl InputError {
    /// An error about the field of that name, with a general text for its kind.
    pub const fn new(kind: InputErrorKind, field: &'static str) -> Self {
        Self {
            kind,
            field,
            detail: Cow::Borrowed(""),
        }
    }

    /// Says more exactly what is wrong, after the field's name. Whoever writes it quotes untrusted
    /// text with [`Quoted`](crate::Quoted) and secrets not at all.
    #[must_use]
    pub fn detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            detail: detail.into(),
            ..self
        }
    }

    /// The kind of mistake.
    pub const fn kind(&self) -> InputErrorKind {
        self.kind
    }

    /// The field in plain words, such as `service name`.
    pub const fn field(&self) -> &'static str {
        self.field
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.detail.is_empty() {
            write!(f, "{}: {} {}", self.kind, self.field, self.kind.phrase())
        } else {
            write!(f, "{}: {}: {}", self.kind, self.field, self.detail)
        }
    }
}

impl fmt::Debug for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InputError({self})")
    }
}

impl std::error::Error for InputError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_starts_with_the_slug_and_names_the_field() {
        let error = InputError::new(InputErrorKind::AsyncLogTail, "log type");
        assert_eq!(error.field(), "log type");
        assert_eq!(
            error.to_string(),
            "async-log-tail: log type cannot be Tail for an asynchronous invocation"
        );
    }

    #[test]
    fn a_detail_takes_the_place_of_the_general_text() {
        let error = InputError::new(InputErrorKind::TooManyHeaders, "extra headers")
            .detail("129 given, at most 128 allowed");
        assert_eq!(
            error.to_string(),
            "too-many-headers: extra headers: 129 given, at most 128 allowed"
        );
        assert_eq!(format!("{error:?}"), format!("InputError({error})"));
    }
}
