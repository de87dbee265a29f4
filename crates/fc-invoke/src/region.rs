//! The region of an endpoint.

use std::fmt;
use std::str::FromStr;

use fc_headers::{InputError, InputErrorKind, Quoted};

/// The id of a region, such as `cn-hangzhou`: a label of the endpoint's host name.
///
/// Lower-case letters, digits and inner hyphens, 1 to 50 characters. The set of regions grows, so
/// that any such text is taken. Source: manual page "Endpoints".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Region(String);

const FIELD: &str = "region";
/// With `-internal` behind it, the label stays below the 63 characters of DNS.
const MAX_LEN: usize = 50;

impl Region {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Region {
    type Err = InputError;

    /// # Errors
    ///
    /// When the text is empty, too long, or not a label of lower-case letters, digits and hyphens.
    fn from_str(text: &str) -> Result<Self, InputError> {
        if text.is_empty() {
            return Err(InputError::new(InputErrorKind::Empty, FIELD));
        }
        if text.len() > MAX_LEN {
            return Err(InputError::new(InputErrorKind::TooLong, FIELD));
        }
        let in_label =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !text.bytes().all(in_label) || text.starts_with('-') || text.ends_with('-') {
            let detail = format!("{} is not a lower-case label", Quoted::new(text));
            return Err(InputError::new(InputErrorKind::ForbiddenByte, FIELD).detail(detail));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
