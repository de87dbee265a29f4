//! A sample endpoint, targets and answers.

use bytes::Bytes;
use fc_invoke::{Endpoint, GetAsyncTaskInput, ListAsyncTasksInput, StopAsyncTaskInput, Target};
use fc_transport::{TransportError, TransportErrorKind};
use http::Response;

pub(crate) type SendResult = Result<Response<Bytes>, TransportError>;

pub(crate) fn endpoint() -> Endpoint {
    "https://fc.example.com".parse().unwrap()
}

pub(crate) fn v3() -> Target {
    Target::v2023_03_30("demoFunction".parse().unwrap())
}

pub(crate) fn v2() -> Target {
    Target::new(
        "demoService".parse().unwrap(),
        "demoFunction".parse().unwrap(),
    )
}

pub(crate) fn get(target: Target) -> GetAsyncTaskInput {
    GetAsyncTaskInput::new(target, "task_42-a".parse().unwrap())
}

pub(crate) fn stop(target: Target) -> StopAsyncTaskInput {
    StopAsyncTaskInput::new(target, "task_42-a".parse().unwrap())
}

pub(crate) fn list(target: Target) -> ListAsyncTasksInput {
    ListAsyncTasksInput::new(target)
}

pub(crate) fn answer(status: u16, body: &str) -> SendResult {
    let response = Response::builder().status(status);
    Ok(response
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap())
}

pub(crate) fn refusal(status: u16, code: &str) -> SendResult {
    answer(
        status,
        &format!(r#"{{"Code":"{code}","Message":"m","RequestId":"r-1"}}"#),
    )
}

pub(crate) fn error(kind: TransportErrorKind) -> SendResult {
    Err(TransportError::new(kind, "scripted"))
}
