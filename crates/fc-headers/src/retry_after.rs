//! `Retry-After`

use http::{HeaderName, HeaderValue, header};

use crate::header::trimmed;
use crate::{Date, Header, HeaderError, HeaderErrorKind, number};

/// `Retry-After`: when to send a rejected request again. Response header.
///
/// Whole seconds, or an HTTP date (RFC 9110, 10.2.3). Neither the service's manual nor any capture
/// has it, but a proxy can send it. Seconds can be as large as `u64::MAX`; limit them before you
/// add them to a time.
///
/// ```
/// use fc_headers::{Header, RetryAfter};
///
/// assert_eq!(RetryAfter::decode(&"120".parse()?)?, RetryAfter::Seconds(120));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryAfter {
    /// A delay in seconds.
    Seconds(u64),
    /// A point in time.
    Date(Date),
}

impl Header<'_> for RetryAfter {
    const FIELD_NAME: &'static str = "retry-after";
    const NAME: HeaderName = header::RETRY_AFTER;

    /// Decodes a date if the value starts with a letter, otherwise a number of seconds.
    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        let text = trimmed(value);
        if !text.first().is_some_and(u8::is_ascii_alphabetic) {
            return number::decode(Self::NAME, value).map(Self::Seconds);
        }
        match Date::parse(text) {
            Some(date) => Ok(Self::Date(date)),
            None => Err(HeaderError::new(HeaderErrorKind::Date, Self::NAME).quoting(value)),
        }
    }

    fn encode(&self) -> HeaderValue {
        match self {
            Self::Seconds(seconds) => HeaderValue::from(*seconds),
            Self::Date(date) => date.encode(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_decoded() {
        let decode = |text| RetryAfter::decode(&HeaderValue::from_static(text));
        assert_eq!(
            decode("99999999999"),
            Ok(RetryAfter::Seconds(99_999_999_999))
        );
        let date = Date::try_from(1_652_259_600).unwrap();
        assert_eq!(
            decode("Wed, 11 May 2022 09:00:00 GMT"),
            Ok(RetryAfter::Date(date))
        );
        assert_eq!(decode("-5").unwrap_err().kind(), HeaderErrorKind::Number);
        assert_eq!(decode("soon").unwrap_err().kind(), HeaderErrorKind::Date);
        assert_eq!(decode("").unwrap_err().kind(), HeaderErrorKind::Empty);
    }
}
