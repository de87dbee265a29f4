//! `X-Fc-Invocation-Duration`

use std::fmt;
use std::time::Duration;

use http::HeaderValue;

use crate::{Header, HeaderError, number};

/// `X-Fc-Invocation-Duration`: how long the function ran. Response header.
///
/// Whole **milliseconds**, rounded up (3.87 ms in the log, `4` here); not the billed time. The
/// manual's page of revision 2021-04-06 says seconds, which no capture bears out: a cold start of a
/// Java process with `175` was not three minutes. Source: published captures; manual, revision
/// 2016-08-15.
///
/// ```
/// use std::time::Duration;
/// use fc_headers::{Header, InvocationDuration};
///
/// let duration = InvocationDuration::decode(&"175".parse()?)?;
/// assert_eq!(duration.as_duration(), Duration::from_millis(175));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InvocationDuration(u64);

impl InvocationDuration {
    /// The header for that many milliseconds.
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(milliseconds)
    }

    /// The duration in milliseconds.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The duration as a duration; every value fits.
    pub const fn as_duration(self) -> Duration {
        Duration::from_millis(self.0)
    }
}

impl Header<'_> for InvocationDuration {
    const FIELD_NAME: &'static str = "x-fc-invocation-duration";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        number::decode(Self::NAME, value).map(Self)
    }

    fn encode(&self) -> HeaderValue {
        HeaderValue::from(self.0)
    }
}

/// The number with its unit, such as `175 ms`.
impl fmt::Display for InvocationDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_number_is_a_duration() {
        let longest = InvocationDuration::from_millis(u64::MAX);
        assert_eq!(longest.as_duration().as_millis(), u128::from(u64::MAX));
        assert_eq!(InvocationDuration::decode(&longest.encode()), Ok(longest));
        assert_eq!(longest.to_string(), "18446744073709551615 ms");
    }
}
