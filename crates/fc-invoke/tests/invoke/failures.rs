//! The facts that an error knows: status, code, request id, and whether the function may have run.

use std::error::Error as _;

use bytes::Bytes;
use fc_headers::{InputError, InputErrorKind};
use fc_invoke::{
    Client, DeadlinePhase, InvokeError, InvokeErrorKind, InvokeOptions, Next, RetryPolicy, Scheme,
};
use fc_response::Outcome;
use fc_sign::{ProviderError, SignError};
use fc_transport::{TransportError, TransportErrorKind};
use http::Response;

use crate::one_attempt::{attempt, error, plain, retried};
use crate::samples::{endpoint, input};
use crate::scripted_clients::{Rotating, Script, SendResult, answer, blocking, client};

#[tokio::test]
async fn an_error_keeps_that_an_earlier_attempt_may_have_run() {
    let scripts = || {
        [
            Script::of([
                Err(TransportErrorKind::Interrupted),
                Err(TransportErrorKind::Connect),
            ]),
            Script::of([Err(TransportErrorKind::Interrupted), answer(429)]),
        ]
    };
    let options = InvokeOptions::default()
        .idempotent()
        .retry_policy(RetryPolicy::default().max_attempts(2));
    for (script, blocking_script) in scripts().into_iter().zip(scripts()) {
        let client = client(&script, Scheme::Fc);
        let outcome = client.invoke_with(&input(), options).await;
        let outcome = outcome.and_then(|it| Ok(it.into_result()?));
        let blocking = blocking(&blocking_script, Scheme::Fc).invoke_with(&input(), options);
        let blocking = blocking.and_then(|it| Ok(it.into_result()?));
        for error in [outcome.unwrap_err(), blocking.unwrap_err()] {
            assert!(error.may_have_run() && !error.is_retryable(), "{error}");
        }
    }
    let never = RetryPolicy::never();
    for script in [
        Script::of([Err(TransportErrorKind::Connect)]),
        Script::of([answer(429)]),
    ] {
        let client = client(&script, Scheme::Fc).retry_policy(never);
        let outcome = client.invoke(&input()).await;
        let error = outcome.and_then(|it| Ok(it.into_result()?)).unwrap_err();
        assert!(!error.may_have_run() && error.is_retryable(), "{error}");
    }
}

#[tokio::test]
async fn the_credentials_error_of_a_retry_keeps_that_the_first_attempt_may_have_run() {
    let lost = || Err(TransportErrorKind::Interrupted);
    let script = Script::of([lost(), lost(), answer(200)]);
    let client = Client::new(script, endpoint(), Scheme::Fc, Rotating::default());
    let options = InvokeOptions::default().idempotent();
    let error = client.invoke_with(&input(), options).await.unwrap_err();
    assert!(matches!(error.kind(), InvokeErrorKind::Credentials(_)));
    assert!(error.may_have_run());
    let unsent = InvokeError::from(ProviderError::new("no file"));
    assert!(!unsent.may_have_run() && !unsent.is_retryable());
}

/// The page of a captive portal.
fn portal() -> SendResult {
    let page = Response::builder().header("content-type", "text/html");
    Ok(page.body(Bytes::from_static(b"<html>log in")).unwrap())
}

#[tokio::test]
async fn the_page_of_a_captive_portal_is_an_error_unless_the_caller_accepts_it() {
    let strict = client(&Script::of([portal()]), Scheme::Fc);
    let error = strict.invoke(&input()).await.unwrap_err();
    assert!(
        error.to_string().starts_with("response: not-fc: "),
        "{error}"
    );
    assert_eq!(
        (error.status().unwrap().as_u16(), error.code()),
        (200, None)
    );
    assert!(error.may_have_run() && !error.is_retryable());
    let accepting = client(&Script::of([portal()]), Scheme::Fc).accept_unidentified_responses();
    let success = accepting
        .invoke(&input())
        .await
        .unwrap()
        .into_result()
        .unwrap();
    assert_eq!(success.payload(), "<html>log in");
    let accepting = blocking(&Script::of([portal()]), Scheme::Fc).accept_unidentified_responses();
    let success = accepting.invoke(&input()).unwrap().into_result().unwrap();
    assert_eq!(success.status(), 200);
}

