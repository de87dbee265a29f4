//! The decision after an attempt: none of these operations runs a function, so a lost one is sent again.

use std::time::Duration;

use fc_headers::InputErrorKind;
use fc_invoke::{Call, InvokeErrorKind, Next, Operation, RetryPolicy, Safety, Scheme, Signer};
use fc_sign::Credentials;
use fc_transport::TransportErrorKind;
use http::Request;

use crate::samples::{SendResult, answer, endpoint, error, get, list, refusal, stop, v2, v3};

fn call<O: Operation>(input: &O) -> Call<O> {
    Call::new(input, &endpoint(), Scheme::Acs3).unwrap()
}

fn sent<O: Operation>(
    call: Call<O>,
    nonce: &str,
    result: SendResult,
) -> (Request<bytes::Bytes>, Next<O>) {
    let key = Credentials::new("id".parse().unwrap(), "secret".parse().unwrap());
    let signer = Signer::new(Scheme::Acs3, &key);
    let time = "2022-05-11T09:00:00Z".parse().unwrap();
    let (request, in_flight) = call.start(&signer, time, &nonce.parse().unwrap()).unwrap();
    (request, in_flight.finish(result))
}

fn attempt<O: Operation>(call: Call<O>, result: SendResult) -> Next<O> {
    sent(call, "n-1", result).1
}

fn retried<O: Operation>(next: Next<O>) -> Call<O> {
    match next {
        Next::Retry(call, _) => call,
        Next::Done(done) => panic!("{done:?}"),
    }
}

fn done<O: Operation>(next: Next<O>) -> Result<O::Output, fc_invoke::InvokeError> {
    match next {
        Next::Done(done) => done,
        Next::Retry(call, _) => panic!("{call:?}"),
    }
}

#[test]
fn lost_connections_429_and_5xx_are_retried_and_refusals_are_not() {
    use TransportErrorKind::{Connect, Interrupted, Other, Protocol, Timeout};
    for (result, is_retried) in [
        (error(Connect), true),
        (error(Interrupted), true),
        (error(Timeout), true),
        (refusal(429, "ResourceExhausted"), true),
        (refusal(503, "ResourceThrottled"), true),
        (refusal(500, "InternalServerError"), true),
        (answer(502, "<html>"), true),
        (error(Protocol), false),
        (error(Other), false),
        (refusal(404, "AsyncTaskNotFound"), false),
        (refusal(403, "AccessDenied"), false),
        (answer(302, ""), false),
        (answer(200, ""), false),
        (answer(200, "<html>"), false),
    ] {
        let found = |result: &SendResult| match result {
            Ok(response) => Ok(response.clone()),
            Err(failure) => error(failure.kind()),
        };
        let shown = format!("{result:?}");
        let read = attempt(call(&get(v3())), found(&result));
        assert_eq!(matches!(read, Next::Retry(..)), is_retried, "get {shown}");
        let page = attempt(call(&list(v2())), found(&result));
        assert_eq!(matches!(page, Next::Retry(..)), is_retried, "list {shown}");
        if !matches!(&result, Ok(response) if response.status() == 200) {
            let stop = attempt(call(&stop(v3())), result);
            assert_eq!(matches!(stop, Next::Retry(..)), is_retried, "stop {shown}");
        }
    }
}

#[test]
fn no_error_of_a_task_operation_says_that_the_function_may_have_run() {
    let never = || call(&get(v3())).retry_policy(RetryPolicy::never());
    for (result, is_retryable) in [
        (error(TransportErrorKind::Interrupted), true),
        (error(TransportErrorKind::Timeout), true),
        (error(TransportErrorKind::Protocol), false),
        (refusal(500, "InternalServerError"), true),
        (refusal(429, "ResourceExhausted"), true),
        (refusal(412, "CAExited"), false),
        (refusal(404, "AsyncTaskNotFound"), false),
        (answer(200, ""), false),
    ] {
        let error = done(attempt(never(), result)).unwrap_err();
        assert!(!error.may_have_run(), "{error}");
        assert_eq!(error.is_retryable(), is_retryable, "{error}");
    }
    // Also after an attempt that may have arrived.
    let call = call(&get(v3())).deadline(Duration::ZERO);
    let call = retried(attempt(call, error(TransportErrorKind::Interrupted)));
    let late = call.check_deadline(Duration::ZERO, fc_invoke::DeadlinePhase::Backoff);
    let late = late.unwrap_err();
    assert!(!late.may_have_run() && late.is_retryable(), "{late}");
    let InvokeErrorKind::Deadline(late) = late.kind() else {
        panic!("{late}")
    };
    assert!(!late.last_failure().unwrap().may_have_run());
}

#[test]
fn every_attempt_has_its_own_signature() {
    let (first, next) = sent(
        call(&get(v3())),
        "n-1",
        error(TransportErrorKind::Interrupted),
    );
    let (second, next) = sent(retried(next), "n-2", answer(200, r#"{"taskId":"t"}"#));
    assert_eq!(first.uri(), second.uri());
    assert_ne!(
        first.headers()["authorization"],
        second.headers()["authorization"]
    );
    assert_eq!(done(next).unwrap().task().task_id(), Some("t"));
}

#[test]
fn the_refusal_of_a_repeated_stop_is_a_success_only_after_an_attempt_that_may_have_arrived() {
    let stopped = || refusal(412, "AsyncInvocationStopped");
    let lost = attempt(call(&stop(v3())), error(TransportErrorKind::Interrupted));
    let output = done(attempt(retried(lost), stopped())).unwrap();
    assert_eq!(output.status(), 412);
    let failed = attempt(call(&stop(v3())), refusal(500, "InternalServerError"));
    assert!(done(attempt(retried(failed), stopped())).is_ok());
    for certain in [
        error(TransportErrorKind::Connect),
        refusal(429, "ResourceExhausted"),
    ] {
        let next = attempt(call(&stop(v3())), certain);
        assert!(done(attempt(retried(next), stopped())).is_err());
    }
    assert!(done(attempt(call(&stop(v3())), stopped())).is_err());
    let lost = attempt(call(&stop(v3())), error(TransportErrorKind::Interrupted));
    let other = done(attempt(retried(lost), refusal(400, "InvalidArgument")));
    assert_eq!(other.unwrap_err().code(), Some("InvalidArgument"));
}

#[test]
fn each_operation_has_its_safety_and_revision_2023_03_30_needs_acs3() {
    assert_eq!(get(v3()).safety(), Safety::Reads);
    assert_eq!(list(v3()).safety(), Safety::Reads);
    assert_eq!(stop(v3()).safety(), Safety::Repeatable);
    assert!(!Safety::Repeatable.runs_function() && Safety::RunsFunctionOnce.runs_function());
    let error = Call::new(&get(v3()), &endpoint(), Scheme::Fc).unwrap_err();
    assert_eq!(error.kind(), InputErrorKind::UnsupportedScheme);
    assert!(Call::new(&get(v2()), &endpoint(), Scheme::Fc).is_ok());
}
