//! The forms in which clients write a time.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;

/// The form of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `Wed, 11 May 2022 09:00:00 GMT`; the weekday is not checked.
    Http(Timestamp),
    /// A date of electronic mail in another spelling: a zone, one digit, no weekday.
    NearHttp,
    /// ISO 8601.
    Iso,
    /// Seconds since 1970.
    Seconds(i64),
    /// Milliseconds since 1970, or smaller units.
    Milliseconds(i64),
    Empty,
    Other,
}

/// The form of this date.
pub(super) fn of(text: &str) -> Form {
    if text.trim().is_empty() {
        return Form::Empty;
    }
    if let Some(time) = http(text) {
        return Form::Http(time);
    }
    if let Ok(number) = text.parse::<i64>() {
        return if number.abs() >= 100_000_000_000 {
            Form::Milliseconds(number)
        } else {
            Form::Seconds(number)
        };
    }
    let is_iso = text.parse::<Timestamp>().is_ok() || text.parse::<DateTime>().is_ok();
    if is_iso {
        return Form::Iso;
    }
    let spaced = text.replacen(',', ", ", usize::from(!text.contains(", ")));
    let parser = DateTimeParser::new().relaxed_weekday(true);
    if parser.parse_timestamp(&spaced).is_ok() {
        return Form::NearHttp;
    }
    Form::Other
}

/// A date in the form of RFC 9110, whatever its weekday is.
fn http(text: &str) -> Option<Timestamp> {
    let (weekday, rest) = text.split_once(", ")?;
    let is_weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&weekday);
    let rest = rest
        .strip_suffix(" GMT")
        .filter(|rest| is_weekday && rest.len() == 20)?;
    let time = DateTime::strptime("%d %b %Y %H:%M:%S", rest).ok()?;
    let is_canonical = time.strftime("%d %b %Y %H:%M:%S").to_string() == rest;
    let zoned = time.to_zoned(TimeZone::UTC).ok()?;
    is_canonical.then(|| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::{Form, of};

    #[test]
    fn every_usual_form_of_a_date_is_recognized() {
        let http = Form::Http("2022-05-11T09:00:00Z".parse().unwrap());
        for (text, form) in [
            ("Wed, 11 May 2022 09:00:00 GMT", http),
            ("Tue, 11 May 2022 09:00:00 GMT", http),
            ("Wed, 11 May 2022 09:00:00 +0000", Form::NearHttp),
            ("Wed, 11 May 2022 17:00:00 +0800", Form::NearHttp),
            ("Wed,11 May 2022 09:00:00 GMT", Form::NearHttp),
            ("11 May 2022 09:00:00 GMT", Form::NearHttp),
            ("2022-05-11T09:00:00Z", Form::Iso),
            ("2022-05-11 09:00:00", Form::Iso),
            ("1652259600", Form::Seconds(1_652_259_600)),
            ("1652259600000", Form::Milliseconds(1_652_259_600_000)),
            ("", Form::Empty),
            ("Wed May 11 2022 09:00:00 GMT+0000", Form::Other),
            ("Wednesday, 11-May-22 09:00:00 GMT", Form::Other),
            ("Wed May 11 09:00:00 2022", Form::Other),
        ] {
            assert_eq!(of(text), form, "{text}");
        }
    }
}
