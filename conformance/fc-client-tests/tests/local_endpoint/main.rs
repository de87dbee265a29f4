//! Our clients against `fc_local::LocalEndpoint`, as the tests of an application use it.

#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

use std::time::Duration;

use fc_client::{
    ClientBuilder, Credentials, FinishedTask, InvocationType, InvokeFunctionInput, Outcome,
    RetryPolicy, Target, UreqClient, WaitOptions,
};
use fc_headers::LogType;
use fc_local::{Call, CallKind, FunctionSettings, LocalEndpoint, Reply, SignatureVerdict};

/// An endpoint with the functions of an application.
fn endpoint() -> LocalEndpoint {
    let endpoint = LocalEndpoint::start().unwrap();
    let upper = |call: &Call| Reply::success(call.text().to_uppercase()).log("called\n");
    endpoint.function("upper", upper).unwrap();
    let echo = |call: &Call| Reply::success(call.payload.clone());
    endpoint.function("large", echo).unwrap();
    let failing = |_: &Call| Reply::function_error("HandledInvocationError", "no such order");
    endpoint.function("failing", failing).unwrap();
    endpoint
}

/// From the endpoint to the client: one line.
fn builder(endpoint: &LocalEndpoint, secret: &str) -> ClientBuilder<Credentials> {
    let key = Credentials::new(
        endpoint.access_key_id().parse().unwrap(),
        secret.parse().unwrap(),
    );
    let policy = RetryPolicy::default().base(Duration::ZERO);
    ClientBuilder::new(endpoint.url().parse().unwrap(), key).retry_policy(policy)
}

fn blocking(endpoint: &LocalEndpoint) -> UreqClient<Credentials> {
    builder(endpoint, endpoint.access_key_secret())
        .ureq()
        .unwrap()
}

fn input(function: &str, payload: impl Into<bytes::Bytes>) -> InvokeFunctionInput {
    let target = Target::v2023_03_30(function.parse().unwrap());
    InvokeFunctionInput::builder(target)
        .payload(payload.into())
        .log_type(LogType::Tail)
        .build()
        .unwrap()
}

fn task_input(function: &str, id: &str) -> InvokeFunctionInput {
    let target = Target::v2023_03_30(function.parse().unwrap());
    InvokeFunctionInput::builder(target)
        .invocation_type(InvocationType::Async)
        .stateful_async_invocation_id(id.parse().unwrap())
        .payload("order")
        .build()
        .unwrap()
}

/// The pauses of a wait for a task, short because the endpoint is on this machine.
fn quick() -> WaitOptions {
    WaitOptions::default()
        .first_pause(Duration::from_millis(1))
        .deadline(Duration::from_secs(120))
}

#[test]
fn a_blocking_client_calls_a_closure_and_reads_its_log() {
    let endpoint = endpoint();
    let client = blocking(&endpoint);
    let success = client
        .invoke(&input("upper", "order"))
        .unwrap()
        .into_result()
        .unwrap();
    assert_eq!(success.payload(), "ORDER");
    let log = success.metadata().log_tail().unwrap().unwrap();
    assert!(log.to_string_lossy().contains("called"), "{log:?}");
    let calls = endpoint
        .wait_for_calls("upper", 1, Duration::from_secs(60))
        .unwrap();
    assert_eq!(calls[0].call.text(), "order");
    assert_eq!(calls[0].call.kind, CallKind::Sync);
    endpoint.verify().unwrap();
}

#[tokio::test]
async fn an_async_client_calls_a_closure() {
    let endpoint = endpoint();
    let client = builder(&endpoint, endpoint.access_key_secret())
        .reqwest()
        .unwrap();
    let outcome = client.invoke(&input("upper", "order")).await.unwrap();
    assert_eq!(outcome.into_result().unwrap().payload(), "ORDER");
    let handle = client
        .invoke_async(&task_input("upper", "order-1"))
        .await
        .unwrap();
    let task = client
        .wait_for_task(&handle, quick())
        .await
        .unwrap()
        .into_result()
        .unwrap();
    assert_eq!(task.return_payload(), Some("ORDER"));
    endpoint.verify().unwrap();
}

#[test]
fn a_task_that_fails_is_run_again_by_the_service() {
    let endpoint = endpoint();
    let mut settings = FunctionSettings::default();
    settings.retries = 2;
    let done = |_: &Call| Reply::success("done");
    endpoint.function_with("flaky", settings, done).unwrap();
    let error = Reply::function_error("UnhandledInvocationError", "once");
    endpoint.answer_next("flaky", [error]).unwrap();
    let client = blocking(&endpoint);
    let handle = client
        .invoke_async(&task_input("flaky", "order-2"))
        .unwrap();
    let finished = client.wait_for_task(&handle, quick()).unwrap();
    let FinishedTask::Succeeded(task) = finished else {
        panic!("{finished:?}")
    };
    assert_eq!(task.already_retried_times(), Some(1));
    assert_eq!(task.return_payload(), Some("done"));
    assert_eq!(
        endpoint.calls_of("flaky").unwrap().len(),
        1,
        "the retry is one of the service"
    );
}

#[test]
fn a_function_error_is_an_outcome() {
    let endpoint = endpoint();
    let outcome = blocking(&endpoint).invoke(&input("failing", "")).unwrap();
    let Outcome::FunctionFailed(error) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        error.document().unwrap().error_message(),
        Some("no such order")
    );
    endpoint.verify().unwrap();
}

#[test]
fn a_throttled_call_is_sent_again_and_both_are_recorded() {
    let endpoint = endpoint();
    let busy = Reply::service_error(429, "ResourceExhausted", "busy");
    endpoint.answer_next("upper", [busy]).unwrap();
    let outcome = blocking(&endpoint)
        .invoke(&input("upper", "order"))
        .unwrap();
    assert_eq!(outcome.into_result().unwrap().payload(), "ORDER");
    let statuses: Vec<_> = endpoint.calls().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [Some(429), Some(200)]);
    endpoint.verify().unwrap();
}

#[test]
fn a_payload_of_6_mb_comes_back_whole() {
    let endpoint = endpoint();
    let payload: Vec<u8> = (0..6 << 20)
        .map(|index: u32| index.to_le_bytes()[1])
        .collect();
    let outcome = blocking(&endpoint)
        .invoke(&input("large", payload.clone()))
        .unwrap();
    assert!(outcome.into_result().unwrap().payload() == &payload[..]);
    assert!(endpoint.calls()[0].call.payload == payload);
}

#[test]
fn a_wrong_secret_is_refused_and_verify_says_so() {
    let endpoint = endpoint();
    let client: UreqClient<_> = builder(&endpoint, "anotherSecret").ureq().unwrap();
    let outcome = client.invoke(&input("upper", "order")).unwrap();
    assert_eq!(outcome.status(), 403);
    let calls = endpoint.calls();
    assert!(
        matches!(calls[0].signature, SignatureVerdict::Refused(_)),
        "{calls:?}"
    );
    let error = endpoint.verify().unwrap_err();
    assert!(
        error.problems()[0].contains("the signature was refused"),
        "{error}"
    );
    assert!(!error.to_string().contains("anotherSecret"), "{error}");
}
