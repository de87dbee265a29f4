//! An operation on tasks, simple enough to make mistakes in every step.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use percent_encoding::utf8_percent_encode;
use serde_json::{Map, Value};

use fcgate_protocol::{
    BuildOutput, HeaderList, Implementation, Outcome, OutcomeKind, Reply, Scheme, SignInput, Task,
    TaskInput, TaskOperation, TaskOutput, TransportClass,
};

use crate::client::exchange::Exchange;
use crate::client::framing::Received;
use crate::mistake::Mistake;
use crate::signing::encoding::UNRESERVED;

const NEWEST: &str = "2023-03-30";

/// The most polls of one wait. The mutants do not pause between two polls.
const MAX_POLLS: u32 = 20;

/// The states in which a task has ended.
pub(crate) const FINAL: [&str; 5] = ["Succeeded", "Failed", "Stopped", "Expired", "Invalid"];

/// Signs the request of the operation and sends it, each with the mistake; `wait` polls until the task has ended.
///
/// `mutated` is the implementation with the mistake; its `task` is not called.
pub(crate) fn call(
    mutated: &dyn Implementation,
    mistake: Mistake,
    input: &TaskInput,
) -> Reply<TaskOutput> {
    let mut exchange = Exchange::within(Duration::from_millis(input.timeout_ms));
    let mut polls = 0;
    loop {
        polls += 1;
        let mut request = unsigned(input, polls);
        if let Mistake::CallsTask(wrongly) = mistake {
            wrongly(input, &mut request);
        }
        let signed = match mutated.sign(&request) {
            Reply::Ok(signed) => signed,
            other => return other.map(|_| failed(TransportClass::Other)),
        };
        let mut headers = request.headers;
        headers.extend(signed.headers);
        let request = BuildOutput::new(request.method, request.url, headers, request.body);
        let received = match mistake {
            Mistake::Http(wrongly) => wrongly(&mut exchange, &request),
            _ => exchange.send(&request),
        };
        let mut output = match received {
            Ok(received) => read(input, &received),
            Err(class) => failed(class),
        };
        let again = match mistake {
            Mistake::PollsTask(wrongly) => wrongly(&output, polls),
            _ => is_followed(&output, polls),
        };
        if input.request.operation != TaskOperation::Wait || !again {
            if let Mistake::AnswersTask(wrongly) = mistake {
                wrongly(input, &mut output);
            }
            return Reply::Ok(output);
        }
        if polls == MAX_POLLS {
            return Reply::Ok(failed(TransportClass::Timeout));
        }
    }
}

/// Whether another poll follows: the task has not ended, or its record is not there yet.
pub(crate) fn is_followed(output: &TaskOutput, polls: u32) -> bool {
    let code = output.outcome.code.as_deref();
    let is_early = polls < 3
        && code.is_some_and(|code| {
            ["AsyncTaskNotFound", "StatefulAsyncInvocationNotFound"].contains(&code)
        });
    let status = output.task.as_ref().and_then(|task| task.status.as_deref());
    is_early
        || output.outcome.kind == OutcomeKind::Completed
            && !status.is_some_and(|status| FINAL.contains(&status))
}

fn unsigned(input: &TaskInput, polls: u32) -> SignInput {
    let drawn = || RandomState::new().build_hasher().finish();
    let request = &input.request;
    let is_newest = input.revision == NEWEST;
    let escape = |text: &str| utf8_percent_encode(text, UNRESERVED).to_string();
    let mut url = format!("{}/{}", input.endpoint, input.revision);
    if !is_newest {
        url += "/services/";
        url += request.service.as_deref().unwrap_or_default();
    }
    url += "/functions/";
    url += &escape(&request.function);
    url += if is_newest {
        "/async-tasks"
    } else {
        "/stateful-async-invocations"
    };
    if let Some(id) = &request.task_id {
        url += "/";
        url += &escape(id);
    }
    let is_stop = request.operation == TaskOperation::Stop;
    if is_stop && is_newest {
        url += "/stop";
    }
    let pairs: Vec<String> = parameters(input)
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", escape(&value?))))
        .collect();
    if !pairs.is_empty() {
        url += "?";
        url += &pairs.join("&");
    }
    let mut headers = HeaderList::new();
    if input.scheme == Scheme::Acs3 {
        headers.push("x-acs-action", action(input));
        headers.push("x-acs-version", input.revision.clone());
    }
    SignInput {
        scheme: input.scheme,
        kind: None,
        method: if is_stop { "PUT" } else { "GET" }.to_owned(),
        url,
        headers,
        body: Vec::new(),
        credentials: input.credentials.clone(),
        time: jiff::Timestamp::now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string(),
        nonce: format!("{polls}-{:016x}{:016x}", drawn(), drawn()),
        expires: None,
    }
}

