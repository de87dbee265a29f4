//! The name of the header that keeps a session on its instance.

use std::fmt;
use std::str::FromStr;

use http::HeaderName;

use crate::grammar::{NAME, check_alphabet, check_length};
use crate::{InputError, InputErrorKind, Quoted};

const FIELD: &str = "session header name";
const MIN_LENGTH: usize = 5;
const MAX_LENGTH: usize = 40;
const RESERVED_PREFIX: &str = "x-fc-";

/// The name of the header field that carries a [`SessionId`](crate::SessionId): `affinityHeaderFieldName` of a
/// function whose session affinity is `HEADER_FIELD`.
///
/// 5 to 40 characters: a letter, then letters, digits, `-` and `_`. It does not begin with `x-fc-`; that this is
/// compared without case is inferred. The name is sent in lower case, because HTTP ignores the case of names. Source:
/// model `HeaderFieldSessionAffinityConfig` of `alibabacloud-go/fc-20230330` v4.8.2; manual page "`HeaderField`
/// affinity" of FC 3.0.
///
/// ```
/// use fc_headers::SessionHeaderName;
///
/// let name: SessionHeaderName = "My-Chat-Session".parse()?;
/// assert_eq!(name.as_str(), "my-chat-session");
/// assert!("X-FC-Session".parse::<SessionHeaderName>().is_err());
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SessionHeaderName(HeaderName);

impl SessionHeaderName {
    /// The name in lower case.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The name as the key of a header map.
    pub const fn header_name(&self) -> &HeaderName {
        &self.0
    }
}

impl FromStr for SessionHeaderName {
    type Err = InputError;

    /// # Errors
    ///
    /// `empty`, `too-short`, `too-long`, `forbidden-byte`, `bad-first-character`, or `reserved-header` for a name that
    /// begins with `x-fc-`.
    fn from_str(text: &str) -> Result<Self, InputError> {
        let refuse = |kind, reason: &str| {
            let detail = format!("{} {reason}", Quoted::new(text));
            Err(InputError::new(kind, FIELD).detail(detail))
        };
        check_length(text, FIELD, MAX_LENGTH)?;
        check_alphabet(text, FIELD, &NAME)?;
        if !text.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return refuse(
                InputErrorKind::BadFirstCharacter,
                "does not start with a letter",
            );
        }
        if text.len() < MIN_LENGTH {
            return refuse(
                InputErrorKind::TooShort,
                "has fewer than 5 characters; the manual demands 5 to 40",
            );
        }
        let name = HeaderName::try_from(text);
        let name = name.map_err(|_| InputError::new(InputErrorKind::HeaderName, FIELD))?;
        if name.as_str().starts_with(RESERVED_PREFIX) {
            return refuse(
                InputErrorKind::ReservedHeader,
                "begins with x-fc-, which belongs to the service",
            );
        }
        Ok(Self(name))
    }
}

impl TryFrom<&str> for SessionHeaderName {
    type Error = InputError;

    fn try_from(text: &str) -> Result<Self, InputError> {
        text.parse()
    }
}

impl fmt::Display for SessionHeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for SessionHeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SessionHeaderName")
            .field(&self.as_str())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> &'static str {
        text.parse::<SessionHeaderName>()
            .map_or_else(|error| error.kind().slug(), |_| "ok")
    }

    #[test]
    fn a_name_has_5_to_40_characters_and_begins_with_a_letter() {
        let long = "a".repeat(40);
        for text in ["abcde", "A-b_9", "x-acs-session", "x-fcs", &long] {
            assert_eq!(slug(text), "ok", "{text}");
        }
        assert_eq!(slug(""), "empty");
        assert_eq!(slug("abcd"), "too-short");
        assert_eq!(slug(&"a".repeat(41)), "too-long");
        for text in ["1abcd", "-abcd", "_abcd"] {
            assert_eq!(slug(text), "bad-first-character", "{text}");
        }
        for text in [
            "ab cd",
            "ab.cd",
            "abcd:",
            "abcd\r\n",
            "abcd\u{e9}",
            " abcde",
        ] {
            assert_eq!(slug(text), "forbidden-byte", "{text:?}");
        }
    }

    #[test]
    fn a_name_of_the_service_is_refused_in_any_case() {
        for text in ["x-fc-session", "X-Fc-Session", "X-FC-", "x-FC-log-type"] {
            assert_eq!(slug(text), "reserved-header", "{text}");
        }
    }
}
