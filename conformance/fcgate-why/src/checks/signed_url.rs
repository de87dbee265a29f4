//! The expiry of a signed URL.

use jiff::{Timestamp, Unit};

use crate::authorization::Authorization;
use crate::captured::Exchange;
use crate::clock;
use crate::date_form::{self, Form};
use crate::findings::Findings;

pub(super) fn check(
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    findings: &mut Findings,
) {
    let request = &exchange.request;
    let mut pairs = request.query().split('&');
    let expires = pairs.find_map(|pair| pair.strip_prefix("x-fc-expires="));
    if !matches!(authorization, Authorization::Url { .. }) {
        if request.query().contains("x-fc-signature=") {
            findings.problem(
                "signed-twice",
                "the request has an Authorization header and a signature in its URL: send one of them",
            );
        }
        return;
    }
    let Some(expires) = expires else {
        findings.problem(
            "expiry-is-missing",
            "the signed URL has no x-fc-expires: Unix seconds",
        );
        return;
    };
    let shown = fcgate_text::visible::line(expires, 40);
    let wrong =
        |words: &str| format!("x-fc-expires is `{shown}`, {words}: the service reads Unix seconds");
    match date_form::of(expires) {
        Form::Seconds(seconds) => check_expiry(exchange, seconds, findings),
        Form::Milliseconds(_) => {
            findings.problem("expiry-in-milliseconds", wrong("which are milliseconds"));
        }
        Form::Empty => findings.problem("expiry-is-missing", wrong("which is empty")),
        _ => findings.problem("expiry-is-unreadable", wrong("which is not a number")),
    }
}

fn check_expiry(exchange: &Exchange, seconds: i64, findings: &mut Findings) {
    let Ok(expiry) = Timestamp::from_second(seconds) else {
        return;
    };
    let Some(time) = clock::of_request(exchange) else {
        return;
    };
    let late = time.as_second() - seconds;
    if late <= 0 {
        return;
    }
    let distance = match late {
        0..=119 => format!("{late} seconds"),
        120..=7_199 => format!("{} minutes", late / 60),
        7_200..=172_799 => format!("{} hours", late / 3_600),
        _ => format!("{} days", late / 86_400),
    };
    let hint = if seconds < 1_000_000_000 {
        "; an expiry is a time, not a duration"
    } else {
        ""
    };
    let time = time.round(Unit::Second).unwrap_or(time);
    findings.problem(
        "signed-url-has-expired",
        format!(
            "the signed URL expired at {expiry}, {distance} before {time}: sign a new one{hint}"
        ),
    );
}