fn parameters(input: &TaskInput) -> [(&'static str, Option<String>); 9] {
    let request = &input.request;
    let prefix = if input.revision == NEWEST {
        "prefix"
    } else {
        "invocationIdPrefix"
    };
    let number = |number: Option<u64>| number.map(|number| number.to_string());
    [
        ("qualifier", request.qualifier.clone()),
        (prefix, request.prefix.clone()),
        ("status", request.status.clone()),
        ("startedTimeBegin", number(request.started_time_begin)),
        ("startedTimeEnd", number(request.started_time_end)),
        ("sortOrderByTime", request.sort_order_by_time.clone()),
        (
            "includePayload",
            request.include_payload.map(|include| include.to_string()),
        ),
        ("limit", number(request.limit.map(u64::from))),
        ("nextToken", request.next_token.clone()),
    ]
}

fn action(input: &TaskInput) -> &'static str {
    let names = match input.request.operation {
        TaskOperation::Get | TaskOperation::Wait => ["GetAsyncTask", "GetStatefulAsyncInvocation"],
        TaskOperation::List => ["ListAsyncTasks", "ListStatefulAsyncInvocations"],
        TaskOperation::Stop => ["StopAsyncTask", "StopStatefulAsyncInvocation"],
    };
    let [newest, earlier] = names;
    if input.revision == NEWEST {
        newest
    } else {
        earlier
    }
}

fn failed(class: TransportClass) -> TaskOutput {
    let mut outcome = Outcome::new(OutcomeKind::TransportError);
    outcome.class = Some(class);
    TaskOutput::new(outcome)
}

fn read(input: &TaskInput, received: &Received) -> TaskOutput {
    let is_success = (200..300).contains(&received.status);
    let mut outcome = Outcome::new(if is_success {
        OutcomeKind::Completed
    } else {
        OutcomeKind::ServiceError
    });
    outcome.status = Some(received.status);
    let id = received.headers.get_trimmed("x-fc-request-id");
    outcome.request_id = id.map(str::to_owned);
    let body: Value = serde_json::from_slice(&received.body).unwrap_or_default();
    let field = |names: &[&str]| names.iter().find_map(|name| text(body.get(name)?));
    if !is_success {
        outcome.code = field(&["Code", "ErrorCode"]);
        outcome.message = field(&["Message", "ErrorMessage"]);
        outcome.request_id = outcome.request_id.or_else(|| field(&["RequestId"]));
        return TaskOutput::new(outcome);
    }
    let mut output = TaskOutput::new(outcome);
    match (input.request.operation, &body) {
        (TaskOperation::Stop, _) => {}
        (TaskOperation::List, Value::Object(list)) => {
            let items = list.get("tasks").or_else(|| list.get("invocations"));
            let items = items
                .and_then(Value::as_array)
                .map_or(&[][..], Vec::as_slice);
            let tasks = items.iter().filter_map(Value::as_object).map(task);
            output.tasks = Some(tasks.collect());
            output.next_token = field(&["nextToken"]).filter(|token| !token.is_empty());
        }
        (_, Value::Object(fields)) => output.task = Some(task(fields)),
        _ => output.outcome = bad_response(received.status),
    }
    output
}

fn bad_response(status: u16) -> Outcome {
    let mut outcome = Outcome::new(OutcomeKind::BadResponse);
    outcome.status = Some(status);
    outcome.reason = Some("the body is not a JSON object".to_owned());
    outcome
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn task(fields: &Map<String, Value>) -> Task {
    let text = |names: &[&str]| names.iter().find_map(|name| text(fields.get(*name)?));
    let number = |name: &str| fields.get(name).and_then(Value::as_u64);
    Task {
        task_id: text(&["taskId", "invocationId"]),
        qualifier: text(&["qualifier"]),
        status: text(&["status"]),
        started_time: number("startedTime"),
        end_time: number("endTime"),
        duration_ms: number("durationMs"),
        destination_status: text(&["destinationStatus"]),
        error_message: text(&["taskErrorMessage", "invocationErrorMessage"]),
        payload: text(&["taskPayload", "invocationPayload"]),
        return_payload: text(&["returnPayload"]),
        already_retried_times: number("alreadyRetriedTimes"),
        request_id: text(&["requestId"]),
        instance_id: text(&["instanceId"]),
    }
}
