//! The id of an access key.

use std::fmt;
use std::str::FromStr;

use crate::credentials_error::{CredentialsError, check};

/// The id of an access key: the public half, which every signed request contains.
///
/// 1 to 256 characters of visible ASCII, without `:` and `,`, which terminate the id in the two
/// `Authorization` formats.
///
/// ```
/// use fc_sign::AccessKeyId;
///
/// let id: AccessKeyId = "FCTESTACCESSKEYID01".parse()?;
/// assert_eq!(id.as_str(), "FCTESTACCESSKEYID01");
/// assert!("AK ID".parse::<AccessKeyId>().is_err());
/// # Ok::<(), fc_sign::CredentialsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AccessKeyId(String);

/// The longest id, in bytes.
pub(crate) const MAX_LEN: usize = 256;

impl AccessKeyId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccessKeyId {
    type Err = CredentialsError;

    /// # Errors
    ///
    /// If the text is empty, too long, surrounded by whitespace or has a forbidden character.
    fn from_str(text: &str) -> Result<Self, CredentialsError> {
        check(text, "access key id", MAX_LEN, |byte| {
            byte.is_ascii_graphic() && byte != b':' && byte != b','
        })?;
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for AccessKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
