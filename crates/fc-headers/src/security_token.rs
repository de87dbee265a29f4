//! `X-Fc-Security-Token`

use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::header::trimmed;
use crate::{Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind};

const FIELD: &str = "security token";
const MAX_LENGTH: usize = 65_536;

/// `X-Fc-Security-Token`: the token of temporary credentials. Request header, secret.
///
/// Visible ASCII without spaces, 1 to 65,536 bytes; real tokens have up to a few kilobytes. Clones
/// and encoded header values share one allocation, which is zeroized when the last of them is
/// dropped. The token has no getter: only an encoded value contains it, and that is marked
/// sensitive. Source: manual of FC 2.0, "Common parameters".
///
/// ```
/// use fc_headers::{Header, SecurityToken};
///
/// let token: SecurityToken = "CAISdummySTS+token/with==chars".parse()?;
/// assert_eq!(format!("{token:?}"), "SecurityToken(redacted)");
/// assert!(token.encode().is_sensitive());
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone)]
pub struct SecurityToken(HeaderValue);

/// The owner of the token's bytes; dropping it zeroizes them.
struct ZeroizedOnDrop(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for ZeroizedOnDrop {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl SecurityToken {
    fn new(bytes: Zeroizing<Vec<u8>>) -> Result<Self, InputError> {
        Self::check(&bytes)?;
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(ZeroizedOnDrop(bytes)))
            .map_err(|_| InputError::new(InputErrorKind::ForbiddenByte, FIELD))?;
        value.set_sensitive(true);
        Ok(Self(value))
    }

    fn check(bytes: &[u8]) -> Result<(), InputError> {
        match bytes.len() {
            0 => return Err(InputError::new(InputErrorKind::Empty, FIELD)),
            1..=MAX_LENGTH => {}
            _ => return Err(InputError::new(InputErrorKind::TooLong, FIELD)),
        }
        let ends = [bytes.first(), bytes.last()];
        if ends.into_iter().flatten().any(u8::is_ascii_whitespace) {
            return Err(InputError::new(
                InputErrorKind::SurroundingWhitespace,
                FIELD,
            ));
        }
        if bytes.iter().all(u8::is_ascii_graphic) {
            Ok(())
        } else {
            Err(InputError::new(InputErrorKind::ForbiddenByte, FIELD))
        }
    }
}

impl Header<'_> for SecurityToken {
    const FIELD_NAME: &'static str = "x-fc-security-token";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        Self::try_from(trimmed(value)).map_err(|error| {
            let kind = match error.kind() {
                InputErrorKind::Empty => HeaderErrorKind::Empty,
                InputErrorKind::TooLong => HeaderErrorKind::TooLarge,
                _ => HeaderErrorKind::NotText,
            };
            HeaderError::new(kind, Self::NAME)
        })
    }

    fn encode(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl TryFrom<&[u8]> for SecurityToken {
    type Error = InputError;

    fn try_from(bytes: &[u8]) -> Result<Self, Self::Error> {
        Self::new(Zeroizing::new(bytes.to_vec()))
    }
}

impl FromStr for SecurityToken {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.as_bytes())
    }
}

impl TryFrom<String> for SecurityToken {
    type Error = InputError;

    /// Takes ownership of the text without a copy, and zeroizes it even on an error.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(Zeroizing::new(text.into_bytes()))
    }
}

impl fmt::Debug for SecurityToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecurityToken(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(token: &[u8]) -> &'static str {
        SecurityToken::try_from(token).map_or_else(|error| error.kind().slug(), |_| "ok")
    }

    #[test]
    fn tokens_are_accepted_up_to_64_kib() {
        assert_eq!(slug(&[b't'; 8192]), "ok");
        assert_eq!(slug(&vec![b't'; 65_536]), "ok");
        assert_eq!(slug(&vec![b't'; 65_537]), "too-long");
    }

    #[test]
    fn empty_padded_too_long_and_non_ascii_tokens_are_rejected() {
        assert_eq!(slug(b""), "empty");
        assert_eq!(slug(b"tok en"), "forbidden-byte");
        assert_eq!(slug(b"tok\x80"), "forbidden-byte");
        assert_eq!(slug(b"token\n"), "surrounding-whitespace");
        let value = HeaderValue::from_bytes(&vec![b't'; 65_537]).unwrap();
        let error = SecurityToken::decode(&value).unwrap_err();
        assert_eq!(error.kind(), HeaderErrorKind::TooLarge);
    }

    #[test]
    fn error_messages_do_not_contain_the_token() {
        let error = "tok\u{1b}en".parse::<SecurityToken>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "forbidden-byte: security token has a byte that is not allowed"
        );
        let value = HeaderValue::from_bytes(b"tok\x80").unwrap();
        assert_eq!(
            SecurityToken::decode(&value).unwrap_err().to_string(),
            "not-text: x-fc-security-token is not visible ASCII text"
        );
    }
}
