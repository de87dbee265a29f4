//! The answers of `recorded.json`, which official SDKs read too.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use fc_response::{
    AsyncTask, GetAsyncTaskOutput, ListAsyncTasksOutput,
    ListStatefulAsyncInvocationFunctionsOutput, Reply, ResponseError, StopAsyncTaskOutput,
};
use http::Response;
use serde_json::Value;

/// A recorded answer, and its name: case and revision.
struct Answer {
    name: String,
    operation: String,
    response: Response<Bytes>,
}

fn answers() -> Vec<Answer> {
    let recorded: Value = serde_json::from_str(include_str!("recorded.json")).unwrap();
    let answers = recorded["answers"].as_array().unwrap();
    answers.iter().map(answer).collect()
}

fn answer(recorded: &Value) -> Answer {
    let text = |key: &str| recorded[key].as_str().unwrap_or_default().to_owned();
    let body = match recorded["body_b64"].as_str() {
        Some(base64) => STANDARD.decode(base64).unwrap(),
        None => text("body").into_bytes(),
    };
    let status = u16::try_from(recorded["status"].as_u64().unwrap()).unwrap();
    let mut response = Response::builder().status(status);
    for header in recorded["headers"].as_array().unwrap() {
        response = response.header(header[0].as_str().unwrap(), header[1].as_str().unwrap());
    }
    Answer {
        name: format!("{} {}", text("case"), text("revision")),
        operation: text("operation"),
        response: response.body(body.into()).unwrap(),
    }
}

/// The result in one line, and the response that it holds.
fn read(operation: &str, response: Response<Bytes>) -> (String, Response<Bytes>) {
    match operation {
        "GetAsyncTask" | "GetStatefulAsyncInvocation" => line(
            GetAsyncTaskOutput::from_response(response),
            |output| task(output.task()),
            GetAsyncTaskOutput::into_response,
        ),
        "ListAsyncTasks" | "ListStatefulAsyncInvocations" => line(
            ListAsyncTasksOutput::from_response(response),
            |output| {
                let tasks: Vec<&str> = output
                    .tasks()
                    .iter()
                    .filter_map(AsyncTask::task_id)
                    .collect();
                format!("{tasks:?} {:?}", output.next_token())
            },
            ListAsyncTasksOutput::into_response,
        ),
        "StopAsyncTask" | "StopStatefulAsyncInvocation" => line(
            StopAsyncTaskOutput::from_response(response),
            |_| "stopped".into(),
            StopAsyncTaskOutput::into_response,
        ),
        "ListStatefulAsyncInvocationFunctions" => line(
            ListStatefulAsyncInvocationFunctionsOutput::from_response(response),
            |output| format!("{:?} {:?}", output.functions(), output.next_token()),
            ListStatefulAsyncInvocationFunctionsOutput::into_response,
        ),
        other => panic!("{other}"),
    }
}

fn line<T>(
    result: Result<Reply<T>, ResponseError>,
    show: impl FnOnce(&T) -> String,
    into_response: impl FnOnce(T) -> Response<Bytes>,
) -> (String, Response<Bytes>) {
    match result {
        Ok(Reply::Output(output)) => (show(&output), into_response(output)),
        Ok(Reply::Rejected(error)) => (error.to_string(), error.into_response()),
        Err(error) => (error.to_string(), error.into_response()),
    }
}

fn task(task: &AsyncTask) -> String {
    let status = task.status().map(ToString::to_string);
    format!(
        "{} {} {:?}-{:?} {:?} ms, {:?} retries, {} events{}",
        task.task_id().unwrap_or("no id"),
        status.as_deref().unwrap_or("no status"),
        task.started_time(),
        task.end_time(),
        task.duration_ms(),
        task.already_retried_times(),
        task.events().len(),
        if task.is_final() { ", final" } else { "" },
    )
}

#[test]
fn no_recorded_answer_loses_a_byte() {
    let answers = answers();
    assert!(answers.len() > 120, "{}", answers.len());
    for answer in answers {
        let (_, kept) = read(&answer.operation, answer.response.clone());
        assert_eq!(kept.body(), answer.response.body(), "{}", answer.name);
        assert_eq!(kept.headers(), answer.response.headers(), "{}", answer.name);
        assert_eq!(kept.status(), answer.response.status(), "{}", answer.name);
    }
}

#[test]
fn every_recorded_answer_has_its_result() {
    let lines = answers().into_iter().map(|answer| {
        let (line, _) = read(&answer.operation, answer.response);
        format!("{}: {line}\n", answer.name)
    });
    let found: String = lines.collect();
    let expected = include_str!("results.txt");
    assert!(found == expected, "expected {expected}\nfound {found}");
}
