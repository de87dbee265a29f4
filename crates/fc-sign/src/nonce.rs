//! The nonce of ACS3.

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;

use crate::SignError;

/// A unique value per request, which protects ACS3 requests against replay.
///
/// 1 to 128 characters of visible ASCII without spaces; SDKs send 32 hex digits. Generate a random
/// one for each attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonce(HeaderValue);

const MAX_LEN: usize = 128;

impl Nonce {
    pub(crate) fn header_value(&self) -> &HeaderValue {
        &self.0
    }
}

impl FromStr for Nonce {
    type Err = SignError;

    /// # Errors
    ///
    /// [`SignError::Nonce`] if the text is empty, too long or not visible ASCII.
    fn from_str(text: &str) -> Result<Self, SignError> {
        let is_valid =
            (1..=MAX_LEN).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_valid {
            return Err(SignError::Nonce);
        }
        HeaderValue::from_str(text)
            .map(Self)
            .map_err(|_| SignError::Nonce)
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.to_str().unwrap_or_default())
    }
}
