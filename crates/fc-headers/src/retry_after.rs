//! `Retry-After`

use http::{HeaderName, HeaderValue, header};

use crate::header::trimmed;
use crate::{Date, Header, HeaderError, HeaderErrorKind, number};

/// `Retry-After`: when a refused request may be sent again. Response header.
///
/// Whole seconds, or an HTTP date (RFC 9110, 10.2.3). The service's manual never names it and no
/// capture holds it; a proxy on the way may send it. Numbers reach `u64::MAX`: whoever adds them to
/// a time limits them first.
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
    /// After so many seconds.
    Seconds(u64),
    /// At that time.
    Date(Date),
}

impl Header<'_> for RetryAfter {
    const FIELD_NAME: &'static str = "retry-after";
    const NAME: HeaderName = header::RETRY_AFTER;

    /// A value that starts like a date, with a letter, is reported as one; anything else as a
    /// number.
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
    fn seconds_and_dates_are_read() {
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
