//! The time in a request: its form, and its difference from the clock of the endpoint.

use fcgate_protocol::{HeaderList, Scheme, SignKind};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::super::{ArrivedRequest, Check, Comparer};
use super::signature::Signed;

/// The service refuses the signature of a request whose time differs by more than this.
const MOST_SECONDS: i64 = 15 * 60;

const HOUR: i64 = 3600;

/// A larger distance is not that of a time zone or of a day.
const MOST_HOURS: i64 = 48;

/// The form of an HTTP date (RFC 9110, section 5.6.7).
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";
/// The form of `x-acs-date`.
const ISO_8601: &str = "%Y-%m-%dT%H:%M:%SZ";

/// Checks the time that the signature covers.
///
/// The values differ from run to run, so that the check has only words.
pub(super) fn date(by: &Comparer, signed: Signed<'_>, request: &ArrivedRequest) -> Check {
    let expected = match (signed.scheme, signed.kind) {
        (Scheme::Fc, _) => {
            "Date in the form Sun, 06 Nov 1994 08:49:37 GMT, within 15 minutes of the endpoint's clock"
        }
        (Scheme::Acs3, SignKind::HttpTrigger) => {
            "x-acs-date in the form 2022-05-11T09:00:00Z, with or without a fraction of the second, within 15 minutes of the endpoint's clock"
        }
        (Scheme::Acs3, _) => {
            "x-acs-date in the form 2022-05-11T09:00:00Z, within 15 minutes of the endpoint's clock"
        }
    };
    let headers = match (signed.scheme, signed.kind) {
        (Scheme::Acs3, SignKind::HttpTrigger) => &in_whole_seconds(&request.headers),
        _ => &request.headers,
    };
    let actual = fault(signed.scheme, headers, request.time);
    by.check_property(
        "arrived.date",
        actual.is_none(),
        expected,
        actual.as_deref().unwrap_or(expected),
    )
}

/// The samples of the manual for HTTP triggers send whole seconds, milliseconds and more digits.
fn in_whole_seconds(headers: &HeaderList) -> HeaderList {
    let whole = |value: &str| {
        let (second, fraction) = value.strip_suffix('Z')?.split_once('.')?;
        let digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
        (digits && (1..=9).contains(&fraction.len())).then(|| format!("{second}Z"))
    };
    let mut headers = headers.clone();
    if let Some(value) = headers.get_trimmed("x-acs-date").and_then(whole) {
        headers.set("x-acs-date", value);
    }
    headers
}

/// Checks that an implementation that reads its own clock signs the current time.
pub(in super::super) fn clock(scheme: Scheme, headers: &HeaderList, now: Timestamp) -> Check {
    let expected = "the time of the clock, within 15 minutes";
    let actual = fault(scheme, headers, now);
    Check::holds(
        "clock",
        actual.is_none(),
        expected,
        actual.as_deref().unwrap_or(expected),
    )
}

/// Describes what is wrong with the time of a request; `None` if it is right.
fn fault(scheme: Scheme, headers: &HeaderList, now: Timestamp) -> Option<String> {
    let header = |name| headers.get_trimmed(name);
    let (value, form) = match scheme {
        // x-fc-date replaces a Date that the client cannot set.
        Scheme::Fc => (header("date").or(header("x-fc-date")), HTTP_DATE),
        Scheme::Acs3 => (header("x-acs-date"), ISO_8601),
    };
    let Some(value) = value else {
        return Some("no date".to_owned());
    };
    let Some(time) = read(form, value) else {
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
        let form = if read(HTTP_DATE, value).is_some() {
            "an HTTP date"
        } else if value.parse::<Timestamp>().is_ok() {
            "an ISO 8601 time in another form"
        } else if is_number && !value.is_empty() {
            "a number"
        } else {
            "a date in another form"
        };
        return Some(form.to_owned());
    };
    let ahead = time.as_second().saturating_sub(now.as_second());
    (ahead.abs() > MOST_SECONDS).then(|| distance(time, ahead))
}

/// Describes a distance from the clock in words that are the same in every run.
fn distance(time: Timestamp, ahead: i64) -> String {
    let direction = if ahead.is_positive() {
        "ahead of"
    } else {
        "behind"
    };
    let hours = ahead.abs().saturating_add(HOUR / 2) / HOUR;
    match hours {
        0 => format!("more than 15 minutes {direction} the endpoint's clock"),
        1..=MOST_HOURS => format!("about {hours} h {direction} the endpoint's clock"),
        _ => format!("in the year {}", time.strftime("%Y")),
    }
}

/// Reads a time that has exactly this form.
fn read(form: &str, value: &str) -> Option<Timestamp> {
    let time = DateTime::strptime(form, value).ok()?;
    let time = time.to_zoned(TimeZone::UTC).ok()?.timestamp();
    (time.strftime(form).to_string() == value).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::{Scheme, fault};
    use fcgate_protocol::HeaderList;

    fn of(scheme: Scheme, headers: &HeaderList) -> Option<String> {
        fault(scheme, headers, "2022-05-11T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_date_within_15_minutes_in_the_form_of_its_scheme_is_right() {
        for date in [
            "Wed, 11 May 2022 08:45:00 GMT",
            "Wed, 11 May 2022 09:15:00 GMT",
        ] {
            for name in ["Date", "X-Fc-Date"] {
                let headers = HeaderList::from([(name, date)]);
                assert_eq!(of(Scheme::Fc, &headers), None, "{name}: {date}");
            }
        }
        let headers = HeaderList::from([("x-acs-date", "2022-05-11T09:14:59Z")]);
        assert_eq!(of(Scheme::Acs3, &headers), None);
    }

    #[test]
    fn a_wrong_date_is_described_without_its_value() {
        for (name, date, fault) in [
            (
                "date",
                "Wed, 11 May 2022 09:15:01 GMT",
                "more than 15 minutes ahead of the endpoint's clock",
            ),
            ("date", "Thu, 01 Jan 1970 00:00:00 GMT", "in the year 1970"),
            (
                "date",
                "Wed, 11 May 2022 17:00:01 GMT",
                "about 8 h ahead of the endpoint's clock",
            ),
            (
                "date",
                "2022-05-11T09:00:00Z",
                "an ISO 8601 time in another form",
            ),
            ("date", "1652259600", "a number"),
            (
                "date",
                "Wed, 11 May 2022 09:00:00 +0000",
                "a date in another form",
            ),
            (
                "date",
                "Wed, 11 May 2022 9:00:00 GMT",
                "a date in another form",
            ),
            ("other", "Wed, 11 May 2022 09:00:00 GMT", "no date"),
        ] {
            let headers = HeaderList::from([(name, date)]);
            assert_eq!(of(Scheme::Fc, &headers).as_deref(), Some(fault), "{date}");
        }
        for (date, fault) in [
            (
                "2022-05-11T09:00:00.000Z",
                "an ISO 8601 time in another form",
            ),
            ("Wed, 11 May 2022 09:00:00 GMT", "an HTTP date"),
        ] {
            let headers = HeaderList::from([("x-acs-date", date)]);
            assert_eq!(of(Scheme::Acs3, &headers).as_deref(), Some(fault), "{date}");
        }
    }
}
