//! The requests of an invocation for the tests of the judge: all options in each revision, and none of them.

use fcgate_cases::corpus::{InvokeExpectation, InvokeGiven};
use fcgate_cases::judge::{self, Arrivals, ArrivedRequest, Check};
use fcgate_protocol::{Capabilities, InvokeOutput, Outcome, OutcomeKind, Reply, SignKind};
use serde_json::json;

use super::signed_request::{FUNCTION, arrivals, request, sign};

/// The case with all options: revision and scheme of the SDKs of three generations.
pub(crate) fn all_options(revision: &str) -> InvokeGiven {
    let scheme = if revision == "2023-03-30" {
        "acs3"
    } else {
        "fc"
    };
    serde_json::from_value(json!({
        "revision": revision,
        "scheme": scheme,
        "credentials": super::signed_request::temporary(),
        "timeout_ms": 1000,
        "input": {
            "service": "demoService",
            "function": "demoFunction",
            "qualifier": "prod",
            "invocation_type": "Async",
            "log_type": "Tail",
            "stateful_async_invocation_id": "task-1",
            "stateful_async_invocation_enable": true,
            "account_id": "1234567890123456",
            "trace_id": "trace-1",
            "headers": [
                ["X-Request-Tag", " a "],
                ["X-Note", "1"],
                ["X-Note", "2"],
                ["X-Fc-Log-Type", "an option sets it"],
                ["Authorization", "the client sets it"],
                ["X-Other", "\u{4e2d}"]
            ],
            "payload_b64": "b2s="
        },
        "answer": {"status": 202, "headers": [], "body_b64": ""}
    }))
    .unwrap()
}

/// The case without options, by the `FC` scheme.
pub(crate) fn no_options() -> InvokeGiven {
    let mut given = all_options("2021-04-06");
    given.credentials = super::signed_request::long_lived();
    let payload = given.input.payload.take();
    given.input = fcgate_protocol::Invocation {
        service: Some("demoService".to_owned()),
        payload,
        ..fcgate_protocol::Invocation::new("demoFunction")
    };
    given
}

const OF_ALL: [(&str, &str); 6] = [
    ("Host", "127.0.0.1:4000"),
    ("Content-Type", "application/octet-stream"),
    ("Content-Length", "2"),
    ("X-Request-Tag", "a"),
    ("X-Note", "1"),
    ("X-Note", "2"),
];
const OPTIONS_OF_FC: [(&str, &str); 8] = [
    ("Date", "Wed, 11 May 2022 09:00:00 GMT"),
    ("X-Fc-Invocation-Type", "Async"),
    ("X-Fc-Log-Type", "Tail"),
    ("X-Fc-Stateful-Async-Invocation-Id", "task-1"),
    ("X-Fc-Stateful-Async-Invocation-Enable", "true"),
    ("X-Fc-Account-Id", "1234567890123456"),
    ("X-Fc-Trace-Id", "trace-1"),
    ("X-Fc-Security-Token", "dummy-sts-token"),
];
const OPTIONS_OF_NEWEST: [(&str, &str); 9] = [
    ("X-Acs-Date", "2022-05-11T09:00:00Z"),
    ("X-Acs-Signature-Nonce", "nonce-1"),
    // The SHA-256 of "ok".
    (
        "X-Acs-Content-Sha256",
        "2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df",
    ),
    ("X-Acs-Action", "InvokeFunction"),
    ("X-Acs-Version", "2023-03-30"),
    ("X-Acs-Security-Token", "dummy-sts-token"),
    ("X-Fc-Invocation-Type", "Async"),
    ("X-Fc-Log-Type", "Tail"),
    ("X-Fc-Async-Task-Id", "task-1"),
];

/// The request that a case demands, without its signature.
pub(crate) fn demanded(given: &InvokeGiven) -> ArrivedRequest {
    let target = match given.revision.as_str() {
        "2023-03-30" => format!("/2023-03-30/functions/{FUNCTION}/invocations"),
        "2016-08-15" => {
            format!("/2016-08-15/services/demoService.prod/functions/{FUNCTION}/invocations")
        }
        revision => format!("/{revision}/services/demoService/functions/{FUNCTION}/invocations"),
    };
    let has_options = given.input.qualifier.is_some();
    let query = if has_options && given.revision != "2016-08-15" {
        "?qualifier=prod"
    } else {
        ""
    };
    let mut headers = OF_ALL.to_vec();
    match given.revision.as_str() {
        "2023-03-30" => headers.extend(OPTIONS_OF_NEWEST),
        _ => headers.extend(OPTIONS_OF_FC),
    }
    if !has_options {
        let kept = ["Host", "Content-Type", "Content-Length", "Date"];
        headers.retain(|(name, _)| kept.contains(name));
    }
    request("POST", &(target + query), &headers, b"ok")
}

/// The request that a case demands, changed and then signed.
pub(crate) fn signed(given: &InvokeGiven, change: impl Fn(&mut ArrivedRequest)) -> ArrivedRequest {
    let mut request = demanded(given);
    change(&mut request);
    sign(request, given.scheme, SignKind::Api, &given.credentials)
}

/// The checks of a case that expects this number of requests and nothing about the outcome.
pub(crate) fn judged(given: &InvokeGiven, requests: u32, arrivals: &Arrivals) -> Vec<Check> {
    let expect = InvokeExpectation {
        outcome: None,
        absent: Vec::new(),
        payload_repeat: None,
        requests: Some(requests),
        not_injected: Vec::new(),
    };
    let answer = Reply::Ok(InvokeOutput::new(Outcome::new(OutcomeKind::Completed)));
    judge::invoke(given, &expect, &Capabilities::all(), &answer, arrivals)
}

/// The failed checks of the request that a case demands, changed and then signed.
pub(crate) fn failed(given: &InvokeGiven, change: impl Fn(&mut ArrivedRequest)) -> Vec<String> {
    let arrivals = arrivals([signed(given, change)]);
    super::checks::failed(&judged(given, 1, &arrivals))
}
