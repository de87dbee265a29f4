//! `X-Acs-Retry-After`

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::{Header, HeaderError, number};

/// `X-Acs-Retry-After`: how long to wait before a throttled request is sent again, in milliseconds. Response header.
///
/// The gateway of Alibaba Cloud sends it with a throttling code. The unit is that of the official SDKs, whose tests wait
/// 80 ms for the value `80`; [`RetryAfter`](crate::RetryAfter), the header of the standard, counts seconds. The value
/// can be as large as `u64::MAX`: limit it before you wait. Source: tests of `alibabacloud-tea-openapi` for Java, C# and
/// PHP, and of Alibaba Cloud CLI.
///
/// ```
/// use std::time::Duration;
///
/// use fc_headers::{AcsRetryAfter, Header};
///
/// assert_eq!(AcsRetryAfter::decode(&"1500".parse()?)?.duration(), Duration::from_millis(1500));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AcsRetryAfter(u64);

impl AcsRetryAfter {
    /// The time to wait.
    pub fn duration(self) -> Duration {
        Duration::from_millis(self.0)
    }
}

impl Header<'_> for AcsRetryAfter {
    const FIELD_NAME: &'static str = "x-acs-retry-after";
    const NAME: HeaderName = HeaderName::from_static(Self::FIELD_NAME);

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        number::decode(Self::NAME, value).map(Self)
    }

    fn encode(&self) -> HeaderValue {
        HeaderValue::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HeaderErrorKind;

    #[test]
    fn milliseconds_are_decoded_and_other_text_is_refused() {
        let decode = |text| AcsRetryAfter::decode(&HeaderValue::from_static(text));
        assert_eq!(decode("80").unwrap().duration().as_millis(), 80);
        assert_eq!(
            decode("18446744073709551615").unwrap().encode(),
            "18446744073709551615"
        );
        for text in ["-1", "1.5", "soon"] {
            assert_eq!(
                decode(text).unwrap_err().kind(),
                HeaderErrorKind::Number,
                "{text}"
            );
        }
        assert_eq!(decode("").unwrap_err().kind(), HeaderErrorKind::Empty);
    }
}
