//! The request of an operation on tasks, in each revision.

use fcgate_cases::corpus::{TaskExpectation, TaskGiven};
use fcgate_cases::judge::{self, Arrivals, ArrivedRequest, Check};
use fcgate_protocol::{Capabilities, Outcome, OutcomeKind, Reply, Scheme, SignKind, TaskOutput};
use serde_json::{Value, json};

use super::checks::{failed, ids};
use super::signed_request::{arrivals, request, sign, temporary};

/// A change of a right request, and the failed checks.
type Row = (
    &'static str,
    fn(&mut ArrivedRequest),
    &'static [&'static str],
);

/// An operation on tasks, with every parameter that it has.
pub(crate) fn given(revision: &str, scheme: &str, operation: &str) -> TaskGiven {
    let mut given = json!({
        "revision": revision,
        "scheme": scheme,
        "credentials": temporary(),
        "timeout_ms": 1000,
        "request": {"operation": operation, "function": "f", "service": "s", "qualifier": "prod"},
        "answers": [{"status": 200, "headers": [], "body_b64": ""}]
    });
    let more = if operation == "list" {
        json!({
            "prefix": "t-", "status": "Running", "started_time_begin": 1, "started_time_end": 2,
            "sort_order_by_time": "desc", "include_payload": true, "limit": 3, "next_token": "n 1"
        })
    } else {
        json!({"task_id": "t-1"})
    };
    for (name, value) in more.as_object().unwrap() {
        given["request"][name] = value.clone();
    }
    serde_json::from_value(given).unwrap()
}

