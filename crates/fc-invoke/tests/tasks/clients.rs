//! Both clients over a scripted transport.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use fc_headers::InvocationType;
use fc_invoke::{
    AsyncTaskHandle, BlockingClient, ClockAndRandomness as _, InvocationObserver, InvocationRecord,
    InvokeError, InvokeErrorKind, InvokeFunctionInput, Scheme, Target, TaskIdSource, WaitOptions,
};
use fc_response::{FinishedTask, ResponseErrorKind};
use fc_transport::TransportErrorKind;

use crate::samples::{SendResult, answer, endpoint, error, list, refusal, stop, v2, v3};
use crate::scripted_service::{Script, blocking, client};

fn input(task_id: Option<&str>) -> InvokeFunctionInput {
    let builder = InvokeFunctionInput::builder(v3()).invocation_type(InvocationType::Async);
    match task_id {
        Some(id) => builder.stateful_async_invocation_id(id.parse().unwrap()),
        None => builder,
    }
    .build()
    .unwrap()
}

fn accepted(headers: &[(&'static str, &'static str)]) -> SendResult {
    let mut response = answer(202, "")?;
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    Ok(response)
}

const REQUEST_ID: (&str, &str) = ("x-fc-request-id", "1-65d71219-15d63510-fecf237c590c");

fn state(state: &str) -> SendResult {
    answer(
        200,
        &format!(r#"{{"taskId":"order-1","status":"{state}"}}"#),
    )
}

fn life() -> Script {
    Script::of([
        accepted(&[REQUEST_ID]),
        refusal(404, "AsyncTaskNotFound"),
        state("Enqueued"),
        error(TransportErrorKind::Interrupted),
        state("Running"),
        refusal(429, "ResourceExhausted"),
        state("Succeeded"),
    ])
}

#[tokio::test]
async fn both_clients_invoke_once_and_poll_until_the_task_has_ended() {
    let (script, blocking_script) = (life(), life());
    let options = WaitOptions::default();
    let client = client(&script);
    let handle = client.invoke_async(&input(Some("order-1"))).await.unwrap();
    let finished = client.wait_for_task(&handle, options).await.unwrap();
    assert!(matches!(finished, FinishedTask::Succeeded(_)));
    let client = blocking(&blocking_script);
    let handle = client.invoke_async(&input(Some("order-1"))).unwrap();
    let finished = client.wait_for_task(&handle, options).unwrap();
    assert!(matches!(finished, FinishedTask::Succeeded(_)));
    let poll = "GET /2023-03-30/functions/demoFunction/async-tasks/order-1";
    for script in [script, blocking_script] {
        let requests = script.requests();
        assert_eq!(
            requests[0],
            "POST /2023-03-30/functions/demoFunction/invocations"
        );
        assert_eq!(requests[1..], [poll; 6]);
        // Pauses of 1, 2 and 4 s, and two retries of up to 100 ms.
        assert_eq!(script.monotonic(), Duration::from_millis(7200));
    }
}

#[tokio::test]
async fn a_failed_wait_never_invokes_again() {
    for end in [
        refusal(403, "AccessDenied"),
        answer(200, "<html>"),
        error(TransportErrorKind::Protocol),
    ] {
        let script = Script::of([accepted(&[REQUEST_ID]), state("Running"), end]);
        let client = client(&script);
        let handle = client.invoke_async(&input(Some("order-1"))).await.unwrap();
        let error = client.wait_for_task(&handle, WaitOptions::default()).await;
        assert_eq!(error.unwrap_err().polls(), 2);
        assert_eq!(script.invocations(), 1);
        assert_eq!(script.requests().len(), 3);
    }
}

#[tokio::test]
async fn a_wait_keeps_its_deadline_in_both_clients() {
    let running = || Script::of((0..100).map(|_| state("Running")));
    let handle = AsyncTaskHandle::new(v3(), "order-1".parse().unwrap());
    let options = WaitOptions::default().deadline(Duration::from_secs(60));
    let script = running();
    let error = client(&script)
        .wait_for_task(&handle, options)
        .await
        .unwrap_err();
    let blocking_script = running();
    let other = blocking(&blocking_script)
        .wait_for_task(&handle, options)
        .unwrap_err();
    for (error, script) in [(error, script), (other, blocking_script)] {
        assert!(error.is_deadline(), "{error}");
        assert_eq!(error.polls(), 7);
        let time = script.monotonic();
        assert!(
            Duration::from_secs(55) < time && time < Duration::from_secs(60),
            "{time:?}"
        );
    }
}

#[tokio::test]
async fn the_task_id_is_that_of_the_caller_or_the_response_or_the_request() {
    for (id, headers, expected, source) in [
        (
            Some("mine"),
            vec![REQUEST_ID, ("x-fc-async-task-id", "theirs")],
            "mine",
            TaskIdSource::Caller,
        ),
        (
            None,
            vec![REQUEST_ID, ("x-fc-async-task-id", "theirs")],
            "theirs",
            TaskIdSource::Response,
        ),
        (
            None,
            vec![REQUEST_ID, ("x-fc-stateful-async-invocation-id", "2theirs")],
            "2theirs",
            TaskIdSource::Response,
        ),
        (
            None,
            vec![REQUEST_ID],
            REQUEST_ID.1,
            TaskIdSource::RequestId,
        ),
    ] {
        let script = Script::of([accepted(&headers)]);
        let handle = client(&script).invoke_async(&input(id)).await.unwrap();
        assert_eq!(
            (handle.task_id().as_str(), handle.id_source()),
            (expected, source)
        );
        assert_eq!(handle.accepted().unwrap().request_id(), Some(REQUEST_ID.1));
    }
    let script = Script::of([accepted(&[])]);
    let client = client(&script).accept_unidentified_responses();
    let error = client.invoke_async(&input(None)).await.unwrap_err();
    let InvokeErrorKind::Response(response) = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(response.kind(), ResponseErrorKind::NoTaskId);
    assert!(error.may_have_run());
}

#[test]
fn an_invocation_that_is_not_asynchronous_has_no_handle() {
    let script = Script::default();
    let sync = InvokeFunctionInput::builder(v3()).build().unwrap();
    let error = blocking(&script).invoke_async(&sync).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("input: async-only: task handle"),
        "{error}"
    );
    assert!(script.requests().is_empty());
    let mut completed = answer(200, "done").unwrap();
    completed
        .headers_mut()
        .insert("x-fc-request-id", "r-1".parse().unwrap());
    let error = blocking(&Script::of([Ok(completed)]))
        .invoke_async(&input(None))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "response: unexpected-status: expected 202, found 200"
    );
}

