//! The moment of signing.

use std::fmt;
use std::io::Write as _;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use httpdate::HttpDate;

use crate::SignError;

/// The moment of signing: whole seconds of UTC, in the years 1970 to 9999.
///
/// Both texts that go on the wire exist for every value: `Wed, 11 May 2022 09:00:00 GMT` for `Date`
/// and `2022-05-11T09:00:00Z` for `x-acs-date`.
///
/// ```
/// use fc_sign::Timestamp;
///
/// let time: Timestamp = "2022-05-11T09:00:00Z".parse()?;
/// assert_eq!(time.unix_seconds(), 1_652_259_600);
/// assert_eq!(time.to_string(), "2022-05-11T09:00:00Z");
/// assert!(Timestamp::try_from(-1_i64).is_err());
/// # Ok::<(), fc_sign::SignError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

/// 9999-12-31T23:59:59Z, the last second that the formats can write.
const MAX: u64 = 253_402_300_799;
const HTTP_DATE_LEN: usize = 29;
const ISO_8601_LEN: usize = 20;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> u64 {
        self.0
    }

    /// The form of `Date`, RFC 9110's IMF-fixdate.
    pub(crate) fn http_date(self) -> [u8; HTTP_DATE_LEN] {
        let date = HttpDate::from(UNIX_EPOCH + Duration::from_secs(self.0));
        let mut text = [b' '; HTTP_DATE_LEN];
        let written = write!(text.as_mut_slice(), "{date}");
        debug_assert!(written.is_ok(), "an HTTP date has 29 bytes");
        text
    }

    /// The form of `x-acs-date`.
    pub(crate) fn iso_8601(self) -> [u8; ISO_8601_LEN] {
        let date = self.http_date();
        let name = &date[8..11];
        let month = MONTHS
            .iter()
            .zip(1_u8..)
            .find(|(month, _)| month.as_bytes() == name);
        let month = month.map_or(0, |(_, number)| number);
        let mut text = *b"0000-00-00T00:00:00Z";
        text[..4].copy_from_slice(&date[12..16]);
        text[5..7].copy_from_slice(&[b'0' + month / 10, b'0' + month % 10]);
        text[8..10].copy_from_slice(&date[5..7]);
        text[11..19].copy_from_slice(&date[17..25]);
        text
    }
}

impl TryFrom<u64> for Timestamp {
    type Error = SignError;

    /// # Errors
    ///
    /// [`SignError::TimeOutOfRange`] after the year 9999.
    fn try_from(unix_seconds: u64) -> Result<Self, SignError> {
        if unix_seconds > MAX {
            Err(SignError::TimeOutOfRange)
        } else {
            Ok(Self(unix_seconds))
        }
    }
}

impl TryFrom<i64> for Timestamp {
    type Error = SignError;

    /// # Errors
    ///
    /// [`SignError::TimeOutOfRange`] before 1970 and after the year 9999.
    fn try_from(unix_seconds: i64) -> Result<Self, SignError> {
        u64::try_from(unix_seconds)
            .map_err(|_| SignError::TimeOutOfRange)?
            .try_into()
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = SignError;

    /// Drops the fraction of a second.
    ///
    /// # Errors
    ///
    /// [`SignError::TimeOutOfRange`] before 1970 and after the year 9999.
    fn try_from(time: SystemTime) -> Result<Self, SignError> {
        let since = time
            .duration_since(UNIX_EPOCH)
            .map_err(|_| SignError::TimeOutOfRange)?;
        since.as_secs().try_into()
    }
}

impl FromStr for Timestamp {
    type Err = SignError;

    /// Reads the form of `x-acs-date` and nothing else.
    ///
    /// # Errors
    ///
    /// [`SignError::TimeOutOfRange`] when the text has another form or names no day of the calendar.
    fn from_str(text: &str) -> Result<Self, SignError> {
        parse_iso_8601(text).ok_or(SignError::TimeOutOfRange)
    }
}

fn parse_iso_8601(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (year, date) = date.split_once('-')?;
    let (month, day) = date.split_once('-')?;
    let index = month.parse::<usize>().ok()?.checked_sub(1)?;
    let month = MONTHS.get(index)?;
    // The parser wants the weekday too, which the text does not tell: one of the seven is right.
    let parsed = WEEKDAYS.iter().find_map(|weekday| {
        httpdate::parse_http_date(&format!("{weekday}, {day} {month} {year} {time} GMT")).ok()
    })?;
    let parsed = Timestamp::try_from(parsed).ok()?;
    (parsed.iso_8601() == text.as_bytes()).then_some(parsed)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(str::from_utf8(&self.iso_8601()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(unix_seconds: u64) -> String {
        String::from_utf8(Timestamp(unix_seconds).http_date().to_vec()).unwrap()
    }

    #[test]
    fn dates_have_two_digits_of_day_and_the_word_gmt() {
        assert_eq!(date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(date(951_782_400), "Tue, 29 Feb 2000 00:00:00 GMT");
        assert_eq!(date(MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
    }

    #[test]
    fn a_time_outside_the_formats_is_refused() {
        assert_eq!(Timestamp::try_from(-1_i64), Err(SignError::TimeOutOfRange));
        assert_eq!(Timestamp::try_from(MAX + 1), Err(SignError::TimeOutOfRange));
        assert_eq!(
            Timestamp::try_from(u64::MAX),
            Err(SignError::TimeOutOfRange)
        );
        let before = UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(Timestamp::try_from(before), Err(SignError::TimeOutOfRange));
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for text in [
            "2026-02-30T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00+",
            "10000-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "",
            "2026-1x-01T00:00:00Z",
        ] {
            assert_eq!(
                text.parse::<Timestamp>(),
                Err(SignError::TimeOutOfRange),
                "{text}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn every_time_reads_back_from_its_text(seconds in 0..=MAX) {
            let time = Timestamp(seconds);
            proptest::prop_assert_eq!(time.to_string().parse(), Ok(time));
        }
    }
}
