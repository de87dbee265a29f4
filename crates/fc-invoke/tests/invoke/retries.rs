//! The decision after an attempt: an outcome, an error or a retry.

use std::time::Duration;

use bytes::Bytes;
use fc_headers::InvocationType;
use fc_invoke::{Call, InvokeFunctionInput, Next, RetryPolicy, Scheme, Target};
use fc_response::Outcome;
use fc_transport::TransportErrorKind;
use http::Response;

use crate::one_attempt::{SendResult, answer, attempt, error, plain, retried, signer, task};
use crate::samples::{builder, endpoint};

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
fn an_asynchronous_invocation_without_an_id_is_not_repeated_because_the_function_may_run_twice() {
    let input = builder().invocation_type(InvocationType::Async);
    let call = Call::new(&input.build().unwrap(), &endpoint(), Scheme::Fc).unwrap();
    let lost = error(TransportErrorKind::Interrupted);
    assert!(!is_retry(&attempt(call, lost)));
}

#[test]
fn a_503_of_a_load_balancer_is_not_retried_because_the_function_may_have_run() {
    let page = Ok(Response::builder()
        .status(503)
        .body(Bytes::from("<html>"))
        .unwrap());
    assert!(!is_retry(&attempt(plain(), page)));
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

#[test]
fn a_call_with_a_scheme_that_the_revision_does_not_accept_is_refused() {
    let target = Target::v2023_03_30("fn".parse().unwrap());
    let input = InvokeFunctionInput::builder(target).build().unwrap();
    let error = Call::new(&input, &endpoint(), Scheme::Fc).unwrap_err();
    assert!(error.to_string().starts_with("unsupported-scheme"));
}
