//! Each operation on tasks through both clients, and the inputs and ids that they take.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use fc_invoke::{
    AsyncTaskHandle, ClockAndRandomness, InvokeErrorKind,
    ListStatefulAsyncInvocationFunctionsInput, Operation, Safety, Scheme, SortOrder, TaskId,
    TaskWaitErrorKind, WaitOptions,
};
use fc_response::AsyncTask;

use crate::samples::{answer, endpoint, get, list, refusal, stop, v2, v3};
use crate::scripted_service::{Script, blocking, client};

const TASKS: &str = "/2023-03-30/functions/demoFunction/async-tasks";

#[tokio::test]
async fn both_clients_get_list_and_stop_tasks() {
    let script = || {
        Script::of([
            answer(200, r#"{"taskId":"task_42-a","status":"Running"}"#),
            answer(200, r#"{"tasks":[{"taskId":"a"},{"taskId":"b"}]}"#),
            answer(200, ""),
        ])
    };
    let (one, two) = (script(), script());
    let asynchronous = client(&one);
    let task = asynchronous.get_async_task(&get(v3())).await.unwrap();
    let page = asynchronous.list_async_tasks(&list(v3())).await.unwrap();
    let stopped = asynchronous.stop_async_task(&stop(v3())).await.unwrap();
    assert_eq!(stopped.status(), 200);
    let blocking = blocking(&two);
    let same_task = blocking.get_async_task(&get(v3())).unwrap();
    let same_page = blocking.list_async_tasks(&list(v3())).unwrap();
    assert_eq!(blocking.stop_async_task(&stop(v3())).unwrap().status(), 200);
    for task in [task, same_task] {
        assert_eq!(task.task().task_id(), Some("task_42-a"));
    }
    for page in [page, same_page] {
        let ids = page.tasks().iter().filter_map(AsyncTask::task_id);
        assert_eq!(ids.collect::<Vec<_>>(), ["a", "b"]);
    }
    let expected = [
        format!("GET {TASKS}/task_42-a"),
        format!("GET {TASKS}"),
        format!("PUT {TASKS}/task_42-a/stop"),
    ];
    assert_eq!(one.requests(), expected);
    assert_eq!(two.requests(), expected);
}

/// A clock whose monotonic time is not for reading.
struct NoMonotonicTime;

impl ClockAndRandomness for NoMonotonicTime {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH
    }

    fn monotonic(&self) -> Duration {
        panic!("no deadline and no observer needs the time")
    }

    fn random(&self) -> u128 {
        1
    }
}

#[tokio::test]
async fn an_operation_without_a_deadline_and_an_observer_reads_no_monotonic_time() {
    let task = || Script::of([answer(200, r#"{"taskId":"task_42-a"}"#)]);
    let asynchronous = client(&task()).clock_and_randomness(Arc::new(NoMonotonicTime));
    assert!(asynchronous.get_async_task(&get(v3())).await.is_ok());
    let blocking = blocking(&task()).clock_and_randomness(Arc::new(NoMonotonicTime));
    assert!(blocking.get_async_task(&get(v3())).is_ok());
}

#[tokio::test]
async fn both_clients_list_the_functions_in_task_mode_page_by_page() {
    let page = |name: &str, token: &str| {
        let body = format!(r#"{{"data":[{{"functionName":"{name}"}}],"nextToken":"{token}"}}"#);
        answer(200, &body)
    };
    let script = || Script::of([page("a", "t/1"), page("b", ""), page("c", "")]);
    let (one, two) = (script(), script());
    let functions = ListStatefulAsyncInvocationFunctionsInput::new;
    let mut names = Vec::new();

    let asynchronous = client(&one);
    let mut pages = asynchronous.stateful_async_invocation_function_pages(functions());
    while let Some(page) = pages.next().await {
        names.extend(page.unwrap().functions().to_vec());
    }
    let input = functions();
    let single = asynchronous.list_stateful_async_invocation_functions(&input);
    names.extend(single.await.unwrap().functions().to_vec());

    let blocking = blocking(&two);
    for page in blocking.stateful_async_invocation_function_pages(functions()) {
        names.extend(page.unwrap().functions().to_vec());
    }
    let single = blocking.list_stateful_async_invocation_functions(&functions());
    names.extend(single.unwrap().functions().to_vec());

    let names: Vec<_> = names.iter().filter_map(|it| it.function_name()).collect();
    assert_eq!(names, ["a", "b", "c", "a", "b", "c"]);
    let path = "GET /2021-04-06/stateful-async-invocation-functions";
    let expected = [
        path.to_owned(),
        format!("{path}?nextToken=t%2F1"),
        path.to_owned(),
    ];
    assert_eq!(one.requests(), expected);
    assert_eq!(two.requests(), expected);
}

#[test]
fn a_page_of_functions_that_returns_its_own_token_ends_the_list() {
    let body = r#"{"data":[],"nextToken":"t"}"#;
    let script = Script::of([answer(200, body), answer(200, body), answer(200, body)]);
    let client = blocking(&script);
    let functions = ListStatefulAsyncInvocationFunctionsInput::new();
    let pages = client.stateful_async_invocation_function_pages(functions);
    let results: Vec<_> = pages.collect();
    assert_eq!(results.len(), 2);
    let error = results[1].as_ref().unwrap_err();
    let InvokeErrorKind::Response(response) = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(response.response().body(), body);
}

#[test]
fn every_input_keeps_its_function_its_task_and_its_account() {
    assert_eq!(get(v3()).target(), &v3());
    assert_eq!(list(v2()).target(), &v2());
    assert_eq!(stop(v2()).target(), &v2());
    assert_eq!(get(v3()).task_id().as_str(), "task_42-a");
    assert_eq!(stop(v3()).task_id().as_str(), "task_42-a");
    let handle = AsyncTaskHandle::new(v3(), "order-1".parse().unwrap());
    assert_eq!(handle.target(), &v3());
    assert!(handle.accepted().is_none());
    let account = || "1234567890123456".parse().unwrap();
    let functions = ListStatefulAsyncInvocationFunctionsInput::new();
    for request in [
        get(v2())
            .account_id(account())
            .to_request(&endpoint(), Scheme::Fc),
        list(v2())
            .account_id(account())
            .to_request(&endpoint(), Scheme::Fc),
        stop(v2())
            .account_id(account())
            .to_request(&endpoint(), Scheme::Fc),
        functions
            .account_id(account())
            .to_request(&endpoint(), Scheme::Fc),
    ] {
        assert_eq!(request.headers()["x-fc-account-id"], "1234567890123456");
    }
}

#[test]
fn the_token_of_a_page_is_that_of_its_input() {
    let functions = ListStatefulAsyncInvocationFunctionsInput::new;
    assert_eq!((list(v3()).token(), functions().token()), (None, None));
    assert_eq!(list(v3()).next_token("t").token(), Some("t"));
    assert_eq!(functions().next_token("t").token(), Some("t"));
    assert_eq!(functions().next_token("").token(), None);
    assert_eq!(functions().safety(), Safety::Reads);
}

/// Source of the values: metadata of both revisions.
#[test]
fn a_list_is_sorted_in_either_order() {
    for (order, query) in [
        (SortOrder::Asc, "sortOrderByTime=asc"),
        (SortOrder::Desc, "sortOrderByTime=desc"),
    ] {
        let request = list(v3())
            .sort_order(order)
            .to_request(&endpoint(), Scheme::Acs3);
        assert_eq!(request.uri().query(), Some(query));
    }
}

#[test]
fn a_task_id_is_the_same_text_in_every_form() {
    let text = "1-65d71219-15d63510-fecf237c590c";
    let id: TaskId = text.parse().unwrap();
    assert_eq!(TaskId::try_from(text).as_ref(), Ok(&id));
    assert!(TaskId::try_from("a/b").is_err());
    let as_text: &str = id.as_ref();
    assert_eq!((as_text, id.as_str()), (text, text));
    assert_eq!(id.to_string(), text);
    assert_eq!(format!("{id:?}"), format!("TaskId({text:?})"));
    let ids = HashSet::from([id.clone(), id]);
    assert_eq!(ids.len(), 1);
}

#[test]
fn the_error_of_a_wait_names_its_task() {
    let handle = AsyncTaskHandle::new(v3(), "order-1".parse().unwrap());
    let script = Script::of([refusal(403, "AccessDenied")]);
    let error = blocking(&script)
        .wait_for_task(&handle, WaitOptions::default())
        .unwrap_err();
    assert_eq!(error.task_id(), handle.task_id());
    assert!(error.last_task().is_none() && !error.is_deadline());
    let TaskWaitErrorKind::Poll(cause) = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(cause.code(), Some("AccessDenied"));
}

/// `Conflict` counts as a taken id only for an invocation: a stop names its task and takes no id.
#[test]
fn a_conflict_of_an_operation_that_runs_no_function_is_not_a_taken_task_id() {
    let script = Script::of([refusal(409, "Conflict")]);
    let error = blocking(&script).stop_async_task(&stop(v3())).unwrap_err();
    assert!(!error.is_task_id_taken() && !error.is_task_not_found());
}
