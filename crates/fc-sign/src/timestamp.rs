//! The time of signing.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::SignError;

/// The time of signing: whole seconds of UTC, in the years 1970 to 9999.
///
/// `FC` sends it as `Date: Wed, 11 May 2022 09:00:00 GMT`, ACS3 as
/// `x-acs-date: 2022-05-11T09:00:00Z`, which is also the text of `Display` and `FromStr`.
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

/// 9999-12-31T23:59:59Z, the last second that both formats can represent.
const MAX: u64 = 253_402_300_799;
pub(crate) const HTTP_DATE_LEN: usize = 29;
const ISO_8601_LEN: usize = 20;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Timestamp {
    /// The time in seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> u64 {
        self.0
    }

    /// The value of `Date`: RFC 9110's IMF-fixdate.
    ///
    /// Own code, because every attempt formats a date and this takes a quarter of the time of
    /// `httpdate`. The tests compare the two.
    pub(crate) fn http_date(self) -> [u8; HTTP_DATE_LEN] {
        let (days, second) = (self.0 / 86_400, self.0 % 86_400);
        let (year, month, day) = civil_from_days(days);
        let mut text = *b"Thu, 01 Jan 1970 00:00:00 GMT";
        // 1970-01-01 was a Thursday.
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

    /// The value of `x-acs-date`.
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

/// Converts days since 1970-01-01 into year, month and day of the Gregorian calendar.
///
/// The month is 2 for March to 13 for February; modulo 12 it is an index into `MONTHS`. The
/// algorithm counts years from 1 March, so that the leap day is the last day of a year: 400 years
/// have 146,097 days, and each five months from March on have 153.
fn civil_from_days(days: u64) -> (u64, u64, u64) {
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

/// The name at an index modulo the number of names.
fn name<const N: usize>(names: &[&'static str; N], index: u64) -> &'static str {
    let index = usize::try_from(index).unwrap_or_default() % N;
    names.get(index).copied().unwrap_or("---")
}

impl TryFrom<u64> for Timestamp {
    type Error = SignError;

    /// # Errors
    ///
    /// [`SignError::TimeOutOfRange`] if the time is after the year 9999.
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
    /// [`SignError::TimeOutOfRange`] if the time is before 1970 or after the year 9999.
    fn try_from(unix_seconds: i64) -> Result<Self, SignError> {
        u64::try_from(unix_seconds)
            .map_err(|_| SignError::TimeOutOfRange)?
            .try_into()
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = SignError;

    /// Converts the time and drops the fraction of a second.
    ///
    /// # Errors
    ///
    /// [`SignError::TimeOutOfRange`] if the time is before 1970 or after the year 9999.
    fn try_from(time: SystemTime) -> Result<Self, SignError> {
        let since = time
            .duration_since(UNIX_EPOCH)
            .map_err(|_| SignError::TimeOutOfRange)?;
        since.as_secs().try_into()
    }
}

impl FromStr for Timestamp {
    type Err = SignError;

    /// Parses the format of `x-acs-date`, such as `2022-05-11T09:00:00Z`.
    ///
    /// # Errors
    ///
    /// [`SignError::TimeFormat`] if the text has another format, such as a fraction of a second, or if the time does
    /// not exist; [`SignError::TimeOutOfRange`] before the year 1970.
    fn from_str(text: &str) -> Result<Self, SignError> {
        parse_iso_8601(text).ok_or(if is_before_1970(text) {
            SignError::TimeOutOfRange
        } else {
            SignError::TimeFormat
        })
    }
}

/// Whether a text that cannot be parsed has the right form and a year before 1970.
fn is_before_1970(text: &str) -> bool {
    let shape = |byte: u8| if byte.is_ascii_digit() { b'0' } else { byte };
    text.bytes().map(shape).eq(*b"0000-00-00T00:00:00Z")
        && text.get(..4).is_some_and(|year| year < "1970")
}

fn parse_iso_8601(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (year, date) = date.split_once('-')?;
    let (month, day) = date.split_once('-')?;
    let index = month.parse::<usize>().ok()?.checked_sub(1)?;
    let month = MONTHS.get(index)?;
    // The parser of HTTP dates requires the weekday, which the text does not have: try all seven.
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
    fn a_time_has_two_digits_for_each_number() {
        assert_eq!(date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(date(951_782_400), "Tue, 29 Feb 2000 00:00:00 GMT");
        assert_eq!(date(MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
        assert_eq!(Timestamp(MAX).to_string(), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn every_day_of_800_years_is_formatted_as_by_httpdate() {
        for day in 0..2 * 146_097 {
            let time = UNIX_EPOCH + std::time::Duration::from_secs(day * 86_400);
            assert_eq!(date(day * 86_400), httpdate::fmt_http_date(time));
        }
    }

    #[test]
    fn a_time_outside_1970_to_9999_is_rejected() {
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
    fn text_that_is_not_an_existing_time_in_iso_8601_is_rejected() {
        for text in [
            "2026-02-30T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00+",
            "10000-01-01T00:00:00Z",
            "2022-05-11T09:00:00.000Z",
            "2022-05-11T09:00:00+08:00",
            "",
            "2026-1x-01T00:00:00Z",
            "1970-02-30T00:00:00Z",
            "1969-12-31",
        ] {
            assert_eq!(
                text.parse::<Timestamp>(),
                Err(SignError::TimeFormat),
                "{text}"
            );
        }
        let before = "1969-12-31T23:59:59Z".parse::<Timestamp>();
        assert_eq!(before, Err(SignError::TimeOutOfRange));
    }

    proptest::proptest! {
        #[test]
        fn every_second_is_formatted_as_by_httpdate(seconds in 0..=MAX) {
            let time = UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            proptest::prop_assert_eq!(date(seconds), httpdate::fmt_http_date(time));
        }

        #[test]
        fn every_time_round_trips_through_its_text(seconds in 0..=MAX) {
            let time = Timestamp(seconds);
            proptest::prop_assert_eq!(time.to_string().parse(), Ok(time));
        }
    }
}
