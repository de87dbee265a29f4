//! The date of a request: whether the service can read it, and whether it is near the time of the server.

use jiff::Timestamp;

use crate::authorization::Authorization;
use crate::captured::{CapturedRequest, Exchange};
use crate::clock;
use crate::date_form::{self, Form};
use crate::findings::Findings;

/// The service refuses a request whose time differs by more seconds.
const MOST_SECONDS: i64 = 15 * 60;

const HTTP_DATE: &str = "an HTTP date such as `Wed, 11 May 2022 09:00:00 GMT`";
const ISO_DATE: &str = "an ISO 8601 time in UTC such as `2022-05-11T09:00:00Z`";

pub(super) fn check(
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    findings: &mut Findings,
) {
    let request = &exchange.request;
    match authorization {
        Authorization::Fc { .. } | Authorization::AcsV1 { .. } => {
            for name in ["date", "x-fc-date"] {
                check_http_date(name, request, findings);
            }
            let (date, other) = (request.value("date"), request.value("x-fc-date"));
            if date.is_some() && other.is_some() && date != other {
                findings.note(
                    "Date and x-fc-date differ: no source says which of them the service reads",
                );
            }
        }
        Authorization::Acs3 { .. } => check_iso_date(request, findings),
        Authorization::Url { .. } | Authorization::Bearer | Authorization::None => return,
    }
    if let Some(seconds) = clock::skew_seconds(exchange)
        && seconds.abs() > MOST_SECONDS
    {
        let side = if seconds < 0 { "before" } else { "after" };
        let (hours, rest) = (seconds.abs() / 3_600, seconds.abs() % 3_600);
        let is_zone = hours > 0 && hours <= 14 && (rest <= 300 || rest >= 3_300);
        let zone = if is_zone {
            "; a difference of whole hours is a time zone: the date is in UTC"
        } else {
            ""
        };
        findings.problem(
            "clock-differs",
            format!(
                "the date is {} min {side} the time of the server, which refuses more than 15 minutes, even with a valid signature{zone}",
                seconds.abs() / 60
            ),
        );
    }
}

fn check_http_date(name: &str, request: &CapturedRequest, findings: &mut Findings) {
    let Some(value) = request.value(name) else {
        return;
    };
    let shown = fcgate_text::visible::line(value, 80);
    let other =
        |words: &str| format!("{name} is `{shown}`, {words}: the service reads {HTTP_DATE}");
    match date_form::of(value) {
        Form::Http(time) => {
            let weekday = time.strftime("%a").to_string();
            if !value.starts_with(&weekday) {
                let date = time.strftime("%d %b %Y").to_string();
                findings.problem(
                    "date-with-another-weekday",
                    format!("{name} is `{shown}`, but {date} is a {weekday}: the weekday does not belong to the date"),
                );
            }
        }
        Form::NearHttp => findings.problem(
            "date-in-another-form",
            format!("{name} is `{shown}`; the manual and all SDKs write {HTTP_DATE}, and no source shows that the service reads another form"),
        ),
        Form::Empty => findings.problem("date-is-empty", format!("{name} is empty: the service reads {HTTP_DATE}")),
        Form::Iso => findings.problem("date-is-unreadable", other("the form of x-acs-date (ISO 8601)")),
        Form::Seconds(_) => findings.problem("date-is-unreadable", other("a number of seconds since 1970")),
        Form::Milliseconds(_) => findings.problem("date-is-unreadable", other("a number of milliseconds since 1970")),
        Form::Other => findings.problem("date-is-unreadable", other("which is not a date in that form")),
    }
}

fn check_iso_date(request: &CapturedRequest, findings: &mut Findings) {
    let Some(value) = request.value("x-acs-date") else {
        findings.problem(
            "date-is-missing",
            format!("ACS3 needs the header x-acs-date: {ISO_DATE}"),
        );
        return;
    };
    let shown = fcgate_text::visible::line(value, 80);
    let other =
        |words: &str| format!("x-acs-date is `{shown}`, {words}: the service reads {ISO_DATE}");
    let has_seconds =
        |value: &str| value.len() == "2022-05-11T09:00:00Z".len() && value.ends_with('Z');
    match date_form::of(value) {
        Form::Iso if has_seconds(value) => {}
        Form::Iso if value.parse::<Timestamp>().is_ok() && value.ends_with('Z') => findings.note(
            "x-acs-date has a fraction of a second: the manual prints whole seconds, and some of its samples send fractions",
        ),
        Form::Iso => findings.problem(
            "date-in-another-form",
            format!("x-acs-date is `{shown}`; the manual and all SDKs write {ISO_DATE}, and no source shows that the service reads another form"),
        ),
        Form::Empty => findings.problem("date-is-empty", format!("x-acs-date is empty: the service reads {ISO_DATE}")),
        Form::Http(_) | Form::NearHttp => findings.problem("date-is-unreadable", other("the form of the Date header")),
        Form::Seconds(_) => findings.problem("date-is-unreadable", other("a number of seconds since 1970")),
        Form::Milliseconds(_) => findings.problem("date-is-unreadable", other("a number of milliseconds since 1970")),
        Form::Other => findings.problem("date-is-unreadable", other("which is not a time in that form")),
    }
}
