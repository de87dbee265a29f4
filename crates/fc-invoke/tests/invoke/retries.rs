//! The decision after an attempt: an outcome, an error or a retry.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use fc_headers::InvocationType;
use fc_invoke::{
    Call, InvokeError, InvokeErrorKind, InvokeFunctionInput, Next, RetryPolicy, Scheme, Signer,
    Target,
};
use fc_response::Outcome;
use fc_transport::{TransportError, TransportErrorKind};
use http::{Request, Response};

use crate::samples::{builder, credentials, endpoint};

type SendResult = Result<Response<Bytes>, TransportError>;

fn signer() -> Signer {
    Signer::new(Scheme::Fc, &credentials())
}

fn plain() -> Call {
    let input = builder().build().unwrap();
    Call::new(&input, &endpoint(), Scheme::Fc).unwrap()
}

fn task() -> Call {
    let input = builder()
        .invocation_type(InvocationType::Async)
        .stateful_async_invocation_id("task-1".parse().unwrap())
        .build()
        .unwrap();
    Call::new(&input, &endpoint(), Scheme::Fc).unwrap()
}

fn attempt(call: Call, result: SendResult) -> Next {
    sent(call, result).1
}

fn sent(call: Call, result: SendResult) -> (Request<Bytes>, Next) {
    let time = "2022-05-11T09:00:00Z".parse().unwrap();
    let (request, in_flight) = call.start(&signer(), time, &"n".parse().unwrap()).unwrap();
    (request, in_flight.finish(result))
}

fn error(kind: TransportErrorKind) -> SendResult {
    Err(TransportError::new(kind, "scripted"))
}

