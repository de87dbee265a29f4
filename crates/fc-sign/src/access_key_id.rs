//! The public half of an access key.

use std::fmt;
use std::str::FromStr;

use crate::credentials_error::{CredentialsError, check};

/// The id of an access key: the public name under which a request is signed.
///
/// Visible ASCII without `:` and `,`, which end the id in the two `Authorization` forms; 1 to 256
/// characters.
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

const MAX_LEN: usize = 256;

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
    /// When the text is empty, too long, padded with white space or holds a byte outside the grammar.
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
