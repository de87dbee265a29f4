//! Arbitrary responses: nothing panics, and no byte is lost.

use bytes::Bytes;
use fc_response::{
    AsyncTaskStatus, GetAsyncTaskOutput, ListAsyncTasksOutput,
    ListStatefulAsyncInvocationFunctionsOutput, Reply, ResponseError, StopAsyncTaskOutput,
};
use http::{Response, StatusCode};
use proptest::prelude::*;
use serde_json::{Map, Value};

const NAMES: [&str; 24] = [
    "taskId",
    "invocationId",
    "functionArn",
    "serviceName",
    "functionName",
    "qualifier",
    "status",
    "startedTime",
    "endTime",
    "durationMs",
    "destinationStatus",
    "taskErrorMessage",
    "invocationErrorMessage",
    "taskPayload",
    "InvocationPayload",
    "returnPayload",
    "alreadyRetriedTimes",
    "requestId",
    "instanceId",
    "eventId",
    "timestamp",
    "eventDetail",
    "nextToken",
    "other",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}|Running|100|2021-10-05T15:59:50Z".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(&NAMES[..]), inner), 0..5).prop_map(object),
        ]
    })
}

fn object(fields: Vec<(&str, Value)>) -> Value {
    let fields = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Value::Object(fields.collect::<Map<_, _>>())
}

/// A document with lists, and sometimes with a part of it cut off.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let fields = prop::collection::vec((prop::sample::select(&NAMES[..]), value()), 0..6);
    let lists = prop::sample::select(&["events", "tasks", "invocations", "data"][..]);
    let document = (fields, lists, value()).prop_map(|(mut fields, list, value)| {
        fields.push((list, value));
        object(fields).to_string().into_bytes()
    });
    let document = document.boxed();
    let cut = (document.clone(), any::<prop::sample::Index>())
        .prop_map(|(body, at)| body[..at.index(body.len())].to_vec());
    prop_oneof![document, cut, prop::collection::vec(any::<u8>(), 0..64)]
}

fn kept<T>(
    result: Result<Reply<T>, ResponseError>,
    into_response: fn(T) -> Response<Bytes>,
) -> Response<Bytes> {
    match result {
        Ok(Reply::Output(output)) => into_response(output),
        Ok(Reply::Rejected(error)) => error.into_response(),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            error.into_response()
        }
    }
}

proptest! {
    #[test]
    fn every_response_is_kept_by_every_operation(status in 100_u16..=999, body in body()) {
        for status in [status, 200] {
            let body = Bytes::from(body.clone());
            let response = Response::builder().status(status).header("x-a", "b").body(body).unwrap();
            let again = response.clone();
            let all = [
                kept(GetAsyncTaskOutput::from_response(response.clone()), GetAsyncTaskOutput::into_response),
                kept(ListAsyncTasksOutput::from_response(response.clone()), ListAsyncTasksOutput::into_response),
                kept(
                    ListStatefulAsyncInvocationFunctionsOutput::from_response(response.clone()),
                    ListStatefulAsyncInvocationFunctionsOutput::into_response,
                ),
                kept(StopAsyncTaskOutput::from_response(response), StopAsyncTaskOutput::into_response),
            ];
            for kept in all {
                prop_assert_eq!(kept.status(), StatusCode::from_u16(status).unwrap());
                prop_assert_eq!(kept.body(), again.body());
                prop_assert_eq!(kept.headers(), again.headers());
            }
        }
    }

    #[test]
    fn a_task_keeps_every_text_and_every_state(text in "\\PC{0,20}", state in "\\PC{0,12}") {
        let body = object(vec![
            ("taskPayload", Value::from(text.clone())),
            ("status", Value::from(state.clone())),
        ]);
        let response = Response::new(Bytes::from(body.to_string()));
        let task = GetAsyncTaskOutput::from_response(response).unwrap().into_result().unwrap();
        prop_assert_eq!(task.task().payload(), Some(text.as_str()));
        prop_assert_eq!(task.task().status().map(AsyncTaskStatus::as_str), Some(state.as_str()));
    }
}
