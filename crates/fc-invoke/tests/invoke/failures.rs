//! The facts that an error knows: status, code, request id, and whether the function may have run.

use bytes::Bytes;
use fc_invoke::{Client, InvokeError, InvokeErrorKind, InvokeOptions, RetryPolicy, Scheme};
use fc_sign::ProviderError;
use fc_transport::TransportErrorKind;
use http::Response;

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
