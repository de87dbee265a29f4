//! The fields of a task, of both revisions.

use bytes::Bytes;
use fc_response::{
    AsyncTask, AsyncTaskStatus, FinishedTask, GetAsyncTaskOutput, ListAsyncTasksOutput,
    ListStatefulAsyncInvocationFunctionsOutput, Reply, ResponseErrorKind, StopAsyncTaskOutput,
};
use http::Response;

fn task(body: &str) -> AsyncTask {
    let response = Response::new(Bytes::copy_from_slice(body.as_bytes()));
    let output = GetAsyncTaskOutput::from_response(response).unwrap();
    output.into_result().unwrap().into_task()
}

/// The sample of the manual page `GetAsyncTask` of revision 2023-03-30, shortened.
const SAMPLE: &str = r#"{"taskId":"order-1","functionArn":"acs:fc:cn-shanghai:1234/functions/my-func",
    "qualifier":"LATEST","status":"Failed","startedTime":1633449590000,"endTime":1633449599000,"durationMs":9000,
    "destinationStatus":"Succeeded","taskErrorMessage":"UnhandledInvocationError","taskPayload":"{}",
    "returnPayload":"no","alreadyRetriedTimes":3,"requestId":"r-1","instanceId":"c-1",
    "events":[{"eventId":7,"status":"Enqueued","timestamp":1633449590000,"eventDetail":"d"}]}"#;

#[test]
fn every_field_of_revision_2023_03_30_is_read() {
    let task = task(SAMPLE);
    assert_eq!(task.task_id(), Some("order-1"));
    assert_eq!(
        task.function_arn(),
        Some("acs:fc:cn-shanghai:1234/functions/my-func")
    );
    assert_eq!((task.service_name(), task.function_name()), (None, None));
    assert_eq!(task.qualifier(), Some("LATEST"));
    assert_eq!(task.status(), Some(&AsyncTaskStatus::Failed));
    assert_eq!(task.started_time(), Some(1_633_449_590_000));
    assert_eq!(task.end_time(), Some(1_633_449_599_000));
    assert_eq!(task.duration_ms(), Some(9000));
    assert_eq!(task.destination_status(), Some("Succeeded"));
    assert_eq!(task.error_message(), Some("UnhandledInvocationError"));
    assert_eq!(
        (task.payload(), task.return_payload()),
        (Some("{}"), Some("no"))
    );
    assert_eq!(task.already_retried_times(), Some(3));
    assert_eq!(
        (task.request_id(), task.instance_id()),
        (Some("r-1"), Some("c-1"))
    );
    let [event] = task.events() else {
        panic!("{:?}", task.events())
    };
    assert_eq!(event.event_id(), Some(7));
    assert_eq!(event.status(), Some(&AsyncTaskStatus::Enqueued));
    assert_eq!(event.timestamp(), Some(1_633_449_590_000));
    assert_eq!(event.event_detail(), Some("d"));
    assert_eq!(
        format!("{event:?}"),
        "AsyncTaskEvent { event_id: Some(7), status: Some(Enqueued), timestamp: Some(1633449590000), .. }"
    );
}

#[test]
fn a_page_of_tasks_converts_into_its_tasks() {
    let body = r#"{"tasks":[{"taskId":"a"},{"taskId":"b"}],"nextToken":"t"}"#;
    let response = Response::new(Bytes::from_static(body.as_bytes()));
    let page = ListAsyncTasksOutput::from_response(response).unwrap();
    let page = page.into_result().unwrap();
    assert_eq!(page.next_token(), Some("t"));
    let tasks = page.into_tasks();
    let ids: Vec<Option<&str>> = tasks.iter().map(AsyncTask::task_id).collect();
    assert_eq!(ids, [Some("a"), Some("b")]);
}

#[test]
fn every_field_of_a_function_in_task_mode_is_read() {
    let body = r#"{"data":[{"serviceName":"s","functionName":"f","qualifier":"q"},{}]}"#;
    let response = Response::new(Bytes::from_static(body.as_bytes()));
    let page = ListStatefulAsyncInvocationFunctionsOutput::from_response(response).unwrap();
    let page = page.into_result().unwrap();
    let fields = page.functions().iter().map(|function| {
        let qualifier = function.qualifier();
        [function.service_name(), function.function_name(), qualifier]
    });
    let fields: Vec<_> = fields.collect();
    assert_eq!(fields, [[Some("s"), Some("f"), Some("q")], [None; 3]]);
    assert_eq!(page.next_token(), None);
    assert_eq!(
        format!("{:?}", page.functions()[0]),
        r#"StatefulAsyncInvocationFunction { service_name: Some("s"), function_name: Some("f"), qualifier: Some("q") }"#
    );
}

#[test]
fn a_refused_operation_is_a_failure_with_the_code_of_the_service() {
    let body = r#"{"Code":"AsyncTaskNotFound","Message":"m"}"#;
    let response = Response::builder().status(404).body(body.into()).unwrap();
    let reply = GetAsyncTaskOutput::from_response(response).unwrap();
    let failure = reply.into_result().unwrap_err();
    assert_eq!(failure.code(), Some("AsyncTaskNotFound"));
    assert_eq!(failure.into_response().body(), body);
}

#[test]
fn the_names_of_the_older_revisions_are_read_without_case() {
    let task = task(
        r#"{"invocationId":"t","serviceName":"s","functionName":"f","InvocationPayload":"in","invocationErrorMessage":"e"}"#,
    );
    assert_eq!(task.task_id(), Some("t"));
    assert_eq!(
        (task.service_name(), task.function_name()),
        (Some("s"), Some("f"))
    );
    assert_eq!(
        (task.payload(), task.error_message()),
        (Some("in"), Some("e"))
    );
}

