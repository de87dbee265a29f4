//! The moment of signing.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

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

    /// The form of `Date`, RFC 9110's IMF-fixdate. It is written for every attempt, and this is a quarter of what
    /// the formatting of a library costs, which the tests compare it with.
    pub(crate) fn http_date(self) -> [u8; HTTP_DATE_LEN] {
        let (days, second) = (self.0 / 86_400, self.0 % 86_400);
        let (year, month, day) = civil(days);
        let mut text = *b"Thu, 01 Jan 1970 00:00:00 GMT";
        // The first day was a Thursday.
        text[..3].copy_from_slice(name(&WEEKDAYS, days + 3).as_bytes());
        text[5..7].copy_from_slice(&two_digits(day));
        text[8..11].copy_from_slice(name(&MONTHS, month).as_bytes());
        text[12..14].copy_from_slice(&two_digits(year / 100));
        text[14..16].copy_from_slice(&two_digits(year));
        text[17..19].copy_from_slice(&two_digits(second / 3600));
        text[20..22].copy_from_slice(&two_digits(second / 60 % 60));
        text[23..25].copy_from_slice(&two_digits(second % 60));
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

/// Year, month and day of the month of a number of days since 1970-01-01, in the Gregorian calendar. The month is
/// counted on from 0 for January: 12 and 13 are those of a year that began in March.
///
/// It counts from a first of March, so that the leap day is the last day of a year: 400 years have 146,097 days, and
/// five months from March on have 153.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let day = days % 146_097;
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = year + days / 146_097 * 400 + month / 10;
    (year, month + 2, day)
}

fn two_digits(number: u64) -> [u8; 2] {
    [number / 10, number].map(|number| b'0' + u8::try_from(number % 10).unwrap_or_default())
}

/// The name that is so far on in the row, which begins anew at its end.
fn name<const N: usize>(names: &[&'static str; N], number: u64) -> &'static str {
    let place = usize::try_from(number).unwrap_or_default() % N;
    names.get(place).copied().unwrap_or("---")
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
    fn every_day_of_eight_hundred_years_is_that_of_the_library() {
        for day in 0..2 * 146_097 {
            let time = UNIX_EPOCH + std::time::Duration::from_secs(day * 86_400);
            assert_eq!(date(day * 86_400), httpdate::fmt_http_date(time));
        }
    }

    #[test]
    fn a_time_outside_the_formats_is_refused() {
        assert_eq!(Timestamp::try_from(-1_i64), Err(SignError::TimeOutOfRange));
        assert_eq!(Timestamp::try_from(MAX), Ok(Timestamp(MAX)));
        assert_eq!(Timestamp::try_from(MAX + 1), Err(SignError::TimeOutOfRange));
        assert_eq!(
            Timestamp::try_from(u64::MAX),
            Err(SignError::TimeOutOfRange)
        );
        let before = UNIX_EPOCH - std::time::Duration::from_secs(1);
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
        fn every_date_is_that_of_the_library(seconds in 0..=MAX) {
            let time = UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            proptest::prop_assert_eq!(date(seconds), httpdate::fmt_http_date(time));
        }

        #[test]
        fn every_time_reads_back_from_its_text(seconds in 0..=MAX) {
            let time = Timestamp(seconds);
            proptest::prop_assert_eq!(time.to_string().parse(), Ok(time));
        }
    }
}
