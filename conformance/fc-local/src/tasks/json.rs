//! The JSON of a task, with the names of its revision.

use serde_json::{Map, Value, json};

use crate::demo_account::{ACCOUNT, REGION};

use super::life_cycle::State;
use super::run::TaskResult;
use super::task::Task;

/// The most bytes that a task keeps of what the function returned.
const LONGEST_RETURN: usize = 1 << 20;

/// The error of a task that fails: the documented sample.
const FAILED: &str = "UnhandledInvocationError";

/// The task as an object. `payload` is whether it has the payload of the invocation, `result` whether it has what the
/// function returned.
pub(super) fn of(task: &Task, revision: &str, payload: bool, result: bool) -> Value {
    let is_new = revision == "2023-03-30";
    let name = |new: &'static str, old: &'static str| if is_new { new } else { old };
    let text = |bytes: &[u8]| Value::from(String::from_utf8_lossy(bytes).into_owned());
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| {
        object.insert(name.to_owned(), value);
    };
    put(name("taskId", "invocationId"), task.id.as_str().into());
    let function = &task.names.function;
    if is_new {
        let resource = format!("acs:fc:{REGION}:{ACCOUNT}:functions/{function}");
        put("functionArn", resource.into());
    } else {
        let service = task.names.service.as_deref().unwrap_or_default();
        put("serviceName", service.into());
        put("functionName", function.as_str().into());
    }
    put("qualifier", qualifier(task).into());
    let state = task.state();
    put("status", state.name().into());
    let (started, ended) = (task.started(), task.ended());
    put("startedTime", started.into());
    put("endTime", ended.into());
    let duration = if started > 0 { ended - started } else { 0 };
    put("durationMs", duration.max(0).into());
    put("alreadyRetriedTimes", task.retries().into());
    put("requestId", task.request_id.as_str().into());
    if started > 0 {
        put("instanceId", "c-00000000-dummy".into());
    }
    if state == State::Failed {
        let field = name("taskErrorMessage", "invocationErrorMessage");
        let error = match &task.result {
            Some(TaskResult::Error(error)) => error,
            _ => FAILED,
        };
        put(field, error.into());
    }
    if payload {
        put(
            name("taskPayload", "invocationPayload"),
            text(&task.payload),
        );
    }
    if result && state == State::Succeeded {
        put("returnPayload", text(returned(task)));
    }
    put("events", events(task));
    Value::Object(object)
}

/// What the function returned, as far as a task keeps it.
fn returned(task: &Task) -> &[u8] {
    let bytes = task.returned();
    bytes.get(..LONGEST_RETURN).unwrap_or(bytes)
}

fn events(task: &Task) -> Value {
    let events = task.events.iter().zip(1_u64..);
    let events = events.map(|(event, id)| {
        json!({
            "eventId": id,
            "status": event.state.name(),
            "timestamp": event.time,
            "eventDetail": "",
        })
    });
    Value::Array(events.collect())
}

/// The qualifier of the invocation, or the default.
pub(super) fn qualifier(task: &Task) -> &str {
    task.names.qualifier.as_deref().unwrap_or("LATEST")
}
