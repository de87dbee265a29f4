//! The command `task`: an operation on asynchronous tasks at the gate's fake endpoint.

use serde::{Deserialize, Serialize};

use super::{Credentials, Outcome, Scheme};

/// The input of `task`: one operation, which the implementation signs and sends with its own clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskInput {
    /// The API revision.
    pub revision: String,
    /// The signature scheme.
    pub scheme: Scheme,
    /// The endpoint, `http://127.0.0.1:PORT`.
    pub endpoint: String,
    /// The credentials that sign the request.
    pub credentials: Credentials,
    /// The time limit of the whole call in milliseconds.
    pub timeout_ms: u64,
    /// The operation.
    pub request: TaskRequest,
}

/// An operation on tasks with its parameters. An absent parameter is one that the caller did not set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRequest {
    /// The operation.
    pub operation: TaskOperation,
    /// The service name; absent on 2023-03-30.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The function name.
    pub function: String,
    /// The version or alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<String>,
    /// The task id; absent for `list`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// The start of the ids of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The state of the tasks of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The earliest start of the tasks of a list, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_time_begin: Option<u64>,
    /// The latest start of the tasks of a list, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_time_end: Option<u64>,
    /// `asc` or `desc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort_order_by_time: Option<String>,
    /// Whether a list has the payloads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_payload: Option<bool>,
    /// The number of tasks of a page, 1 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The token of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// The longest pause between two polls of `wait`, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll_ms: Option<u64>,
}

/// The operations on tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskOperation {
    /// Reads one task.
    Get,
    /// Reads one page of the tasks of a function.
    List,
    /// Stops one task.
    Stop,
    /// Reads one task again and again until it has ended.
    Wait,
}

/// The output of `task`: the outcome of the call, and what a success contains.
///
/// The kind of the outcome is `completed` for a success and `service_error`, `bad_response` or `transport_error`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TaskOutput {
    /// The outcome.
    pub outcome: Outcome,
    /// The task of `get` and `wait`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
    /// The tasks of `list`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Vec<Task>>,
    /// The token of the next page; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl TaskOutput {
    /// Creates an output without a task.
    pub fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            task: None,
            tasks: None,
            next_token: None,
        }
    }
}

/// A task. A field that the implementation does not expose, or that the service did not send, is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The task id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// The qualifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<String>,
    /// The state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The start in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_time: Option<u64>,
    /// The end in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_time: Option<u64>,
    /// The duration in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// The state of the destination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination_status: Option<String>,
    /// The message of an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// The payload of the invocation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// The payload of the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_payload: Option<String>,
    /// The number of retries of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub already_retried_times: Option<u64>,
    /// The request id of the invocation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The instance id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
}
