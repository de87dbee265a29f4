//! `X-Fc-Date`

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, UNIX_EPOCH};

use http::HeaderValue;
use httpdate::HttpDate;

use crate::header::trim;
use crate::{Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted, text};

/// The last second of the year 9999. `httpdate` panics when it formats a later time.
const LAST_SECOND: u64 = 253_402_300_799;

/// The longest text that is parsed: `Wednesday, 11-May-22 09:00:00 GMT` has 33 bytes.
const MAX_LENGTH: usize = 40;

/// `X-Fc-Date`: the time of the request, for clients that cannot set `Date`. Request header.
///
/// Whole seconds from 1970 to 9999. Encoded as an IMF-fixdate, `Wed, 11 May 2022 09:00:00 GMT`;
/// decoding also accepts the two obsolete forms of RFC 9110, 5.6.7. The service accepts a
/// difference of 15 minutes from its own clock. Source: manual of FC 2.0, `InvokeFunction` and
/// "Signature authentication".
///
/// ```
/// use fc_headers::{Date, Header};
///
/// let date = Date::try_from(1_652_259_600)?;
/// assert_eq!(date.encode(), "Wed, 11 May 2022 09:00:00 GMT");
/// assert_eq!("Wed, 11 May 2022 09:00:00 GMT".parse::<Date>()?, date);
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u64);

impl Date {
    /// The time in seconds since 1970-01-01T00:00:00Z.
    pub const fn as_unix_seconds(self) -> u64 {
        self.0
    }

    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let time = httpdate::parse_http_date(str::from_utf8(text).ok()?).ok()?;
        let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
        (seconds <= LAST_SECOND).then_some(Self(seconds))
    }
}

impl Header<'_> for Date {
    const FIELD_NAME: &'static str = "x-fc-date";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        match trim(value.as_bytes()) {
            b"" => Err(HeaderError::new(HeaderErrorKind::Empty, Self::NAME)),
            text => Self::parse(text)
                .ok_or_else(|| HeaderError::new(HeaderErrorKind::Date, Self::NAME).quoting(value)),
        }
    }

    fn encode(&self) -> HeaderValue {
        text::value(&self.to_string())
    }
}

impl TryFrom<u64> for Date {
    type Error = InputError;

    fn try_from(unix_seconds: u64) -> Result<Self, Self::Error> {
        if unix_seconds > LAST_SECOND {
            return Err(
                InputError::new(InputErrorKind::OutOfRange, "date").detail(format!(
                    "{unix_seconds} seconds after 1970 is later than the year 9999"
                )),
            );
        }
        Ok(Self(unix_seconds))
    }
}

impl FromStr for Date {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(InputError::new(InputErrorKind::Empty, "date"));
        }
        Self::parse(text.as_bytes()).ok_or_else(|| {
            InputError::new(InputErrorKind::UnknownValue, "date").detail(format!(
                "expected an HTTP date from 1970 to 9999, found {}",
                Quoted::new(text)
            ))
        })
    }
}

/// Writes the IMF-fixdate.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HttpDate::from(UNIX_EPOCH + Duration::from_secs(self.0)).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_and_the_last_second_encode_and_decode() {
        let first = Date::try_from(0).unwrap();
        assert_eq!(first.to_string(), "Thu, 01 Jan 1970 00:00:00 GMT");
        let last = Date::try_from(LAST_SECOND).unwrap();
        assert_eq!(last.to_string(), "Fri, 31 Dec 9999 23:59:59 GMT");
        assert_eq!(Date::decode(&last.encode()), Ok(last));
        assert!(Date::try_from(LAST_SECOND + 1).is_err());
        assert!(Date::try_from(u64::MAX).is_err());
    }

    #[test]
    fn the_obsolete_forms_of_rfc_9110_are_decoded() {
        let date = Date::try_from(784_111_777).unwrap();
        for text in ["Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(
                Date::decode(&HeaderValue::from_static(text)),
                Ok(date),
                "{text}"
            );
        }
    }

    #[test]
    fn a_date_with_padding_is_parsed_up_to_forty_bytes() {
        let padded = |length| format!("{:>length$}", "Wed, 11 May 2022 09:00:00 GMT");
        let parse = |length| padded(length).parse::<Date>().map(Date::as_unix_seconds);
        assert_eq!(parse(40), Ok(1_652_259_600));
        assert!(parse(41).is_err());
    }

    #[test]
    fn text_in_another_form_and_dates_before_1970_are_rejected() {
        for text in [
            "yesterday",
            "2022-05-11T09:00:00Z",
            "Wed, 11 May 1969 09:00:00 GMT",
        ] {
            let error = Date::decode(&HeaderValue::from_static(text)).unwrap_err();
            assert_eq!(error.kind(), HeaderErrorKind::Date, "{text}");
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_a_parsed_date_round_trips(text in "\\PC{0,40}|[A-Za-z]{3}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT") {
            if let Ok(date) = text.parse::<Date>() {
                prop_assert_eq!(date.to_string().parse::<Date>(), Ok(date));
            }
        }
    }
}
