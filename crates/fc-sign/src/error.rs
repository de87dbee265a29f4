//! Why a request was not signed.

use std::error::Error;
use std::fmt;

use http::HeaderName;

/// Why a request was not signed; nothing has changed when it is returned.
///
/// Every text begins with a short word that stands for the variant, and none holds a secret.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignError {
    /// The request already carries a signature.
    AlreadySigned,
    /// A header that the scheme reads once occurs more than once; official SDKs disagree on the result.
    DuplicateHeader(HeaderName),
    /// The receiver would not see the signed bytes: the value is not ASCII, or padded under `FC`.
    UnsignableHeader(HeaderName),
    /// The request carries a security token, and so do the credentials.
    TokenConflict(HeaderName),
    /// `Date` and `x-fc-date` are both there and differ; no source says which one counts.
    DateConflict,
    /// The method is not upper-case ASCII.
    Method,
    /// The path does not begin with `/`.
    Path,
    /// Two slashes in a row: an intermediary may fold them after signing.
    EmptySegment,
    /// A segment is `.` or `..`: an intermediary may fold it after signing.
    DotSegment,
    /// A `%` without two hex digits behind it.
    BadPercentEscape,
    /// The decoded path or query is not UTF-8.
    NotUtf8,
    /// The decoded path or query could be the text of another request.
    AmbiguousResource(&'static str),
    /// The URI names no host and there is no `Host` header.
    Host,
    /// The nonce is empty, longer than 128 characters or not visible ASCII.
    Nonce,
    /// The time is not in the years 1970 to 9999, or the text names no such time.
    TimeOutOfRange,
    /// The expiry of a pre-signed URL is not after the time of signing, or after the year 9999.
    ExpiresOutOfRange,
    /// The security token would stand in the URL, which the caller did not ask for.
    TokenInUrl,
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
                    "unsignable-header: the value of {name} is padded or not ASCII"
                );
            }
            Self::TokenConflict(name) => {
                return write!(
                    f,
                    "token-conflict: {name} is there, and the credentials have a token"
                );
            }
            Self::AmbiguousResource(why) => return write!(f, "ambiguous-resource: {why}"),
            Self::AlreadySigned => "already-signed: the request carries a signature",
            Self::DateConflict => "date-conflict: date and x-fc-date differ",
            Self::Method => "method: the method is not upper-case ASCII",
            Self::Path => "path: the path does not begin with a slash",
            Self::EmptySegment => "empty-segment: the path has two slashes in a row",
            Self::DotSegment => "dot-segment: the path has a segment of dots",
            Self::BadPercentEscape => "bad-percent-escape: a % is not followed by two hex digits",
            Self::NotUtf8 => "not-utf8: the decoded path or query is not UTF-8",
            Self::Host => "host: the request names no host",
            Self::Nonce => "nonce: the nonce is not 1 to 128 visible ASCII characters",
            Self::TimeOutOfRange => "time-out-of-range: the time is not in the years 1970 to 9999",
            Self::ExpiresOutOfRange => {
                "expires-out-of-range: the expiry is not after the time of signing"
            }
            Self::TokenInUrl => "token-in-url: the security token would stand in the URL",
        };
        f.write_str(text)
    }
}

impl Error for SignError {}
