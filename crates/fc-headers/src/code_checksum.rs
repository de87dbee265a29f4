//! `X-Fc-Code-Checksum`

use std::fmt;

use http::HeaderValue;

use crate::{Header, HeaderError, number};

/// `X-Fc-Code-Checksum`: the checksum of the code package that ran. Response header.
///
/// CRC-64/XZ over the package, written as an unsigned decimal number; half of the values do not fit
/// into an `i64`. Captured values: `92066386860027743`, `14901253298633711047`. Source: published
/// captures; aliyun tools that compute it.
///
/// ```
/// use fc_headers::{CodeChecksum, Header};
///
/// let value = "14901253298633711047".parse()?;
/// assert_eq!(CodeChecksum::decode(&value)?.as_u64(), 14_901_253_298_633_711_047);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeChecksum(u64);

impl CodeChecksum {
    /// Creates the header for a checksum.
    pub const fn new(checksum: u64) -> Self {
        Self(checksum)
    }

    /// The checksum as a number.
    pub const fn as_u64(self) -> u64 {
        self.0
    }
}

impl Header<'_> for CodeChecksum {
    const FIELD_NAME: &'static str = "x-fc-code-checksum";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        number::decode(Self::NAME, value).map(Self)
    }

    fn encode(&self) -> HeaderValue {
        HeaderValue::from(self.0)
    }
}

impl fmt::Display for CodeChecksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_negative_or_too_large_checksum_is_rejected() {
        for text in ["1786997735xxxxxxxx", "-1", "64659558289838737900000"] {
            let error = CodeChecksum::decode(&HeaderValue::from_static(text)).unwrap_err();
            assert_eq!(error.kind().slug(), "number", "{text}");
        }
    }
}
