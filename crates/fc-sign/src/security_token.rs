//! The token of temporary credentials.

use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::credentials_error::{CredentialsError, check};
use crate::header_value;

/// The STS token of temporary credentials: one allocation for all its copies, wiped with the last.
///
/// Visible ASCII, 1 to 65,536 characters. It is sent and signed verbatim.
#[derive(Clone)]
pub struct SecurityToken(HeaderValue);

const MAX_LEN: usize = 65_536;

struct Wiped(Zeroizing<String>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl SecurityToken {
    /// The header value: marked sensitive, and a view of the one wiped allocation.
    pub(crate) fn header_value(&self) -> &HeaderValue {
        &self.0
    }
}

impl TryFrom<String> for SecurityToken {
    type Error = CredentialsError;

    /// Takes the allocation over, so that it is wiped also when the text is refused.
    ///
    /// # Errors
    ///
    /// When the text is empty, too long, padded with white space or not visible ASCII throughout.
    fn try_from(text: String) -> Result<Self, CredentialsError> {
        let text = Zeroizing::new(text);
        check(&text, "security token", MAX_LEN, |byte| {
            byte.is_ascii_graphic()
        })?;
        Ok(Self(header_value::sensitive(Bytes::from_owner(Wiped(
            text,
        )))))
    }
}

impl FromStr for SecurityToken {
    type Err = CredentialsError;

    /// # Errors
    ///
    /// As `TryFrom<String>`.
    fn from_str(text: &str) -> Result<Self, CredentialsError> {
        Self::try_from(text.to_owned())
    }
}

impl fmt::Debug for SecurityToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecurityToken(redacted)")
    }
}
