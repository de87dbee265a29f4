//! The error of signing.

use std::error::Error;
use std::fmt;

use http::HeaderName;

/// The reason why a request is not signed, or why a nonce or a time is rejected.
///
/// The message starts with a stable word for the variant and contains no secret.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignError {
    /// The request already has a signature.
    AlreadySigned,
    /// A signed header occurs more than once. Official SDKs disagree on how to sign it.
    DuplicateHeader(HeaderName),
    /// The value is not ASCII, or (`FC` only) has spaces at its ends, so that the receiver would see
    /// other bytes than the signed ones.
    UnsignableHeader(HeaderName),
    /// The request has another security token than the credentials.
    TokenConflict(HeaderName),
    /// The request has different values of `Date` and `x-fc-date`. The documentation does not define
    /// which one is signed.
    DateConflict,
    /// The method is not upper-case ASCII.
    Method,
    /// The path does not start with `/`.
    Path,
    /// The path has two slashes in a row, which a proxy may merge after signing.
    EmptySegment,
    /// The path has a segment `.` or `..`, which a proxy may remove after signing.
    DotSegment,
    /// A `%` is not followed by two hex digits.
    BadPercentEscape,
    /// The decoded path or query is not UTF-8.
    NotUtf8,
    /// Another request could have the same decoded path or query.
    AmbiguousResource(&'static str),
    /// The URI has no host and the request has no `Host` header.
    Host,
    /// The nonce is empty, longer than 128 characters or not visible ASCII.
    Nonce,
    /// The time is not in the years 1970 to 9999.
    TimeOutOfRange,
    /// The text is not an existing time in the format `2022-05-11T09:00:00Z`, for example because it has a fraction of
    /// a second or another time zone.
    TimeFormat,
    /// The request has a digest of another body. Remove the header, or compute it for this body.
    StaleDigest(HeaderName),
    /// The request has no digest of a body that is not in memory.
    MissingDigest(HeaderName),
    /// The expiry of a pre-signed URL is not after the time of signing.
    ExpiresOutOfRange,
    /// The URL would contain the security token;
    /// [`presign_with_token`](crate::fc::FcSigner::presign_with_token) allows that.
    TokenInUrl,
    /// The URI with the added token or signature is longer than an HTTP client can send.
    UriTooLong,
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::DuplicateHeader(name) => {
                return write!(f, "duplicate-header: {name} occurs more than once");
            }
            Self::UnsignableHeader(name) => {
                return write!(
                    f,
                    "unsignable-header: the value of {name} has spaces at its ends or is not ASCII"
                );
            }
            Self::TokenConflict(name) => {
                return write!(
                    f,
                    "token-conflict: {name} differs from the credentials' token; remove it"
                );
            }
            Self::AmbiguousResource(reason) => return write!(f, "ambiguous-resource: {reason}"),
            Self::AlreadySigned => {
                "already-signed: the request already has a signature; remove it first"
            }
            Self::DateConflict => "date-conflict: date and x-fc-date differ; remove one of them",
            Self::Method => "method: expected an upper-case method such as POST",
            Self::Path => "path: expected a path that starts with a slash",
            Self::EmptySegment => "empty-segment: the path has two slashes in a row",
            Self::DotSegment => "dot-segment: the path has a segment \".\" or \"..\"",
            Self::BadPercentEscape => "bad-percent-escape: a % is not followed by two hex digits",
            Self::NotUtf8 => "not-utf8: the decoded path or query is not UTF-8",
            Self::Host => "host: the request names no host",
            Self::Nonce => "nonce: expected 1 to 128 visible ASCII characters",
            Self::StaleDigest(name) => {
                return write!(
                    f,
                    "stale-digest: {name} is not the digest of the body; remove or update it"
                );
            }
            Self::MissingDigest(name) => {
                return write!(
                    f,
                    "missing-digest: the body is not in memory, so {name} must be set"
                );
            }
            Self::TimeOutOfRange => "time-out-of-range: expected a time in the years 1970 to 9999",
            Self::TimeFormat => {
                "time-format: expected an existing time of UTC in whole seconds, \
                 such as 2022-05-11T09:00:00Z"
            }
            Self::ExpiresOutOfRange => {
                "expires-out-of-range: the expiry is not after the time of signing"
            }
            Self::TokenInUrl => {
                "token-in-url: the URL would contain the security token; \
                 use presign_with_token to allow that"
            }
            Self::UriTooLong => {
                "uri-too-long: the URI with the added token or signature is longer than an HTTP client can send"
            }
        };
        f.write_str(text)
    }
}

impl Error for SignError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of a variant in lower case, with hyphens between its words.
    fn word(error: &SignError) -> String {
        let name = format!("{error:?}");
        let mut word = String::new();
        for letter in name.chars().take_while(char::is_ascii_alphanumeric) {
            if letter.is_ascii_uppercase() && !word.is_empty() {
                word.push('-');
            }
            word.push(letter.to_ascii_lowercase());
        }
        word
    }

    #[test]
    fn a_message_is_the_word_of_its_variant_and_the_reason() {
        use SignError as E;
        let name = || HeaderName::from_static("x-fc-a");
        for (error, reason) in [
            (
                E::AlreadySigned,
                "the request already has a signature; remove it first",
            ),
            (E::DuplicateHeader(name()), "x-fc-a occurs more than once"),
            (
                E::UnsignableHeader(name()),
                "the value of x-fc-a has spaces at its ends or is not ASCII",
            ),
            (
                E::TokenConflict(name()),
                "x-fc-a differs from the credentials' token; remove it",
            ),
            (
                E::DateConflict,
                "date and x-fc-date differ; remove one of them",
            ),
            (E::Method, "expected an upper-case method such as POST"),
            (E::Path, "expected a path that starts with a slash"),
            (E::EmptySegment, "the path has two slashes in a row"),
            (E::DotSegment, r#"the path has a segment "." or "..""#),
            (E::BadPercentEscape, "a % is not followed by two hex digits"),
            (E::NotUtf8, "the decoded path or query is not UTF-8"),
            (E::AmbiguousResource("a reason"), "a reason"),
            (E::Host, "the request names no host"),
            (E::Nonce, "expected 1 to 128 visible ASCII characters"),
            (
                E::TimeOutOfRange,
                "expected a time in the years 1970 to 9999",
            ),
            (
                E::TimeFormat,
                "expected an existing time of UTC in whole seconds, such as 2022-05-11T09:00:00Z",
            ),
            (
                E::StaleDigest(name()),
                "x-fc-a is not the digest of the body; remove or update it",
            ),
            (
                E::MissingDigest(name()),
                "the body is not in memory, so x-fc-a must be set",
            ),
            (
                E::ExpiresOutOfRange,
                "the expiry is not after the time of signing",
            ),
            (
                E::TokenInUrl,
                "the URL would contain the security token; use presign_with_token to allow that",
            ),
            (
                E::UriTooLong,
                "the URI with the added token or signature is longer than an HTTP client can send",
            ),
        ] {
            assert_eq!(error.to_string(), format!("{}: {reason}", word(&error)));
        }
    }
}
