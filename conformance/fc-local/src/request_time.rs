//! The time in a request: its form, its weekday, and its difference from the clock of the server.

use std::fmt;
use std::sync::Arc;

use fcgate_http::clock;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use jiff::{Timestamp, Unit};

use fcgate_cases::judge::Check;
use fcgate_protocol::Scheme;
use fcgate_text::visible;

use super::received_request::ReceivedRequest;

/// The service refuses the signature of a request whose time differs by more than this.
const MOST_SECONDS: i64 = 15 * 60;

/// The clock of a server.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The clock of the system.
    pub fn system() -> Self {
        Self::new(clock::timestamp)
    }

    /// A clock that returns what `now` returns.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").finish_non_exhaustive()
    }
}

/// The time of a request, compared with the clock of the server.
#[derive(Debug)]
pub(super) struct TimeVerdict {
    /// The service must be able to read the time, and it must be within 15 minutes of now.
    pub(super) check: Check,
    /// The form that all SDKs send; `None` if the time has it.
    pub(super) form: Option<Check>,
    /// Why the service refuses the request.
    pub(super) refusal: Option<TimeRefusal>,
}

/// Why the service refuses the time of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TimeRefusal {
    /// It cannot be read.
    Unreadable {
        /// The name of the header.
        header: &'static str,
        value: String,
    },
    /// It differs from the time of the server by more than 15 minutes.
    Skew { sent: String, now: String },
}

/// Returns the header that has the time of a request, and its value.
fn header(received: &ReceivedRequest, scheme: Scheme) -> Option<(&'static str, &str)> {
    let names: &[&'static str] = match scheme {
        // The service copies x-fc-date into Date.
        Scheme::Fc => &["x-fc-date", "date"],
        Scheme::Acs3 => &["x-acs-date"],
    };
    let mut present = names
        .iter()
        .filter_map(|name| Some((*name, received.value(name)?)));
    present.find(|(_, value)| !value.is_empty())
}

/// Returns the time of a request, if it can be parsed.
pub(super) fn of(received: &ReceivedRequest) -> Option<Timestamp> {
    let scheme = match received.value("x-acs-date") {
        Some(_) => Scheme::Acs3,
        None => Scheme::Fc,
    };
    parse(header(received, scheme)?.1, scheme)
}

fn parse(value: &str, scheme: Scheme) -> Option<Timestamp> {
    match scheme {
        Scheme::Acs3 => value.parse().ok(),
        // Whether the service compares the weekday is not known.
        Scheme::Fc => {
            let parser = DateTimeParser::new().relaxed_weekday(true);
            // The manual prints a pattern without the space.
            let spaced = value.replacen(',', ", ", usize::from(!value.contains(", ")));
            parser.parse_timestamp(&spaced).ok()
        }
    }
}

/// Judges the time of a request; `None` if it has none.
pub(super) fn judge(
    received: &ReceivedRequest,
    scheme: Scheme,
    now: Timestamp,
) -> Option<TimeVerdict> {
    let (header, value) = header(received, scheme)?;
    let id = format!("time.{header}");
    let shown = visible::line(value, 80);
    let Some(time) = parse(value, scheme) else {
        let expected = match scheme {
            Scheme::Fc => "an HTTP date, e.g. `Wed, 11 May 2022 09:00:00 GMT`",
            Scheme::Acs3 => "an ISO 8601 time, e.g. `2022-05-11T09:00:00Z`",
        };
        return Some(TimeVerdict {
            check: Check::holds(id, false, expected, &shown),
            form: None,
            refusal: Some(TimeRefusal::Unreadable {
                header,
                value: shown,
            }),
        });
    };
    let usual = usual_form(time, scheme);
    let form = (usual != value).then(|| {
        let id = format!("{id}.form");
        Check::holds(id, false, &format!("`{usual}`"), &format!("`{shown}`"))
    });
    let seconds = time.as_second() - now.as_second();
    let side = if seconds < 0 { "behind" } else { "ahead of" };
    let is_near = seconds.abs() <= MOST_SECONDS;
    let actual = if is_near {
        "it is".to_owned()
    } else {
        format!("{shown}, {} minutes {side} the server", seconds.abs() / 60)
    };
    let expected = "the time is within 15 minutes of the clock of the server";
    Some(TimeVerdict {
        check: Check::holds(id, is_near, expected, &actual),
        form,
        refusal: (!is_near).then(|| TimeRefusal::Skew {
            sent: shown,
            now: usual_form(now, scheme),
        }),
    })
}

