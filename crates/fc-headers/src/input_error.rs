//! The error of an invalid input: a value that cannot be sent.

use std::borrow::Cow;
use std::fmt;

/// The reason why an input value is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InputErrorKind {
    /// The text is empty. Omit an optional value instead.
    Empty,
    /// The name is `.` or `..`, which URL parsers remove from a path.
    DotSegment,
    /// The text has a byte that the field does not allow.
    ForbiddenByte,
    /// The first character is allowed only at later positions.
    BadFirstCharacter,
    /// The text is longer than the field allows.
    TooLong,
    /// The text is shorter than the field allows.
    TooShort,
    /// The text is not one of the field's values.
    UnknownValue,
    /// The text starts or ends with whitespace.
    SurroundingWhitespace,
    /// The number is outside the field's range.
    OutOfRange,
    /// The name of an extra header is not a valid field name.
    HeaderName,
    /// The value of an extra header has a byte that is not visible ASCII, a space or a tab.
    HeaderValue,
    /// The extra header is reserved, because the library or the HTTP client sets it.
    ReservedHeader,
    /// There are more extra headers than the limit.
    TooManyHeaders,
    /// The log type is `Tail` in an asynchronous invocation; the service answers this with 400.
    AsyncLogTail,
    /// The task id or the delay belongs to an asynchronous invocation, and this one is synchronous.
    AsyncOnly,
    /// A session is set for an asynchronous invocation, which does not support sessions.
    AsyncSession,
    /// The value works only over an HTTP trigger or a custom domain.
    TriggerOnly,
    /// The payload is larger than the configured limit.
    PayloadTooLarge,
    /// The scheme of the endpoint is missing or unknown.
    Scheme,
    /// The host of the endpoint is missing or invalid.
    Host,
    /// The port of the endpoint is not a port number.
    Port,
    /// The endpoint contains a user name or a password.
    Userinfo,
    /// The endpoint has a path, a query or a fragment.
    PathNotAllowed,
    /// The endpoint uses plain HTTP and is not a loopback address.
    InsecureEndpoint,
    /// The API revision does not accept the signature scheme.
    UnsupportedScheme,
    /// A value that the API revision requires is missing.
    Missing,
    /// The payload is set twice, as bytes and as a stream.
    TwoPayloads,
    /// The API revision does not support a value that is set.
    NotInRevision,
}

impl InputErrorKind {
    /// The stable lower-case name of the kind, such as `forbidden-byte`; messages start with it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::DotSegment => "dot-segment",
            Self::ForbiddenByte => "forbidden-byte",
            Self::BadFirstCharacter => "bad-first-character",
            Self::TooLong => "too-long",
            Self::TooShort => "too-short",
            Self::UnknownValue => "unknown-value",
            Self::SurroundingWhitespace => "surrounding-whitespace",
            Self::OutOfRange => "out-of-range",
            Self::HeaderName => "header-name",
            Self::HeaderValue => "header-value",
            Self::ReservedHeader => "reserved-header",
            Self::TooManyHeaders => "too-many-headers",
            Self::AsyncLogTail => "async-log-tail",
            Self::AsyncOnly => "async-only",
            Self::AsyncSession => "async-session",
            Self::TriggerOnly => "trigger-only",
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
            Self::ForbiddenByte => "has a byte that is not allowed",
            Self::BadFirstCharacter => "starts with a character that is not allowed there",
            Self::TooLong => "is too long",
            Self::TooShort => "is too short",
            Self::UnknownValue => "is not one of the known values",
            Self::SurroundingWhitespace => "starts or ends with whitespace; remove it",
            Self::OutOfRange => "is out of range",
            Self::HeaderName => "is not a valid field name",
            Self::HeaderValue => "is not a valid field value",
            Self::ReservedHeader => "is reserved: the library or the HTTP client sets it",
            Self::TooManyHeaders => "exceed the limit",
            Self::AsyncLogTail => "cannot be Tail for an asynchronous invocation",
            Self::AsyncOnly => "needs an asynchronous invocation; set the invocation type Async",
            Self::AsyncSession => "cannot be set for an asynchronous invocation",
            Self::TriggerOnly => "works only over an HTTP trigger or a custom domain",
            Self::PayloadTooLarge => "is larger than the limit",
            Self::Scheme => "does not start with a known scheme",
            Self::Host => "has no valid host",
            Self::Port => "has no valid port",
            Self::Userinfo => "contains a user name or a password; remove them",
            Self::PathNotAllowed => "has a path, a query or a fragment; remove it",
            Self::InsecureEndpoint => {
                "uses plain HTTP and is not a loopback address; use https, or Endpoint::insecure to allow plain HTTP"
            }
            Self::UnsupportedScheme => "is not accepted by the API revision",
            Self::Missing => "is missing",
            Self::TwoPayloads => "is set twice, as bytes and as a stream; set one of them",
            Self::NotInRevision => "is not supported by the API revision",
        }
    }
}