#[tokio::test]
async fn an_invocation_decides_about_unidentified_responses_before_its_client() {
    let accepts = InvokeOptions::default().accept_unidentified_responses();
    let refuses = InvokeOptions::default().refuse_unidentified_responses();
    for (client_accepts, options, is_accepted) in [
        (false, InvokeOptions::default(), false),
        (false, accepts, true),
        (false, refuses, false),
        (true, InvokeOptions::default(), true),
        (true, accepts, true),
        (true, refuses, false),
    ] {
        let mut asynchronous = client(&Script::of([portal()]), Scheme::Fc);
        let mut blocking = blocking(&Script::of([portal()]), Scheme::Fc);
        if client_accepts {
            asynchronous = asynchronous.accept_unidentified_responses();
            blocking = blocking.accept_unidentified_responses();
        }
        let outcome = asynchronous.invoke_with(&input(), options).await;
        assert_eq!(outcome.is_ok(), is_accepted, "{client_accepts} {options:?}");
        let outcome = blocking.invoke_with(&input(), options);
        assert_eq!(outcome.is_ok(), is_accepted, "{client_accepts} {options:?}");
    }
}

#[test]
fn a_call_refuses_an_unidentified_response_unless_it_accepts_them() {
    let page = || Ok(portal().unwrap());
    let refused = attempt(plain(), page());
    assert!(matches!(refused, Next::Done(Err(_))), "{refused:?}");
    let accepted = attempt(plain().accept_unidentified_responses(), page());
    assert!(matches!(accepted, Next::Done(Ok(Outcome::Completed(_)))));
}

