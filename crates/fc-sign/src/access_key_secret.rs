//! The secret of an access key.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use crate::credentials_error::{CredentialsError, check};

/// The secret of an access key: zeroized on drop, redacted in `Debug`, without a getter.
///
/// UTF-8 text of 1 to 4,096 bytes without control characters. Its bytes are the HMAC key.
pub struct AccessKeySecret(Zeroizing<String>);

const MAX_LEN: usize = 4096;

impl AccessKeySecret {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl TryFrom<String> for AccessKeySecret {
    type Error = CredentialsError;

    /// Takes ownership of the text and zeroizes it even on an error.
    ///
    /// # Errors
    ///
    /// If the text is empty, too long, surrounded by whitespace or has a control character.
    fn try_from(text: String) -> Result<Self, CredentialsError> {
        let text = Zeroizing::new(text);
        check(&text, "access key secret", MAX_LEN, |byte| {
            !byte.is_ascii_control()
        })?;
        Ok(Self(text))
    }
}

impl FromStr for AccessKeySecret {
    type Err = CredentialsError;

    /// # Errors
    ///
    /// As `TryFrom<String>`.
    fn from_str(text: &str) -> Result<Self, CredentialsError> {
        Self::try_from(text.to_owned())
    }
}

impl fmt::Debug for AccessKeySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessKeySecret(redacted)")
    }
}
