//! A value of the input that tries to add a header, a line or a request.

use fcgate_cases::corpus::{BuildExpectation, InvokeExpectation};
use fcgate_cases::judge::{self, Arrival, Arrivals};
use fcgate_protocol::{
    BuildInput, BuildOutput, Capabilities, HeaderList, InvokeOutput, Outcome, OutcomeKind, Reply,
};
use serde_json::json;

use super::checks::{failed, ids};
use super::invocation::no_options;
use super::signed_request::{arrivals, long_lived, request};

/// The failed checks of an answer to `build`.
fn built(answer: &Reply<BuildOutput>) -> Vec<String> {
    let given: BuildInput = serde_json::from_value(json!({
        "revision": "2021-04-06", "scheme": "fc", "endpoint": "https://h", "credentials": long_lived(),
        "time": "2022-05-11T09:00:00Z", "nonce": "n", "input": {"function": "f"}
    }))
    .unwrap();
    let expect: BuildExpectation =
        serde_json::from_value(json!({"not_injected": ["X-Injected"]})).unwrap();
    let checks = judge::build(&given, &expect, answer);
    assert_eq!(checks.len(), 1);
    failed(&checks)
}

/// The failed checks of an answer to `invoke`.
fn invoked(answer: &Reply<InvokeOutput>, arrivals: &Arrivals) -> Vec<String> {
    let expect: InvokeExpectation =
        serde_json::from_value(json!({"not_injected": ["X-Injected"]})).unwrap();
    let checks = judge::invoke(
        &no_options(),
        &expect,
        &Capabilities::all(),
        answer,
        arrivals,
    );
    assert_eq!(checks.len(), 1);
    failed(&checks)
}

fn completed() -> Reply<InvokeOutput> {
    Reply::Ok(InvokeOutput::new(Outcome::new(OutcomeKind::Completed)))
}

#[test]
fn what_a_value_adds_to_a_built_request_is_found() {
    let of = |url: &str, headers: &[(&str, &str)]| {
        let headers: HeaderList = headers.iter().copied().collect();
        built(&Reply::Ok(BuildOutput::new(
            "POST",
            url,
            headers,
            Vec::new(),
        )))
    };
    assert_eq!(of("https://h/a%0D%0A", &[("X-Note", "1%0D%0A")]), [""; 0]);
    for (url, headers, fault) in [
        (
            "https://h/a\r\nX-Injected: 1",
            &[][..],
            "a line break or NUL in the request target",
        ),
        (
            "https://h/",
            &[("X-Note", "1"), ("x-injected", "1")],
            "a header x-injected that the caller did not set",
        ),
        (
            "https://h/",
            &[("X-Note", "1\n")],
            "a line break or NUL in the header X-Note",
        ),
        (
            "https://h/",
            &[("X-Note\0", "1")],
            "a line break or NUL in the header X-Note\\u{0}",
        ),
    ] {
        assert_eq!(of(url, headers), [format!("no-injection: {fault}")]);
    }
}

#[test]
fn a_refusal_of_the_input_is_right_and_a_missing_capability_is_not() {
    assert_eq!(built(&Reply::refused("a line break")), [""; 0]);
    assert_eq!(
        built(&Reply::unsupported("build")),
        ["reply: unsupported: build"]
    );
    assert_eq!(
        invoked(&Reply::refused("a line break"), &arrivals([])),
        [""; 0]
    );
    assert_eq!(
        invoked(&Reply::unsupported("invoke"), &arrivals([])),
        ["reply: unsupported: invoke"]
    );
}

#[test]
fn what_a_value_adds_to_the_connection_is_found_whatever_the_client_reports() {
    let plain = || request("POST", "/", &[("X-Note", "1")], b"");
    for answer in [completed(), Reply::refused("late")] {
        assert_eq!(invoked(&answer, &arrivals([plain()])), [""; 0]);
        let added = request("POST", "/", &[("X-Injected", "1")], b"");
        assert_eq!(
            invoked(&answer, &arrivals([added])),
            ["no-injection: a header X-Injected that the caller did not set"]
        );
        assert_eq!(
            invoked(&answer, &arrivals([plain(), plain()])),
            ["no-injection: a second request"]
        );
        for (arrival, fault) in [
            (
                Arrival::Unreadable("a bare LF".to_owned()),
                "bytes that are not a request: a bare LF",
            ),
            (Arrival::Redirected(None), "a request to another origin"),
        ] {
            let mut sent = arrivals([plain()]);
            sent.requests.push(arrival);
            assert_eq!(invoked(&answer, &sent), [format!("no-injection: {fault}")]);
        }
    }
}

#[test]
fn a_case_without_such_a_value_has_no_check_of_it() {
    let checks = super::invocation::judged(&no_options(), 0, &arrivals([]));
    assert_eq!(ids(&checks), ["reply", "requests"]);
}