/// The facts of an error of each kind. Only a refusal has a code, and only a failed function an error type.
#[test]
fn an_error_of_each_kind_has_the_facts_of_its_cause() {
    let refusal = Response::builder()
        .status(403)
        .header("x-fc-request-id", "r-1")
        .body(Bytes::from_static(br#"{"Code":"RequestTimeTooSkewed"}"#));
    let Next::Done(Err(skew)) = attempt(plain(), Ok(refusal.unwrap())) else {
        panic!("expected a clock skew")
    };
    let throttled = Response::builder()
        .status(429)
        .header("x-fc-request-id", "r-2")
        .body(Bytes::from_static(br#"{"Code":"ResourceExhausted"}"#));
    let call = retried(attempt(plain(), Ok(throttled.unwrap())));
    let unknown = Response::builder()
        .status(204)
        .header("x-fc-request-id", "r-3");
    let unknown = attempt(plain(), Ok(unknown.body(Bytes::new()).unwrap()));
    let Next::Done(Err(unknown)) = unknown else {
        panic!("{unknown:?}")
    };
    let transport = |kind| InvokeError::from(TransportError::new(kind, "scripted"));
    let input = InputError::new(InputErrorKind::Missing, "payload");
    let early = plain().deadline_exceeded(DeadlinePhase::Backoff);
    for (error, status, code, request_id, may_have_run, is_retryable) in [
        (input.into(), None, None, None, false, false),
        (
            ProviderError::new("no file").into(),
            None,
            None,
            None,
            false,
            false,
        ),
        (SignError::Host.into(), None, None, None, false, false),
        (
            transport(TransportErrorKind::Connect),
            None,
            None,
            None,
            false,
            true,
        ),
        (
            transport(TransportErrorKind::Untrusted),
            None,
            None,
            None,
            false,
            false,
        ),
        (
            transport(TransportErrorKind::Timeout),
            None,
            None,
            None,
            true,
            false,
        ),
        (unknown, Some(204), None, Some("r-3"), true, false),
        (
            skew,
            Some(403),
            Some("RequestTimeTooSkewed"),
            Some("r-1"),
            false,
            false,
        ),
        (
            call.deadline_exceeded(DeadlinePhase::Backoff),
            Some(429),
            Some("ResourceExhausted"),
            Some("r-2"),
            false,
            true,
        ),
        (
            call.deadline_exceeded(DeadlinePhase::Attempt),
            Some(429),
            Some("ResourceExhausted"),
            Some("r-2"),
            true,
            false,
        ),
        (early, None, None, None, false, true),
    ] {
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            status,
            "{error}"
        );
        assert_eq!(error.code(), code, "{error}");
        assert_eq!(error.request_id(), request_id, "{error}");
        assert_eq!(error.may_have_run(), may_have_run, "{error}");
        assert_eq!(error.is_retryable(), is_retryable, "{error}");
        assert_eq!(error.error_type(), None, "{error}");
        assert_eq!(error.stack_trace(), None, "{error}");
        assert!(
            !error.is_task_id_taken() && !error.is_task_not_found(),
            "{error}"
        );
    }
}

#[test]
fn the_source_of_an_error_is_the_cause_that_its_message_does_not_show() {
    let source = |error: &InvokeError| error.source().map(ToString::to_string);
    let input = InvokeError::from(InputError::new(InputErrorKind::Missing, "payload"));
    assert_eq!(source(&input), None);
    let unknown = Response::builder().status(204).body(Bytes::new());
    let unknown = Outcome::from_response(unknown.unwrap()).unwrap_err();
    assert_eq!(source(&InvokeError::from(unknown)), None);
    let refused = Response::builder().status(403).body(Bytes::new());
    let refused = Outcome::from_response(refused.unwrap()).unwrap();
    let refused = InvokeError::from(refused.into_result().unwrap_err());
    assert_eq!(source(&refused), None);
    let lost = retried(attempt(plain(), error(TransportErrorKind::Connect)));
    let late = lost.deadline_exceeded(DeadlinePhase::Backoff);
    assert_eq!(source(&late).unwrap(), "transport: connect: scripted");
}

#[tokio::test]
async fn one_error_type_has_the_status_the_code_the_request_id_and_the_stack_trace() {
    let refusal = Response::builder().status(403).body(Bytes::from_static(
        br#"{"Code":"AccessDenied","Message":"m","RequestId":"of-body"}"#,
    ));
    let error: InvokeError = client(&Script::of([Ok(refusal.unwrap())]), Scheme::Acs3)
        .invoke(&input())
        .await
        .unwrap()
        .into_result()
        .unwrap_err()
        .into();
    assert_eq!(
        error.to_string(),
        "rejected with status 403: AccessDenied: m (request id of-body)"
    );
    assert_eq!(error.status().unwrap(), 403);
    assert_eq!(error.code(), Some("AccessDenied"));
    assert_eq!(error.request_id(), Some("of-body"));
    assert!(error.error_type().is_none() && error.stack_trace().is_none());

    let failed = Response::builder()
        .header("x-fc-request-id", "r-1")
        .header("x-fc-error-type", "UnhandledInvocationError")
        .body(Bytes::from_static(
            br#"{"errorMessage":"m","stackTrace":["a","b"]}"#,
        ));
    let client = client(&Script::of([Ok(failed.unwrap())]), Scheme::Fc);
    let outcome = client.invoke(&input()).await.unwrap();
    let error = InvokeError::from(outcome.into_result().unwrap_err());
    assert_eq!((error.code(), error.request_id()), (None, Some("r-1")));
    assert_eq!(
        error.error_type().unwrap().to_string(),
        "UnhandledInvocationError"
    );
    assert_eq!(error.stack_trace().unwrap().lines(), ["a", "b"]);
    assert!(error.may_have_run() && !error.is_retryable());
}