impl fmt::Display for InputErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// An input value that cannot be sent: the field, the reason and a detail.
///
/// The message starts with the kind's slug. It quotes at most 32 characters of the value, escaped.
/// A secret is never quoted.
///
/// ```
/// use fc_headers::{InputErrorKind, ServiceName};
///
/// let error = "svc.prod".parse::<ServiceName>().unwrap_err();
/// assert_eq!(error.kind(), InputErrorKind::ForbiddenByte);
/// assert_eq!(error.field(), "service name");
/// assert_eq!(
///     error.to_string(),
///     "forbidden-byte: service name: \"svc.prod\" has '.' at byte 3; \
///      allowed: letters, digits, '_' and '-'"
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct InputError {
    kind: InputErrorKind,
    field: &'static str,
    detail: Cow<'static, str>,
}

impl InputError {
    /// Creates an error about the named field, with the general text of its kind.
    pub const fn new(kind: InputErrorKind, field: &'static str) -> Self {
        Self {
            kind,
            field,
            detail: Cow::Borrowed(""),
        }
    }

    /// Sets the detail that replaces the general text of the kind.
    ///
    /// Quote untrusted text with [`Quoted`](crate::Quoted), and never quote a secret.
    #[must_use]
    pub fn detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            detail: detail.into(),
            ..self
        }
    }

    /// The reason.
    pub const fn kind(&self) -> InputErrorKind {
        self.kind
    }

    /// The field in words, such as `service name`.
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
    use crate::hyphenated::hyphenated;

    #[test]
    fn a_message_is_the_name_of_its_kind_the_field_and_the_reason() {
        use InputErrorKind as K;
        for (kind, reason) in [
            (K::Empty, "is empty"),
            (K::DotSegment, "is a dot segment"),
            (K::ForbiddenByte, "has a byte that is not allowed"),
            (
                K::BadFirstCharacter,
                "starts with a character that is not allowed there",
            ),
            (K::TooLong, "is too long"),
            (K::TooShort, "is too short"),
            (K::UnknownValue, "is not one of the known values"),
            (
                K::SurroundingWhitespace,
                "starts or ends with whitespace; remove it",
            ),
            (K::OutOfRange, "is out of range"),
            (K::HeaderName, "is not a valid field name"),
            (K::HeaderValue, "is not a valid field value"),
            (
                K::ReservedHeader,
                "is reserved: the library or the HTTP client sets it",
            ),
            (K::TooManyHeaders, "exceed the limit"),
            (
                K::AsyncLogTail,
                "cannot be Tail for an asynchronous invocation",
            ),
            (
                K::AsyncOnly,
                "needs an asynchronous invocation; set the invocation type Async",
            ),
            (
                K::AsyncSession,
                "cannot be set for an asynchronous invocation",
            ),
            (
                K::TriggerOnly,
                "works only over an HTTP trigger or a custom domain",
            ),
            (K::PayloadTooLarge, "is larger than the limit"),
            (K::Scheme, "does not start with a known scheme"),
            (K::Host, "has no valid host"),
            (K::Port, "has no valid port"),
            (
                K::Userinfo,
                "contains a user name or a password; remove them",
            ),
            (
                K::PathNotAllowed,
                "has a path, a query or a fragment; remove it",
            ),
            (
                K::InsecureEndpoint,
                "uses plain HTTP and is not a loopback address; use https, or Endpoint::insecure to allow plain HTTP",
            ),
            (K::UnsupportedScheme, "is not accepted by the API revision"),
            (K::Missing, "is missing"),
            (
                K::TwoPayloads,
                "is set twice, as bytes and as a stream; set one of them",
            ),
            (K::NotInRevision, "is not supported by the API revision"),
        ] {
            let error = InputError::new(kind, "the field");
            let name = hyphenated(&kind);
            assert_eq!((error.kind(), error.field()), (kind, "the field"));
            assert_eq!((kind.slug(), kind.to_string()), (&*name, name.clone()));
            assert_eq!(error.to_string(), format!("{name}: the field {reason}"));
        }
    }

    #[test]
    fn a_detail_replaces_the_general_text() {
        let error = InputError::new(InputErrorKind::TooManyHeaders, "extra headers")
            .detail("found 129; the limit is 128");
        assert_eq!(
            error.to_string(),
            "too-many-headers: extra headers: found 129; the limit is 128"
        );
        assert_eq!(format!("{error:?}"), format!("InputError({error})"));
    }
}
