//! The bearer token of an HTTP trigger.

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;
use zeroize::Zeroizing;

use crate::credentials_error::{CredentialsError, check, check_min};
use crate::{header_value, zeroized_on_drop};

/// The bearer token of an HTTP trigger or a custom domain: redacted in `Debug`, without a getter.
///
/// 32 to 128 characters: letters, digits and `+ / = - ~ .`. A token of a custom domain does not begin with a digit or `-`
/// (that is a rule of its configuration, and not checked here). Clones share one allocation, which is zeroized when the
/// last of them is dropped. Source: manual pages "Enable Bearer authentication for an HTTP trigger" and "Configure Bearer
/// authentication for custom domain names" of Function Compute 3.0.
///
/// ```
/// use fc_sign::BearerToken;
///
/// let token: BearerToken = "demo-token-0123456789-0123456789".parse()?;
/// assert_eq!(token.header_value(), "Bearer demo-token-0123456789-0123456789");
/// assert!(token.header_value().is_sensitive());
/// assert_eq!(format!("{token:?}"), "BearerToken(redacted)");
/// # Ok::<(), fc_sign::CredentialsError>(())
/// ```
#[derive(Clone)]
pub struct BearerToken(HeaderValue);

const FIELD: &str = "bearer token";
const MIN_LEN: usize = 32;
const MAX_LEN: usize = 128;

impl BearerToken {
    /// The value of `Authorization`: `Bearer`, a space and the token. It is marked sensitive.
    pub fn header_value(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl TryFrom<String> for BearerToken {
    type Error = CredentialsError;

    /// Takes ownership of the text and zeroizes it even on an error.
    ///
    /// # Errors
    ///
    /// If the text is empty, too short, too long, surrounded by whitespace or has another character.
    fn try_from(text: String) -> Result<Self, CredentialsError> {
        let text = Zeroizing::new(text);
        check(&text, FIELD, MAX_LEN, |byte| {
            byte.is_ascii_alphanumeric() || b"+/=-~.".contains(&byte)
        })?;
        check_min(&text, FIELD, MIN_LEN)?;
        let value = Zeroizing::new(["Bearer ", &text].concat());
        Ok(Self(header_value::sensitive(zeroized_on_drop::share(
            value,
        ))))
    }
}

impl FromStr for BearerToken {
    type Err = CredentialsError;

    /// # Errors
    ///
    /// As `TryFrom<String>`.
    fn from_str(text: &str) -> Result<Self, CredentialsError> {
        Self::try_from(text.to_owned())
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken(redacted)")
    }
}