#[test]
fn debug_and_errors_show_no_payload() {
    let body = SAMPLE
        .replace("\"{}\"", "\"SECRET-IN\"")
        .replace("\"no\"", "\"SECRET-OUT\"");
    let task = task(&body);
    let shown = format!("{task:?}");
    assert!(!shown.contains("SECRET"), "{shown}");
    assert!(shown.contains("payload_bytes: Some(9)"), "{shown}");
    let failed = FinishedTask::from_task(task)
        .unwrap()
        .into_result()
        .unwrap_err();
    let shown = format!("{failed} {failed:?}");
    assert!(!shown.contains("SECRET"), "{shown}");
    assert!(failed.may_have_run());
}

#[test]
fn only_a_task_with_a_known_final_state_is_finished() {
    let with = |status: &str| task(&format!(r#"{{"taskId":"t","status":"{status}"}}"#));
    for status in ["Running", "Stopping", "Paused", ""] {
        assert!(FinishedTask::from_task(with(status)).is_err(), "{status}");
    }
    assert!(FinishedTask::from_task(task("{}")).is_err());
    for (status, may_have_run) in [
        ("Failed", true),
        ("Stopped", true),
        ("Expired", false),
        ("Invalid", false),
    ] {
        let finished = FinishedTask::from_task(with(status)).unwrap();
        assert_eq!(finished.task().task_id(), Some("t"));
        let error = finished.into_result().unwrap_err();
        assert_eq!(error.to_string(), format!("task t ended as {status}"));
        assert_eq!(error.may_have_run(), may_have_run, "{status}");
    }
    let succeeded = FinishedTask::from_task(with("Succeeded")).unwrap();
    assert_eq!(succeeded.task().task_id(), Some("t"));
    assert_eq!(succeeded.into_result().unwrap().task_id(), Some("t"));
}

#[test]
fn the_error_of_an_unsuccessful_task_keeps_it_and_shows_what_the_task_has() {
    for (body, message) in [
        ("{}", "task"),
        (r#"{"taskId":"t"}"#, "task t"),
        (r#"{"status":"Failed"}"#, "task ended as Failed"),
        (r#"{"taskId":"t","taskErrorMessage":""}"#, "task t"),
        (
            r#"{"taskId":"t","status":"Stopped","taskErrorMessage":"a\u001b"}"#,
            r"task t ended as Stopped: a\u{1b}",
        ),
    ] {
        let finished = FinishedTask::Failed(Box::new(task(body)));
        let error = finished.clone().into_result().unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.finished(), &finished);
        assert_eq!(error.task(), finished.task());
    }
}

#[test]
fn a_success_that_is_not_a_task_is_an_error_that_names_the_reason() {
    for (body, message) in [
        (
            "",
            "invalid-body: the body is empty; expected a JSON object (status 200, 0 bytes)",
        ),
        (
            "[1]",
            "invalid-body: the body is not an object; expected a JSON object (status 200, 3 bytes)",
        ),
        (
            "<html>",
            "invalid-body: the body is not JSON: expected value at line 1 column 1 (status 200, 6 bytes)",
        ),
        (
            r#"{"events":{}}"#,
            "invalid-body: field `events`: expected a list, found an object (status 200, 13 bytes)",
        ),
        (
            r#"{"events":[{"timestamp":"x"}]}"#,
            "invalid-body: field `events[0].timestamp`: expected milliseconds since 1970, found a text \
             (status 200, 30 bytes)",
        ),
    ] {
        let response = Response::new(Bytes::from_static(body.as_bytes()));
        let error = GetAsyncTaskOutput::from_response(response).unwrap_err();
        assert_eq!(error.kind(), ResponseErrorKind::InvalidBody);
        assert_eq!(error.to_string(), message);
        assert_eq!(error.into_response().body(), body);
    }
}

#[test]
fn a_status_outside_of_200_to_599_is_unexpected() {
    let response = Response::builder().status(600).body(Bytes::new()).unwrap();
    let error = StopAsyncTaskOutput::from_response(response).unwrap_err();
    assert_eq!(
        error.to_string(),
        "unexpected-status: expected 200 to 599, found 600"
    );
}

#[test]
fn only_the_refusal_of_a_stopped_task_is_converted_into_a_stop() {
    let refusal = |status: u16, code: &str| {
        let body = format!(r#"{{"Code":"{code}","Message":"m"}}"#);
        let response = Response::builder()
            .status(status)
            .body(body.into())
            .unwrap();
        match StopAsyncTaskOutput::from_response(response).unwrap() {
            Reply::Rejected(error) => error,
            Reply::Output(output) => panic!("{output:?}"),
        }
    };
    let stopped = refusal(412, "AsyncInvocationStopped");
    assert!(StopAsyncTaskOutput::from_stopped(stopped).is_ok());
    for (status, code) in [
        (412, "CAExited"),
        (404, "AsyncTaskNotFound"),
        (409, "AsyncInvocationStopped"),
    ] {
        let other = StopAsyncTaskOutput::from_stopped(refusal(status, code));
        assert_eq!(other.unwrap_err().code(), Some(code), "{status}");
    }
    assert!(refusal(404, "AsyncTaskNotFound").is_task_not_found());
    assert!(refusal(404, "StatefulAsyncInvocationNotFound").is_task_not_found());
    assert!(!refusal(404, "FunctionNotFound").is_task_not_found());
    assert!(refusal(409, "AsyncTaskAlreadyExists").is_duplicate_invocation());
}
