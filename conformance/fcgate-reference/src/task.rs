//! The command `task`, implemented with the client of `fc-invoke` over HTTP.

use std::time::Duration;

use fc_invoke::{
    AsyncTaskHandle, Client, GetAsyncTaskInput, InvokeError, InvokeErrorKind, InvokeOptions,
    ListAsyncTasksInput, PageLimit, RetryPolicy, SortOrder, StopAsyncTaskInput, Target, TaskId,
    TaskWaitErrorKind, WaitOptions,
};
use fc_response::{AsyncTask, AsyncTaskStatus, Failure};
use fc_transport_hyper::HyperTransport;

use super::wire::{self, Refused};
use super::{blocking, build, invoke, parse};
use fcgate_protocol::{
    Invocation, Outcome, OutcomeKind, Reply, Task, TaskInput, TaskOperation, TaskOutput,
    TaskRequest, TransportClass,
};

/// Makes the operation and blocks until it ends or the time limit of the case is reached.
pub(super) fn call(input: &TaskInput) -> Reply<TaskOutput> {
    blocking::within(input.timeout_ms, exchange(input), || {
        TaskOutput::new(invoke::transport_error(TransportClass::Timeout))
    })
}

async fn exchange(given: &TaskInput) -> Result<TaskOutput, Refused> {
    let request = &given.request;
    let (target, scheme) = target(given)?;
    let credentials = wire::credentials(&given.credentials)?;
    let endpoint = given.endpoint.parse()?;
    // Without a retry policy in the case it never retries.
    let client = Client::new(HyperTransport::http(), endpoint, scheme, credentials)
        .retry_policy(RetryPolicy::never());
    let options = InvokeOptions::default();
    let result = match request.operation {
        TaskOperation::Get => {
            let input = GetAsyncTaskInput::new(target, task_id(request)?);
            let output = client.perform(&input, options).await;
            output.map(|output| of_task(output.status().as_u16(), output.task()))
        }
        TaskOperation::List => {
            let output = client.perform(&list(target, request)?, options).await;
            output.map(|list| {
                let mut output = completed(list.status().as_u16());
                output.tasks = Some(list.tasks().iter().map(task).collect());
                output.next_token = list.next_token().map(str::to_owned);
                output
            })
        }
        TaskOperation::Stop => {
            let input = StopAsyncTaskInput::new(target, task_id(request)?);
            let output = client.perform(&input, options).await;
            output.map(|output| completed(output.status().as_u16()))
        }
        TaskOperation::Wait => {
            let handle = AsyncTaskHandle::new(target, task_id(request)?);
            let waited = client.wait_for_task(&handle, wait_options(request)).await;
            return match waited {
                Ok(finished) => Ok(of_task(200, finished.task())),
                Err(error) => match error.kind() {
                    TaskWaitErrorKind::Poll(error) => failed(error),
                    _ => Ok(TaskOutput::new(invoke::transport_error(
                        TransportClass::Timeout,
                    ))),
                },
            };
        }
    };
    result.or_else(|error| failed(&error))
}

/// The function whose tasks these are, and the scheme.
fn target(given: &TaskInput) -> Result<(Target, fc_invoke::Scheme), Refused> {
    let invocation = Invocation {
        service: given.request.service.clone(),
        qualifier: given.request.qualifier.clone(),
        ..Invocation::new(given.request.function.clone())
    };
    let (input, scheme) = build::typed_input(&given.revision, given.scheme, &invocation)?;
    Ok((input.target().clone(), scheme))
}

fn task_id(request: &TaskRequest) -> Result<TaskId, Refused> {
    let id = request.task_id.as_deref().ok_or("missing task id")?;
    Ok(id.parse()?)
}

fn list(target: Target, request: &TaskRequest) -> Result<ListAsyncTasksInput, Refused> {
    let mut input = ListAsyncTasksInput::new(target);
    if let Some(prefix) = &request.prefix {
        input = input.prefix(prefix);
    }
    if let Some(status) = &request.status {
        input = input.status(AsyncTaskStatus::from(status.as_str()));
    }
    if let Some(time) = request.started_time_begin {
        input = input.started_time_begin(time.try_into()?);
    }
    if let Some(time) = request.started_time_end {
        input = input.started_time_end(time.try_into()?);
    }
    input = match request.sort_order_by_time.as_deref() {
        None => input,
        Some("asc") => input.sort_order(SortOrder::Asc),
        Some("desc") => input.sort_order(SortOrder::Desc),
        Some(_) => return Err("expected the sort order asc or desc".into()),
    };
    if let Some(include) = request.include_payload {
        input = input.include_payload(include);
    }
    if let Some(limit) = request.limit {
        input = input.limit(PageLimit::try_from(limit)?);
    }
    if let Some(token) = &request.next_token {
        input = input.next_token(token);
    }
    Ok(input)
}

fn wait_options(request: &TaskRequest) -> WaitOptions {
    let options = WaitOptions::default();
    match request.poll_ms.map(Duration::from_millis) {
        Some(pause) => options.first_pause(pause).longest_pause(pause),
        None => options,
    }
}

fn completed(status: u16) -> TaskOutput {
    let mut outcome = Outcome::new(OutcomeKind::Completed);
    outcome.status = Some(status);
    TaskOutput::new(outcome)
}

fn of_task(status: u16, of: &AsyncTask) -> TaskOutput {
    let mut output = completed(status);
    output.task = Some(task(of));
    output
}

fn failed(error: &InvokeError) -> Result<TaskOutput, Refused> {
    Ok(TaskOutput::new(match error.kind() {
        InvokeErrorKind::Failed(Failure::Service(error)) => parse::rejected(error),
        InvokeErrorKind::ClockSkew(skew) => parse::rejected(skew.refusal()),
        InvokeErrorKind::Response(error) => parse::bad_response(error),
        InvokeErrorKind::Transport(error) => invoke::transport_error(invoke::class(error)),
        _ => return Err(error.to_string().into()),
    }))
}

fn task(task: &AsyncTask) -> Task {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let number = |number: Option<i64>| number.and_then(|number| number.try_into().ok());
    Task {
        task_id: text(task.task_id()),
        qualifier: text(task.qualifier()),
        status: text(task.status().map(AsyncTaskStatus::as_str)),
        started_time: number(task.started_time()),
        end_time: number(task.end_time()),
        duration_ms: number(task.duration_ms()),
        destination_status: text(task.destination_status()),
        error_message: text(task.error_message()),
        payload: text(task.payload()),
        return_payload: text(task.return_payload()),
        already_retried_times: number(task.already_retried_times()),
        request_id: text(task.request_id()),
        instance_id: text(task.instance_id()),
    }
}
