//! `X-Fc-Invocation-Duration`

use std::fmt;
use std::time::Duration;

use http::HeaderValue;

use crate::{Header, HeaderError, number};

/// `X-Fc-Invocation-Duration`: the run time of the function. Response header.
///
/// Whole **milliseconds**, rounded up: the log has 3.87 ms, this header has `4`. It is not the billed
/// time. The manual page of revision 2021-04-06 documents seconds, which contradicts every capture.
/// Source: published captures; manual, revision 2016-08-15.
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
    /// Creates the header for a number of milliseconds.
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(milliseconds)
    }

    /// The duration in milliseconds.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The duration as a [`Duration`].
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

/// Writes the number with its unit, such as `175 ms`.
impl fmt::Display for InvocationDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_number_converts_to_a_duration() {
        let longest = InvocationDuration::from_millis(u64::MAX);
        assert_eq!(longest.as_duration().as_millis(), u128::from(u64::MAX));
        assert_eq!(InvocationDuration::decode(&longest.encode()), Ok(longest));
        assert_eq!(longest.to_string(), "18446744073709551615 ms");
    }
}