#[test]
fn a_taken_task_id_is_typed_and_a_conflict_after_a_lost_attempt_is_the_acceptance() {
    let taken = |code| {
        let script = Script::of([refusal(409, code)]);
        let error = blocking(&script)
            .invoke_async(&input(Some("order-1")))
            .unwrap_err();
        assert!(!error.may_have_run());
        error.is_task_id_taken()
    };
    assert!(taken("StatefulAsyncInvocationAlreadyExists"));
    assert!(taken("AsyncTaskAlreadyExists"));
    assert!(taken("Conflict"));
    assert!(!taken("ConcurrentUpdateError"));
    let script = Script::of([
        error(TransportErrorKind::Interrupted),
        refusal(409, "AsyncTaskAlreadyExists"),
    ]);
    let handle = blocking(&script)
        .invoke_async(&input(Some("order-1")))
        .unwrap();
    assert_eq!(handle.task_id().as_str(), "order-1");
    assert_eq!(script.invocations(), 2);
}

#[tokio::test]
async fn pages_follow_the_tokens_to_the_last_page_and_keep_the_filters() {
    let pages = || {
        Script::of([
            answer(200, r#"{"tasks":[{"taskId":"a"}],"nextToken":"t/1"}"#),
            error(TransportErrorKind::Interrupted),
            answer(200, r#"{"tasks":null,"nextToken":"t2"}"#),
            answer(200, r#"{"tasks":[{"taskId":"b"},null],"nextToken":""}"#),
        ])
    };
    let (script, blocking_script) = (pages(), pages());
    let client = client(&script);
    let mut pages = client.async_task_pages(list(v3()).prefix("p"));
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.extend(page.unwrap().into_tasks());
    }
    assert!(pages.next().await.is_none());
    let client = blocking(&blocking_script);
    let pages = client.async_task_pages(list(v3()).prefix("p"));
    let tasks = pages.flat_map(|page| page.unwrap().into_tasks());
    assert_eq!(tasks.collect::<Vec<_>>(), found);
    let ids: Vec<_> = found.iter().filter_map(|task| task.task_id()).collect();
    assert_eq!(ids, ["a", "b"]);
    let path = "GET /2023-03-30/functions/demoFunction/async-tasks";
    let second = format!("{path}?nextToken=t%2F1&prefix=p");
    let expected = [
        format!("{path}?prefix=p"),
        second.clone(),
        second,
        format!("{path}?nextToken=t2&prefix=p"),
    ];
    assert_eq!(script.requests(), expected);
    assert_eq!(blocking_script.requests(), expected);
}

#[test]
fn a_page_that_returns_its_own_token_and_a_failed_page_end_the_list() {
    let page = || answer(200, r#"{"tasks":[{"taskId":"a"}],"nextToken":"t"}"#);
    let script = Script::of([page(), page(), page()]);
    let client = blocking(&script);
    let results: Vec<_> = client.async_task_pages(list(v2())).collect();
    assert_eq!(results.len(), 2);
    let error = results[1].as_ref().unwrap_err();
    let InvokeErrorKind::Response(response) = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(response.response().body(), page().unwrap().body());
    let script = Script::of([page(), refusal(400, "InvalidArgument"), page()]);
    let results: Vec<_> = blocking(&script)
        .async_task_pages(list(v2()))
        .map(|page| page.is_ok())
        .collect();
    assert_eq!(results, [true, false]);
}

#[tokio::test]
async fn a_lost_stop_is_sent_again_and_a_refused_one_is_not() {
    let script = Script::of([
        error(TransportErrorKind::Interrupted),
        refusal(500, "InternalServerError"),
        refusal(412, "AsyncInvocationStopped"),
    ]);
    client(&script).stop_async_task(&stop(v3())).await.unwrap();
    let put = "PUT /2023-03-30/functions/demoFunction/async-tasks/task_42-a/stop";
    assert_eq!(script.requests(), [put; 3]);
    let script = Script::of([refusal(404, "AsyncTaskNotFound")]);
    let error = blocking(&script).stop_async_task(&stop(v3())).unwrap_err();
    assert!(error.is_task_not_found());
    assert_eq!(script.requests().len(), 1);
}

#[derive(Default)]
struct Counter(Mutex<usize>);

impl InvocationObserver for Counter {
    fn invocation_ended(&self, _: &InvocationRecord<'_>) {
        *self.0.lock().unwrap() += 1;
    }
}

#[test]
fn an_observer_sees_the_invocation_and_no_poll() {
    let script = life();
    let counter = Arc::new(Counter::default());
    let client = blocking(&script).observer(counter.clone());
    let handle = client.invoke_async(&input(Some("order-1"))).unwrap();
    let finished = client
        .wait_for_task(&handle, WaitOptions::default())
        .unwrap();
    assert!(finished.into_result().is_ok());
    assert_eq!(*counter.0.lock().unwrap(), 1);
}

#[test]
fn the_account_of_the_invocation_is_sent_with_every_operation_on_its_task() {
    let target = Target::new("s".parse().unwrap(), "f".parse().unwrap());
    let input = InvokeFunctionInput::builder(target)
        .invocation_type(InvocationType::Async)
        .account_id("1234567890123456".parse().unwrap())
        .build()
        .unwrap();
    let script = Script::of([accepted(&[REQUEST_ID])]);
    let handle = blocking(&script).invoke_async(&input).unwrap();
    for request in [
        handle.get_input().to_request(&endpoint(), Scheme::Fc),
        handle.stop_input().to_request(&endpoint(), Scheme::Fc),
    ] {
        assert_eq!(request.headers()["x-fc-account-id"], "1234567890123456");
    }
}

#[test]
fn one_error_type_covers_the_invocation_and_its_task() {
    fn run(client: &BlockingClient<Script>) -> Result<(), Box<dyn std::error::Error>> {
        let handle = client.invoke_async(&input(Some("order-1")))?;
        let task = client
            .wait_for_task(&handle, WaitOptions::default())?
            .into_result()?;
        assert!(task.is_final());
        Ok(())
    }
    let script = Script::of([accepted(&[REQUEST_ID]), state("Expired")]);
    let error = run(&blocking(&script)).unwrap_err();
    assert_eq!(error.to_string(), "task order-1 ended as Expired");
    let script = Script::of([refusal(409, "Conflict")]);
    let error = run(&blocking(&script)).unwrap_err();
    assert!(
        error
            .downcast_ref::<InvokeError>()
            .unwrap()
            .is_task_id_taken()
    );
}

#[test]
fn a_wait_corrects_the_clock_only_if_the_caller_allows_it() {
    let skewed = || {
        let mut response = refusal(403, "RequestTimeTooSkewed").unwrap();
        let date = "Wed, 11 May 2022 09:40:00 GMT".parse().unwrap();
        response.headers_mut().insert("date", date);
        Ok(response)
    };
    let handle = AsyncTaskHandle::new(v3(), "order-1".parse().unwrap());
    let script = Script::of([skewed(), state("Succeeded")]);
    let options = WaitOptions::default();
    let error = blocking(&script).wait_for_task(&handle, options);
    assert!(error.unwrap_err().to_string().contains("clock-skew"));
    let script = Script::of([skewed(), state("Succeeded")]);
    let finished = blocking(&script).wait_for_task(&handle, options.correct_clock());
    assert!(finished.unwrap().into_result().is_ok());
    assert_eq!(script.requests().len(), 2);
}
