//! The operations on tasks, and the tasks that the SDK returns.

use ali_acs::fc::{AsyncTask, Connection, GetAsyncTask, ListAsyncTasks, StopAsyncTask};
use serde_json::{Map, Value, json};

use crate::Failure;
use crate::call::{TaskCall, TaskRequest};
use crate::outcome::{Operation, failed};
use crate::sdk::at_the_endpoint;

pub(crate) fn perform(call: &TaskCall) -> Result<Value, Failure> {
    at_the_endpoint(&call.target, async |connection| {
        send(&connection, &call.request).await
    })
}

async fn send(connection: &Connection, given: &TaskRequest) -> Result<Value, Failure> {
    let mut output = json!({ "outcome": { "kind": "completed" } });
    let failure = match given.operation.as_str() {
        "get" => {
            let mut request = GetAsyncTask::new(given.function.clone(), given.task_id.clone());
            if let Some(qualifier) = given.qualifier.clone() {
                request = request.qualifier(qualifier);
            }
            match connection.get_async_task(request).await {
                Ok(task) => {
                    output["task"] = fields(&task);
                    return Ok(output);
                }
                Err(error) => error,
            }
        }
        "list" => match connection.list_async_tasks(filters(given)).await {
            Ok(page) => {
                output["tasks"] = page.tasks.iter().map(fields).collect();
                if let Some(token) = page.next_token {
                    output["next_token"] = json!(token);
                }
                return Ok(output);
            }
            Err(error) => error,
        },
        "stop" => {
            let mut request = StopAsyncTask::new(given.function.clone(), given.task_id.clone());
            if let Some(qualifier) = given.qualifier.clone() {
                request = request.qualifier(qualifier);
            }
            match connection.stop_async_task(request).await {
                Ok(()) => return Ok(output),
                Err(error) => error,
            }
        }
        _ => return Err(Failure::Unsupported("tasks.wait")),
    };
    Ok(json!({ "outcome": failed(&failure, Operation::Task)? }))
}

fn filters(given: &TaskRequest) -> ListAsyncTasks {
    let mut request = ListAsyncTasks::new(given.function.clone());
    if let Some(include) = given.include_payload {
        request = request.include_payload(include);
    }
    if let Some(limit) = given.limit {
        request = request.limit(limit);
    }
    if let Some(token) = given.next_token.clone() {
        request = request.next_token(token);
    }
    if let Some(prefix) = given.prefix.clone() {
        request = request.prefix(prefix);
    }
    if let Some(qualifier) = given.qualifier.clone() {
        request = request.qualifier(qualifier);
    }
    if let Some(order) = given.sort_order_by_time.clone() {
        request = request.sort_order_by_time(order);
    }
    if let Some(begin) = given.started_time_begin {
        request = request.started_time_begin(begin);
    }
    if let Some(end) = given.started_time_end {
        request = request.started_time_end(end);
    }
    if let Some(status) = given.status.clone() {
        request = request.status(status);
    }
    request
}

/// The fields of a task that the SDK has a value for.
fn fields(task: &AsyncTask) -> Value {
    let all = [
        ("task_id", json!(task.task_id)),
        ("qualifier", json!(task.qualifier)),
        ("status", json!(task.status)),
        ("started_time", json!(task.started_time)),
        ("end_time", json!(task.end_time)),
        ("duration_ms", json!(task.duration_ms)),
        ("destination_status", json!(task.destination_status)),
        ("error_message", json!(task.task_error_message)),
        ("payload", json!(task.task_payload)),
        ("return_payload", json!(task.return_payload)),
        ("already_retried_times", json!(task.already_retried_times)),
        ("request_id", json!(task.request_id)),
        ("instance_id", json!(task.instance_id)),
    ];
    let given = all.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(Map::from_iter(
        given.map(|(name, value)| (name.to_owned(), value)),
    ))
}
