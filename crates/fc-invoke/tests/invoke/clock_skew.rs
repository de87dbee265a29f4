//! Refusals because of the time of a request: how they are recognised, their message, and the corrected clock.

use std::error::Error as _;

use bytes::Bytes;
use fc_invoke::{InvokeError, InvokeErrorKind, Next};
use http::Response;

use crate::one_attempt::{SendResult, attempt, plain, retried, sent};

fn is_clock_skew(next: &Next) -> bool {
    matches!(next, Next::Done(Err(error)) if matches!(error.kind(), InvokeErrorKind::ClockSkew(_)))
}

fn skewed(date: &str) -> SendResult {
    let body = r#"{"ErrorCode":"AccessDenied","ErrorMessage":"the difference between the request time 'a' and the current time 'b' is too large"}"#;
    let response = Response::builder().status(403).header("date", date);
    Ok(response.body(Bytes::from(body)).unwrap())
}

#[test]
fn the_message_of_a_clock_skew_names_both_times() {
    let next = attempt(plain(), skewed("Wed, 11 May 2022 09:20:00 GMT"));
    let Next::Done(Err(error)) = next else {
        panic!("{next:?}")
    };
    assert!(matches!(error.kind(), InvokeErrorKind::ClockSkew(_)));
    assert_eq!(error.status().unwrap(), 403);
    assert!(!error.may_have_run() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "clock-skew: the request was signed for 2022-05-11T09:00:00Z, but the clock of the service is at \
         2022-05-11T09:20:00Z: the difference is 1200 s, at most 900 s are allowed"
    );
}

#[test]
fn a_clock_skew_is_recognised_by_its_code_or_by_its_whole_message() {
    let refusal = |status, code: &str, message: &str| {
        let body = format!(r#"{{"ErrorCode":"{code}","ErrorMessage":"{message}"}}"#);
        let response = Response::builder().status(status).body(Bytes::from(body));
        let next = attempt(plain(), Ok(response.unwrap()));
        is_clock_skew(&next)
    };
    let whole = "the difference between the request time and the server time is too large";
    for (status, code, message, is_skew) in [
        (403, "AccessDenied", whole, true),
        (400, "RequestTimeTooSkewed", "m", true),
        (400, "InvalidTimeStamp.Expired", "m", true),
        (400, "InvalidArgument", "the payload is too large", false),
        (403, "AccessDenied", "m", false),
        (404, "RequestTimeTooSkewed", whole, false),
    ] {
        assert_eq!(
            refusal(status, code, message),
            is_skew,
            "{status} {code} {message}"
        );
    }
}

#[test]
fn a_clock_skew_keeps_both_times_and_the_refusal() {
    let next = attempt(plain(), skewed("Wed, 11 May 2022 08:40:00 GMT"));
    let skew = match next {
        Next::Done(Err(error)) => match error.into_kind() {
            InvokeErrorKind::ClockSkew(skew) => skew,
            other => panic!("{other:?}"),
        },
        next => panic!("{next:?}"),
    };
    assert_eq!(skew.request_time().to_string(), "2022-05-11T09:00:00Z");
    let server_time = skew.server_time().unwrap();
    assert_eq!(server_time.to_string(), "2022-05-11T08:40:00Z");
    assert_eq!(skew.refusal().code(), Some("AccessDenied"));
    assert!(
        skew.to_string()
            .contains("08:40:00Z: the difference is 1200 s"),
        "{skew}"
    );
    let shown = format!("{skew:?}");
    assert!(
        shown.starts_with("ClockSkew { request_time: Timestamp("),
        "{shown}"
    );
    let error = InvokeError::from(skew);
    assert!(
        error
            .source()
            .unwrap()
            .to_string()
            .starts_with("rejected with status 403")
    );
}

#[test]
fn the_clock_is_corrected_once_and_only_if_the_caller_allows_it() {
    let later = || skewed("Wed, 11 May 2022 09:20:00 GMT");
    let call = retried(attempt(plain().correct_clock(), later()));
    let (request, next) = sent(call, later());
    assert_eq!(
        request.headers().get("date").unwrap(),
        "Wed, 11 May 2022 09:20:00 GMT"
    );
    assert!(is_clock_skew(&next));
    for date in ["yesterday", ""] {
        let next = attempt(plain().correct_clock(), skewed(date));
        assert!(is_clock_skew(&next), "{date}");
    }
}

#[test]
fn a_refusal_without_one_valid_date_is_a_clock_skew_of_unknown_size() {
    let date = "Wed, 11 May 2022 09:20:00 GMT";
    for dates in [&[][..], &["yesterday"], &[date, date]] {
        let mut response = skewed(date).unwrap();
        response.headers_mut().remove("date");
        for date in dates {
            let value = date.parse().unwrap();
            response.headers_mut().append("date", value);
        }
        let Next::Done(Err(error)) = attempt(plain().correct_clock(), Ok(response)) else {
            panic!("{dates:?}")
        };
        let InvokeErrorKind::ClockSkew(skew) = error.kind() else {
            panic!("{error}")
        };
        assert_eq!(skew.server_time(), None, "{dates:?}");
        assert_eq!(
            error.to_string(),
            "clock-skew: the request was signed for 2022-05-11T09:00:00Z, and the service refused that time without \
             a valid Date of its own; check the clock"
        );
    }
}
