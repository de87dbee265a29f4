//! The response of an HTTP trigger that the caller sees.

use fcgate_cases::corpus::TriggerExpectation;
use fcgate_cases::judge;
use fcgate_protocol::{HeaderList, Reply, TransportClass, TriggerOutput};
use serde_json::json;

use super::checks::{failed, ids};
use super::signed_request::arrivals;
use super::trigger::given;

/// The failed checks of a response; the case expects status 201, one header and the body `ok`.
fn response(answer: TriggerOutput) -> Vec<String> {
    let expect: TriggerExpectation = serde_json::from_value(json!({
        "response": {"status": 201, "headers": [["X-Answer", "1"]], "body_b64": "b2s="},
        "requests": 0
    }))
    .unwrap();
    let checks = judge::trigger(&given("fc"), &expect, &Reply::Ok(answer), &arrivals([]));
    let expected = [
        "reply",
        "response.status",
        "response.header.x-answer",
        "response.body",
        "requests",
    ];
    assert_eq!(ids(&checks), expected);
    failed(&checks)
}

#[test]
fn the_caller_sees_the_response_of_the_function() {
    let headers = |value: &str| HeaderList::from([("x-more", "2"), ("x-answer", value)]);
    let received = |status, value, body: &str| {
        response(TriggerOutput::received(status, headers(value), body.into()))
    };
    assert_eq!(received(201, " 1", "ok"), [""; 0]);
    assert_eq!(received(200, "1", "ok"), ["response.status: 200"]);
    assert_eq!(received(201, "2", "ok"), ["response.header.x-answer: 2"]);
    assert_eq!(received(201, "1", "OK"), ["response.body: OK"]);
    assert_eq!(
        response(TriggerOutput::failed(TransportClass::Timeout)),
        [
            "response.status: (missing)",
            "response.header.x-answer: (missing)",
            "response.body: (missing)"
        ]
    );
}

#[test]
fn a_response_where_none_is_expected_and_a_refusal_fail() {
    let expect = TriggerExpectation {
        response: None,
        requests: 0,
    };
    let of = |answer| {
        failed(&judge::trigger(
            &given("fc"),
            &expect,
            &answer,
            &arrivals([]),
        ))
    };
    let received = TriggerOutput::received(200, HeaderList::new(), b"ok".to_vec());
    assert_eq!(of(Reply::Ok(received)), ["no-response: ok"]);
    assert_eq!(of(Reply::refused("no")), ["reply: err input: no"]);
}
