//! The place of a JSON Web Token in a request.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use http::HeaderName;
use http::header::AUTHORIZATION;

/// The place where a trigger looks for a JSON Web Token: one entry of `TokenLookup` in its configuration.
///
/// `header:{name}`, `header:{name}:{prefix}`, `cookie:{name}` or `query:{name}`. The prefix stands before the token with a
/// space between them. Source: sample `header:Authorization:Bearer,cookie:AuthorizationCookie` of the model
/// `JWTAuthConfig` of `alibabacloud-go/fc-20230330` v4.8.2; the place `query` and the space after the prefix are inferred.
///
/// ```
/// use fc_sign::TokenPlace;
///
/// let place: TokenPlace = "header:Authorization:Bearer".parse()?;
/// assert_eq!(place, TokenPlace::bearer());
/// assert!("form:token".parse::<TokenPlace>().is_err());
/// # Ok::<(), fc_sign::TokenPlaceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenPlace(pub(crate) Place);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Header {
        name: HeaderName,
        prefix: Option<Box<str>>,
    },
    Cookie(Box<str>),
    Query(Box<str>),
}

const MAX_LEN: usize = 128;

impl TokenPlace {
    /// `header:Authorization:Bearer`.
    pub fn bearer() -> Self {
        Self(Place::Header {
            name: AUTHORIZATION,
            prefix: Some("Bearer".into()),
        })
    }
}

impl FromStr for TokenPlace {
    type Err = TokenPlaceError;

    /// Parses one entry of `TokenLookup`.
    ///
    /// # Errors
    ///
    /// [`TokenPlaceError`]: the part that is invalid.
    fn from_str(text: &str) -> Result<Self, TokenPlaceError> {
        let mut parts = text.split(':');
        let place = parts.next().unwrap_or_default();
        let name = parts.next().ok_or(TokenPlaceError::Name)?;
        let prefix = parts.next();
        if parts.next().is_some() || (prefix.is_some() && place != "header") {
            return Err(TokenPlaceError::Prefix);
        }
        let is_valid = |allowed: fn(u8) -> bool| {
            (1..=MAX_LEN).contains(&name.len()) && name.bytes().all(allowed)
        };
        let name_if = |allowed| {
            let name = is_valid(allowed).then(|| name.into());
            name.ok_or(TokenPlaceError::Name)
        };
        Ok(Self(match place {
            "header" => {
                let is_prefix = |prefix: &&str| {
                    (1..=MAX_LEN).contains(&prefix.len())
                        && prefix.bytes().all(|byte| byte.is_ascii_graphic())
                };
                let prefix = prefix
                    .map(|prefix| {
                        Some(prefix)
                            .filter(is_prefix)
                            .ok_or(TokenPlaceError::Prefix)
                    })
                    .transpose()?;
                let valid = is_valid(|byte| byte.is_ascii_graphic());
                let name = HeaderName::try_from(name).ok().filter(|_| valid);
                Place::Header {
                    name: name.ok_or(TokenPlaceError::Name)?,
                    prefix: prefix.map(Into::into),
                }
            }
            "cookie" => Place::Cookie(name_if(is_token_byte)?),
            "query" => Place::Query(name_if(is_unreserved)?),
            _ => return Err(TokenPlaceError::Place),
        }))
    }
}

/// A character of a token of RFC 9110, section 5.6.2, of which the name of a cookie is made.
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// An unreserved character of RFC 3986, section 2.3, which no client and no server escapes.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// A place of a token that is invalid.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenPlaceError {
    /// The place is not `header`, `cookie` or `query`.
    Place,
    /// The name is missing, too long or has a character that is not allowed.
    Name,
    /// The prefix is empty, too long, not visible ASCII, or not for a header.
    Prefix,
}

impl fmt::Display for TokenPlaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Place => {
                "place: expected header, cookie or query, such as header:Authorization:Bearer"
            }
            Self::Name => {
                "name: expected a name of 1 to 128 characters after the place, such as cookie:token"
            }
            Self::Prefix => {
                "prefix: expected 1 to 128 visible characters, and only after the name of a header"
            }
        })
    }
}

impl Error for TokenPlaceError {}
