//! The address of the page of a run.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use serde::{Deserialize, Serialize};

use fcgate_text::redaction::redact_tokens;

/// The address of the page where a run can be seen: `http` or `https`, without a credential, at most 2000 bytes.
///
/// ```
/// use fc_conformance::report::RunUrl;
///
/// assert!("https://ci.example/sdk/runs/17".parse::<RunUrl>().is_ok());
/// assert!("javascript:alert(1)".parse::<RunUrl>().is_err());
/// assert!("https://user:password@ci.example/".parse::<RunUrl>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RunUrl(String);

/// The visible characters that RFC 3986 allows nowhere in a URL.
const NOT_IN_A_URL: &[u8] = b"\"<>\\^`{|}";

impl RunUrl {
    /// The most bytes of an address.
    pub const MAX: usize = 2_000;

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The reason why a text is not the address of a run. It contains nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidRunUrl {
    /// The text has too many bytes.
    TooLong {
        /// The number of bytes.
        length: usize,
    },
    /// The text contains a space, a control character or another character that a URL cannot contain.
    Character {
        /// The offset of its first byte.
        offset: usize,
    },
    /// The text does not start with `http://` or `https://`.
    Scheme,
    /// The text has no valid host, or is not a URL.
    Host,
    /// The address contains a user or password, or a parameter that is named for a credential.
    Credential,
}

impl fmt::Display for InvalidRunUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { length } => write!(
                f,
                "the address has {length} bytes; expected at most {}",
                RunUrl::MAX
            ),
            Self::Character { offset } => write!(
                f,
                "the address has a space, a control character or another character that a URL cannot contain at byte {offset}; percent-encode it"
            ),
            Self::Scheme => f.write_str("expected an address that starts with https:// or http://"),
            Self::Host => f.write_str("expected a URL with a host, such as https://ci.example/runs/17"),
            Self::Credential => f.write_str(
                "the address contains a credential (a user, a password or a token); remove it, because reports are published",
            ),
        }
    }
}

impl std::error::Error for InvalidRunUrl {}

impl FromStr for RunUrl {
    type Err = InvalidRunUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > Self::MAX {
            return Err(InvalidRunUrl::TooLong { length: text.len() });
        }
        if let Some(offset) = text
            .bytes()
            .position(|byte| !byte.is_ascii_graphic() || NOT_IN_A_URL.contains(&byte))
        {
            return Err(InvalidRunUrl::Character { offset });
        }
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        let web = |scheme: &str| {
            ["http", "https"]
                .iter()
                .any(|web| scheme.eq_ignore_ascii_case(web))
        };
        if !scheme.is_some_and(web) {
            return Err(InvalidRunUrl::Scheme);
        }
        let uri: Uri = text.parse().map_err(|_| InvalidRunUrl::Host)?;
        let authority = uri.authority().ok_or(InvalidRunUrl::Host)?;
        if authority.as_str().contains('@') || redact_tokens(text) != text {
            return Err(InvalidRunUrl::Credential);
        }
        if authority.host().is_empty() {
            return Err(InvalidRunUrl::Host);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for RunUrl {
    type Error = InvalidRunUrl;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RunUrl> for String {
    fn from(url: RunUrl) -> Self {
        url.0
    }
}

impl fmt::Display for RunUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidRunUrl as Invalid, RunUrl};

    #[test]
    fn addresses_of_ci_systems_are_valid() {
        for text in [
            "https://github.com/owner/sdk/actions/runs/17/attempts/2#summary",
            "https://gitlab.example/group/sdk/-/pipelines/17",
            "http://ci.example:8080/job/sdk/17/",
            "https://ci.example/results?buildId=17",
            "https://[2001:db8::1]/runs/17",
        ] {
            let url: RunUrl = text.parse().unwrap();
            assert_eq!(url.as_str(), text);
        }
    }

    #[test]
    fn each_other_text_is_rejected_with_its_reason() {
        let long = format!("https://a.example/{}", "a".repeat(2_000));
        for (text, reason) in [
            (long.as_str(), Invalid::TooLong { length: 2_018 }),
            ("https://a.example/b c", Invalid::Character { offset: 19 }),
            ("https://a.example/\r\nb", Invalid::Character { offset: 18 }),
            (
                "https://a.example/\u{202e}",
                Invalid::Character { offset: 18 },
            ),
            ("", Invalid::Scheme),
            ("a.example/runs/17", Invalid::Scheme),
            ("javascript://a.example/%0aalert(1)", Invalid::Scheme),
            ("file:///etc/passwd", Invalid::Scheme),
            ("https://", Invalid::Host),
            ("https:///runs/17", Invalid::Host),
            ("https://:443/", Invalid::Host),
            (
                "https://a.example/\"onclick=x",
                Invalid::Character { offset: 18 },
            ),
            ("https://user:password@a.example/", Invalid::Credential),
            ("https://user@a.example/", Invalid::Credential),
            ("https://@a.example/", Invalid::Credential),
            (
                "https://a.example/runs?access_token=abcdefgh",
                Invalid::Credential,
            ),
            (
                "https://a.example/runs#access_token=abcdefgh",
                Invalid::Credential,
            ),
        ] {
            assert_eq!(text.parse::<RunUrl>(), Err(reason), "{text:?}");
        }
    }
}
