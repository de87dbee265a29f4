//! The region of an endpoint.

use std::fmt;
use std::str::FromStr;

use fc_headers::{InputError, InputErrorKind, Quoted};

/// The id of a region, such as `cn-hangzhou`: a label of the endpoint's host name.
///
/// It has 1 to 50 lower-case letters, digits and hyphens, and neither begins nor ends with a hyphen. The service
/// adds regions, so every such text is accepted. Source: manual page "Endpoints".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Region(String);

const FIELD: &str = "region";
/// With the suffix `-internal` the label stays below the 63 characters of DNS.
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
    /// `empty`, `too-long`, or `forbidden-byte` if the text is not a label of lower-case letters, digits and hyphens.
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
            let detail = format!(
                "{} is not a label of lower-case letters, digits and hyphens",
                Quoted::new(text)
            );
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