/// The form in which all official SDKs send a time.
pub(super) fn usual_form(time: Timestamp, scheme: Scheme) -> String {
    let time = time.round(Unit::Second).unwrap_or(time);
    match scheme {
        Scheme::Acs3 => time.to_string(),
        // It fails only for years that have no HTTP date.
        Scheme::Fc => DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&time)
            .unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use fcgate_http::request::Request;
    use fcgate_protocol::Scheme;
    use jiff::Timestamp;

    use super::{TimeRefusal, judge};

    fn verdict(header: &str) -> (bool, bool, Option<TimeRefusal>) {
        let request = format!("POST / HTTP/1.1\r\n{header}\r\n\r\n");
        let received = Request::parse(request.as_bytes()).unwrap().into();
        let now: Timestamp = "2022-05-11T09:00:00Z".parse().unwrap();
        let scheme = if header.starts_with("x-acs-date") {
            Scheme::Acs3
        } else {
            Scheme::Fc
        };
        let verdict = judge(&received, scheme, now).unwrap();
        (
            !verdict.check.failed(),
            verdict.form.is_none(),
            verdict.refusal,
        )
    }

    #[test]
    fn a_time_within_15_minutes_in_the_usual_form_passes() {
        for header in [
            "Date: Wed, 11 May 2022 09:00:00 GMT",
            "Date: Wed, 11 May 2022 09:15:00 GMT",
            "x-fc-date: Wed, 11 May 2022 08:45:00 GMT\r\nDate: x",
            "x-acs-date: 2022-05-11T09:00:00Z",
        ] {
            assert_eq!(verdict(header), (true, true, None), "{header}");
        }
    }

    #[test]
    fn another_readable_form_and_a_wrong_weekday_are_reported_and_accepted() {
        for header in [
            "Date: Tue, 11 May 2022 09:00:00 GMT",
            "Date: Wed, 11 May 2022 17:00:00 +0800",
            "Date: Wed,11 May 2022 09:00:00 GMT",
            "Date: 11 May 2022 09:00:00 GMT",
            "x-acs-date: 2022-05-11T09:00:00.250Z",
            "x-acs-date: 2022-05-11T17:00:00+08:00",
        ] {
            assert_eq!(verdict(header), (true, false, None), "{header}");
        }
    }

    #[test]
    fn a_time_that_is_unreadable_or_too_far_away_is_refused() {
        for header in [
            "Date: 2022-05-11T09:00:00Z",
            "Date: 1652259600",
            "Date: Wed, 11 May 2022 25:00:00 GMT",
            "x-acs-date: Wed, 11 May 2022 09:00:00 GMT",
            "x-acs-date: 1652259600000",
        ] {
            let (passed, _, refusal) = verdict(header);
            assert!(
                !passed && matches!(refusal, Some(TimeRefusal::Unreadable { .. })),
                "{header}"
            );
        }
        for header in [
            "Date: Wed, 11 May 2022 09:15:01 GMT",
            "Date: Wed, 11 May 2022 08:44:59 GMT",
            "x-acs-date: 2022-05-11T17:00:00Z",
        ] {
            let (passed, _, refusal) = verdict(header);
            assert!(
                !passed && matches!(refusal, Some(TimeRefusal::Skew { .. })),
                "{header}"
            );
        }
    }
}