/// The request, changed and then signed.
fn sent(
    given: &TaskGiven,
    (method, target, action): (&str, &str, &str),
    change: impl Fn(&mut ArrivedRequest),
) -> ArrivedRequest {
    let of_fc = [
        ("Host", "127.0.0.1:4000"),
        ("Date", "Wed, 11 May 2022 09:00:00 GMT"),
        ("X-Fc-Security-Token", "dummy-sts-token"),
    ];
    let of_acs3 = [
        ("Host", "127.0.0.1:4000"),
        ("X-Acs-Date", "2022-05-11T09:00:00Z"),
        ("X-Acs-Signature-Nonce", "nonce-1"),
        // The SHA-256 of nothing.
        (
            "X-Acs-Content-Sha256",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        ("X-Acs-Security-Token", "dummy-sts-token"),
        ("X-Acs-Action", action),
        ("X-Acs-Version", given.revision.as_str()),
    ];
    let headers: &[(&str, &str)] = match given.scheme {
        Scheme::Fc => &of_fc,
        Scheme::Acs3 => &of_acs3,
    };
    let mut sent = request(method, target, headers, b"");
    change(&mut sent);
    sign(sent, given.scheme, SignKind::Api, &given.credentials)
}

/// The checks of a case that expects this number of requests and no task.
fn judged(given: &TaskGiven, requests: u32, arrivals: &Arrivals) -> Vec<Check> {
    let expect = expectation(json!({}), requests);
    let answer = Reply::Ok(TaskOutput::new(Outcome::new(OutcomeKind::Completed)));
    judge::task(given, &expect, &Capabilities::all(), &answer, arrivals)
}

/// A success with this number of requests, and more.
pub(crate) fn expectation(mut more: Value, requests: u32) -> TaskExpectation {
    more["outcome"] = json!({"kind": "completed"});
    more["requests"] = json!(requests);
    serde_json::from_value(more).unwrap()
}

const GET: (&str, &str, &str) = (
    "GET",
    "/2021-04-06/services/s/functions/f/stateful-async-invocations/t-1?qualifier=prod",
    "GetStatefulAsyncInvocation",
);

#[test]
fn each_operation_of_each_revision_has_its_method_path_query_and_action() {
    let of_both = "qualifier=prod&status=Running&startedTimeBegin=1&startedTimeEnd=2&\
        sortOrderByTime=desc&includePayload=true&limit=3&nextToken=n+1";
    let old = "/2021-04-06/services/s/functions/f/stateful-async-invocations";
    let new = "/2023-03-30/functions/f/async-tasks";
    let task = |path: &str| format!("{path}/t-1?qualifier=prod");
    let list = |path: &str, prefix: &str| format!("{path}?{prefix}=t-&{of_both}");
    for (revision, operation, method, target, action) in [
        (
            "2021-04-06",
            "get",
            "GET",
            task(old),
            "GetStatefulAsyncInvocation",
        ),
        (
            "2021-04-06",
            "wait",
            "GET",
            task(old),
            "GetStatefulAsyncInvocation",
        ),
        (
            "2021-04-06",
            "stop",
            "PUT",
            task(old),
            "StopStatefulAsyncInvocation",
        ),
        (
            "2021-04-06",
            "list",
            "GET",
            list(old, "invocationIdPrefix"),
            "ListStatefulAsyncInvocations",
        ),
        ("2023-03-30", "get", "GET", task(new), "GetAsyncTask"),
        ("2023-03-30", "wait", "GET", task(new), "GetAsyncTask"),
        (
            "2023-03-30",
            "stop",
            "PUT",
            format!("{new}/t-1/stop?qualifier=prod"),
            "StopAsyncTask",
        ),
        (
            "2023-03-30",
            "list",
            "GET",
            list(new, "prefix"),
            "ListAsyncTasks",
        ),
    ] {
        let acs3 = given(revision, "acs3", operation);
        let request = sent(&acs3, (method, &target, action), |_| ());
        let checks = judged(&acs3, 1, &arrivals([request]));
        assert_eq!(failed(&checks), [""; 0], "{revision} {operation}");
        let expected = [
            "reply",
            "kind",
            "requests",
            "arrived.method",
            "arrived.path",
            "arrived.query",
            "arrived.header.x-acs-security-token",
            "arrived.header.x-acs-action",
            "arrived.header.x-acs-version",
            "arrived.unset",
            "arrived.body",
            "arrived.secret",
            "arrived.date",
            "arrived.nonce",
            "arrived.host",
            "arrived.version",
            "arrived.framing",
            "arrived.verifies",
        ];
        assert_eq!(ids(&checks), expected);
    }
}

#[test]
fn the_fc_scheme_demands_the_token_and_no_action() {
    let fc = given("2021-04-06", "fc", "get");
    let checks = judged(&fc, 1, &arrivals([sent(&fc, GET, |_| ())]));
    assert_eq!(failed(&checks), [""; 0]);
    let headers = |id: &&str| id.starts_with("arrived.header.");
    let demanded: Vec<&str> = ids(&checks).into_iter().filter(headers).collect();
    assert_eq!(demanded, ["arrived.header.x-fc-security-token"]);
}

#[test]
fn a_request_with_one_wrong_part_fails_the_check_of_that_part() {
    let rows: [Row; 9] = [
        (
            "method",
            |r| r.method = "POST".into(),
            &["arrived.method: POST"],
        ),
        (
            "path",
            |r| r.target = r.target.replace("t-1", "t-2"),
            &["arrived.path: /2021-04-06/services/s/functions/f/stateful-async-invocations/t-2"],
        ),
        (
            "query",
            |r| r.target = r.target.replace("prod", "test"),
            &["arrived.query: qualifier=test"],
        ),
        (
            "action",
            |r| r.headers.set("x-acs-action", "GetAsyncTask"),
            &["arrived.header.x-acs-action: GetAsyncTask"],
        ),
        (
            "version",
            |r| r.headers.set("x-acs-version", "2023-03-30"),
            &["arrived.header.x-acs-version: 2023-03-30"],
        ),
        (
            "a header of another caller",
            |r| r.headers.push("X-Note", "1"),
            &["arrived.unset: x-note: 1"],
        ),
        (
            "a body",
            |r| r.body = b"{}".to_vec(),
            &[
                "arrived.body: {}",
                "arrived.verifies: x-acs-content-sha256 is not the hex SHA-256 of the body",
            ],
        ),
        (
            "nonce",
            |r| r.has_new_nonce = false,
            &["arrived.nonce: the nonce of an earlier request"],
        ),
        (
            "date",
            |r| r.headers.set("x-acs-date", "2022-05-11T10:00:00Z"),
            &["arrived.date: about 1 h ahead of the endpoint's clock"],
        ),
    ];
    let given = given("2021-04-06", "acs3", "get");
    for (what, change, expected) in rows {
        let arrivals = arrivals([sent(&given, GET, change)]);
        assert_eq!(failed(&judged(&given, 1, &arrivals)), expected, "{what}");
    }
}

#[test]
fn a_truth_value_with_a_capital_letter_is_the_same_and_another_value_is_not() {
    let mut given = given("2023-03-30", "acs3", "list");
    let mut of = |include, query: &str| {
        given.request = serde_json::from_value(
            json!({"operation": "list", "function": "f", "include_payload": include}),
        )
        .unwrap();
        let target = format!("/2023-03-30/functions/f/async-tasks?includePayload={query}");
        let request = sent(&given, ("GET", &target, "ListAsyncTasks"), |_| ());
        failed(&judged(&given, 1, &arrivals([request])))
    };
    for (include, query) in [
        (true, "True"),
        (false, "False"),
        (true, "true"),
        (false, "false"),
    ] {
        assert_eq!(of(include, query), [""; 0]);
    }
    assert_eq!(of(true, "False"), ["arrived.query: includePayload=false"]);
    assert_eq!(of(true, "TRUE"), ["arrived.query: includePayload=TRUE"]);
}

#[test]
fn the_number_of_requests_is_the_expected_one() {
    let given = given("2021-04-06", "fc", "get");
    let right = || sent(&given, GET, |_| ());
    let twice = arrivals([right(), right()]);
    assert_eq!(failed(&judged(&given, 1, &twice)), ["requests: 2"]);
    assert_eq!(failed(&judged(&given, 2, &twice)), [""; 0]);
    let none = judged(&given, 0, &arrivals([]));
    assert_eq!(ids(&none), ["reply", "kind", "requests"]);
}
