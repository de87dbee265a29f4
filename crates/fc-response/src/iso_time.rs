//! ISO 8601 times, which the 2016-08-15 page of the manual shows in a task.

/// Parses `YYYY-MM-DDThh:mm:ss`, an optional fraction, and `Z` or an offset `+hh:mm`, into milliseconds since 1970.
///
/// Digits after the third of the fraction are cut. `None` for a text in another form and for a date that does not exist.
pub(crate) fn milliseconds(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't'])?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let at = time.find(|character| !matches!(character, '0'..='9' | ':' | '.'))?;
    let (time, zone) = (time.get(..at)?, time.get(at..)?);
    let (time, fraction) = match time.split_once('.') {
        Some((time, fraction)) => (time, thousandths(fraction)?),
        None => (time, 0),
    };
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let is_valid = (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && hour <= 23
        && minute <= 59
        && second <= 59;
    let minutes = hour * 60 + minute - offset(zone)?;
    let seconds = days_since_1970(year, month, day) * 86_400 + minutes * 60 + second;
    is_valid.then_some(seconds * 1000 + fraction)
}

/// Three numbers with these counts of digits.
fn numbers(text: &str, separator: char, digits: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut next = |length| number(parts.next()?, length);
    let [first, second, third] = digits;
    let numbers = [next(first)?, next(second)?, next(third)?];
    parts.next().is_none().then_some(numbers)
}

fn number(text: &str, length: usize) -> Option<i64> {
    let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

fn thousandths(fraction: &str) -> Option<i64> {
    number(fraction, fraction.len())?;
    let padded = format!("{fraction:0<3}");
    padded.get(..3)?.parse().ok()
}

/// The offset of a zone in minutes.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

fn days_of(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days from 1970-01-01 to a date of the Gregorian calendar. The year begins in March, so that the leap day is its
/// last day.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use fc_headers::Date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seconds_fractions_and_offsets_are_read() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2021-10-05T15:59:50Z", 1_633_449_590_000),
            ("2021-10-05T15:59:50.5Z", 1_633_449_590_500),
            ("2021-10-05T15:59:50.123456789Z", 1_633_449_590_123),
            ("2021-10-05T23:59:50+08:00", 1_633_449_590_000),
            ("2021-10-05T21:29:50+05:30", 1_633_449_590_000),
            ("2021-10-05T11:59:50-04:00", 1_633_449_590_000),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ] {
            assert_eq!(milliseconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn another_form_and_a_date_that_does_not_exist_are_rejected() {
        for text in [
            "",
            "2021",
            "2021-10-05",
            "2021-10-05T15:59:50",
            "2021-10-05 15:59:50Z",
            "2021-13-05T15:59:50Z",
            "2021-02-29T15:59:50Z",
            "2021-10-05T24:59:50Z",
            "2021-10-05T15:60:50Z",
            "2021-10-05T15:59:60Z",
            "2021-10-05T15:59:50.Z",
            "2021-10-05T15:59:50+0800",
            "2021-10-05T15:59:50+24:00",
            "2021-10-05T15:59:50+08:60",
            "+021-10-05T15:59:50Z",
            "2021-10-05T15:59:50Zé",
        ] {
            assert_eq!(milliseconds(text), None, "{text}");
        }
    }

    /// The Gregorian calendar: a year that is divisible by 100 has a leap day only if it is divisible by 400.
    #[test]
    fn a_month_has_its_days_and_no_more() {
        for (year, month, days) in [
            (1900, 2, 28),
            (2000, 2, 29),
            (2023, 1, 31),
            (2023, 2, 28),
            (2023, 3, 31),
            (2023, 4, 30),
            (2023, 5, 31),
            (2023, 6, 30),
            (2023, 7, 31),
            (2023, 8, 31),
            (2023, 9, 30),
            (2023, 10, 31),
            (2023, 11, 30),
            (2023, 12, 31),
            (2024, 2, 29),
            (2100, 2, 28),
        ] {
            let parsed = |day| milliseconds(&format!("{year}-{month:02}-{day:02}T00:00:00Z"));
            assert!(parsed(0).is_none(), "{year}-{month}");
            assert!(parsed(1).is_some(), "{year}-{month}");
            assert!(parsed(days).is_some(), "{year}-{month}");
            assert!(parsed(days + 1).is_none(), "{year}-{month}");
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in "\\PC{0,30}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{0,12}[Z+é][0-9:]{0,5}") {
            let _ = milliseconds(&text);
        }

        #[test]
        fn every_second_is_read_as_httpdate_writes_it(seconds in 0_u64..=253_402_300_799) {
            // `Date` writes "Tue, 05 Oct 2021 15:59:50 GMT".
            let date = Date::try_from(seconds).unwrap().to_string();
            let parts: Vec<&str> = date.split(' ').collect();
            let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
            let month = months.find(parts[2]).unwrap() / 3 + 1;
            let text = format!("{}-{month:02}-{}T{}Z", parts[3], parts[1], parts[4]);
            let expected = i64::try_from(seconds * 1000).unwrap();
            prop_assert_eq!(milliseconds(&text), Some(expected));
        }
    }
}
