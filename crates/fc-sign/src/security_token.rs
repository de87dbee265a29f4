//! The security token of temporary credentials.

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;
use zeroize::Zeroizing;

use crate::credentials_error::{CredentialsError, check};
use crate::{header_value, zeroized_on_drop};

/// The STS token of temporary credentials: redacted in `Debug`, without a getter.
///
/// 1 to 65,536 characters of visible ASCII, sent and signed unchanged. Clones share one allocation,
/// which is zeroized when the last of them is dropped.
#[derive(Clone)]
pub struct SecurityToken(HeaderValue);

const MAX_LEN: usize = 65_536;

impl SecurityToken {
    /// The token as a header value: marked sensitive, and shares the zeroized allocation.
    pub(crate) fn header_value(&self) -> &HeaderValue {
        &self.0
    }
}

impl TryFrom<String> for SecurityToken {
    type Error = CredentialsError;

    /// Takes ownership of the text and zeroizes it even on an error.
    ///
    /// # Errors
    ///
    /// If the text is empty, too long, surrounded by whitespace or not visible ASCII.
    fn try_from(text: String) -> Result<Self, CredentialsError> {
        let text = Zeroizing::new(text);
        check(&text, "security token", MAX_LEN, |byte| {
            byte.is_ascii_graphic()
        })?;
        Ok(Self(header_value::sensitive(zeroized_on_drop::share(text))))
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