fn answer(status: u16, code: &str) -> SendResult {
    let body = format!(r#"{{"ErrorCode":"{code}","ErrorMessage":"m"}}"#);
    Ok(Response::builder()
        .status(status)
        .header("x-fc-request-id", "r-1")
        .body(Bytes::from(body))
        .unwrap())
}

fn is_clock_skew(next: &Next) -> bool {
    matches!(next, Next::Done(Err(error)) if matches!(error.kind(), InvokeErrorKind::ClockSkew(_)))
}

fn is_retry(next: &Next) -> bool {
    matches!(next, Next::Retry(..))
}

#[test]
fn only_an_attempt_that_certainly_did_not_run_is_retried_by_default() {
    use TransportErrorKind::{Connect, Interrupted, Other, Protocol, Request, Timeout};
    for (result, by_default, if_idempotent) in [
        (error(Connect), true, true),
        (answer(429, "ResourceExhausted"), true, true),
        (answer(503, "ResourceThrottled"), true, true),
        (answer(400, "Throttling.User"), true, true),
        (answer(503, "Throttling"), true, true),
        (answer(500, "Throttling.User"), false, true),
        (answer(400, "InvalidArgument"), false, false),
        (error(Interrupted), false, true),
        (error(Timeout), false, true),
        (answer(500, "InternalServerError"), false, true),
        (answer(502, ""), false, true),
        (error(Protocol), false, false),
        (error(Request), false, false),
        (error(Other), false, false),
        (answer(200, ""), false, false),
        (answer(202, ""), false, false),
        (answer(204, ""), false, false),
        (answer(302, ""), false, false),
        (answer(403, "AccessDenied"), false, false),
        (
            answer(409, "StatefulAsyncInvocationAlreadyExists"),
            false,
            false,
        ),
    ] {
        let shown = format!("{result:?}");
        let copy = |result: &SendResult| match result {
            Ok(response) => Ok(response.clone()),
            Err(other) => error(other.kind()),
        };
        assert_eq!(
            is_retry(&attempt(plain(), copy(&result))),
            by_default,
            "{shown}"
        );
        assert_eq!(
            is_retry(&attempt(plain().idempotent(), copy(&result))),
            if_idempotent,
            "{shown}"
        );
        assert_eq!(
            is_retry(&attempt(task(), copy(&result))),
            if_idempotent,
            "{shown}"
        );
    }
}

#[test]
fn a_503_of_a_load_balancer_is_not_retried_because_the_function_may_have_run() {
    let page = Ok(Response::builder()
        .status(503)
        .body(Bytes::from("<html>"))
        .unwrap());
    assert!(!is_retry(&attempt(plain(), page)));
}

fn retried(next: Next) -> Call {
    match next {
        Next::Retry(call, _) => call,
        Next::Done(done) => panic!("not retried: {done:?}"),
    }
}

#[test]
fn a_used_task_id_is_an_acceptance_if_an_earlier_attempt_may_have_arrived() {
    let used = || answer(409, "StatefulAsyncInvocationAlreadyExists");
    let lost = retried(attempt(task(), error(TransportErrorKind::Interrupted)));
    assert!(matches!(
        attempt(lost, used()),
        Next::Done(Ok(Outcome::Accepted(_)))
    ));
    let refused = retried(attempt(task(), error(TransportErrorKind::Connect)));
    assert!(matches!(
        attempt(refused, used()),
        Next::Done(Ok(Outcome::Rejected(_)))
    ));
    assert!(matches!(
        attempt(task(), used()),
        Next::Done(Ok(Outcome::Rejected(_)))
    ));
}

#[test]
fn a_used_task_id_is_an_acceptance_only_after_a_response_after_which_the_function_may_have_run() {
    let used = || answer(409, "StatefulAsyncInvocationAlreadyExists");
    let accepted = |call| matches!(attempt(call, used()), Next::Done(Ok(Outcome::Accepted(_))));
    let refused = || retried(attempt(task(), answer(429, "ResourceExhausted")));
    assert!(!accepted(refused()));
    let failed = || retried(attempt(task(), answer(500, "InternalServerError")));
    assert!(accepted(failed()));
    // A later refusal does not change that.
    let later = retried(attempt(failed(), answer(429, "ResourceExhausted")));
    assert!(accepted(later));
}

#[test]
fn the_last_response_is_the_outcome_when_no_attempts_are_left() {
    let call = plain().retry_policy(RetryPolicy::default().max_attempts(2));
    let call = retried(attempt(call, answer(429, "ResourceExhausted")));
    let Next::Done(Ok(Outcome::Rejected(error))) = attempt(call, answer(429, "ResourceExhausted"))
    else {
        panic!("retried");
    };
    assert_eq!(error.code(), Some("ResourceExhausted"));
}

#[test]
fn a_retry_after_in_seconds_lengthens_the_wait() {
    let mut response = answer(429, "ResourceExhausted").unwrap();
    response
        .headers_mut()
        .insert("retry-after", "7".parse().unwrap());
    let Next::Retry(_, backoff) = attempt(plain(), Ok(response)) else {
        panic!("not retried")
    };
    assert_eq!(backoff.shortest(), Duration::from_secs(7));
}

#[test]
fn an_acs_retry_after_is_in_milliseconds_and_the_longer_of_both_headers_counts() {
    for (headers, millis) in [
        (&[("x-acs-retry-after", "1500")][..], 1_500),
        (
            &[("x-acs-retry-after", "1500"), ("retry-after", "1")],
            1_500,
        ),
        (
            &[("x-acs-retry-after", "1500"), ("retry-after", "2")],
            2_000,
        ),
        (
            &[("x-acs-retry-after", "soon"), ("retry-after", "2")],
            2_000,
        ),
        (
            &[("x-acs-retry-after", "1500"), ("retry-after", "soon")],
            1_500,
        ),
    ] {
        let mut response = answer(400, "Throttling.User").unwrap();
        for (name, value) in headers {
            response.headers_mut().insert(*name, value.parse().unwrap());
        }
        let Next::Retry(_, backoff) = attempt(plain(), Ok(response)) else {
            panic!("not retried")
        };
        assert_eq!(
            backoff.shortest(),
            Duration::from_millis(millis),
            "{headers:?}"
        );
    }
}

#[test]
fn a_retry_after_date_counts_from_the_time_of_the_attempt() {
    for (date, seconds) in [
        ("Wed, 11 May 2022 09:00:09 GMT", 9),
        ("Wed, 11 May 2022 08:00:00 GMT", 0),
    ] {
        let mut response = answer(429, "ResourceExhausted").unwrap();
        let headers = response.headers_mut();
        headers.insert("retry-after", date.parse().unwrap());
        let Next::Retry(_, backoff) = attempt(plain(), Ok(response)) else {
            panic!("not retried")
        };
        let usual = RetryPolicy::default().backoff(1, None).shortest();
        assert_eq!(backoff.shortest(), Duration::from_secs(seconds).max(usual));
    }
}

#[test]
fn an_attempt_has_its_number_and_the_time_that_it_is_signed_for() {
    let mut call = plain();
    for (number, second) in [(1, "00"), (2, "01")] {
        let time = format!("2022-05-11T09:00:{second}Z").parse().unwrap();
        let (_, in_flight) = call.start(&signer(), time, &"n".parse().unwrap()).unwrap();
        assert_eq!((in_flight.attempt(), in_flight.time()), (number, time));
        call = retried(in_flight.finish(error(TransportErrorKind::Connect)));
    }
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
fn a_call_with_a_scheme_that_the_revision_does_not_accept_is_refused() {
    let target = Target::v2023_03_30("fn".parse().unwrap());
    let input = InvokeFunctionInput::builder(target).build().unwrap();
    let error = Call::new(&input, &endpoint(), Scheme::Fc).unwrap_err();
    assert!(error.to_string().starts_with("unsupported-scheme"));
}
