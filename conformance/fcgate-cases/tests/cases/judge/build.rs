//! An answer to `build`: method, target, headers, body, and the verdict of the oracle.

use fcgate_cases::corpus::BuildExpectation;
use fcgate_cases::judge::{self, Check};
use fcgate_protocol::{BuildInput, BuildOutput, Reply, Scheme, SignKind};
use serde_json::json;

use super::checks::{failed, ids};
use super::signed_request::{authorization, long_lived, request};

/// A change of a right answer before it is signed, and the failed checks.
type Row = (&'static str, fn(&mut BuildOutput), &'static [&'static str]);

const PATH: &str = "/2021-04-06/services/s/functions/f/invocations";

fn given(scheme: &str) -> BuildInput {
    serde_json::from_value(json!({
        "revision": "2021-04-06",
        "scheme": scheme,
        "endpoint": "https://FN.example.com",
        "credentials": long_lived(),
        "time": "2022-05-11T09:00:00Z",
        "nonce": "nonce-1",
        "input": {"function": "f"}
    }))
    .unwrap()
}

fn expectation() -> BuildExpectation {
    serde_json::from_value(json!({
        "method": "POST",
        "path": PATH,
        "query": [["qualifier", "a b"]],
        "headers": {
            "present": [["X-Note", "1"], ["Cookie", "a=1; b=2"]],
            "absent": ["X-Fc-Log-Type"]
        },
        "body_b64": "b2s=",
        "verifies": true
    }))
    .unwrap()
}

/// The right answer, changed and then signed.
fn answer(scheme: &str, change: impl Fn(&mut BuildOutput)) -> BuildOutput {
    let given = given(scheme);
    let headers = [
        ("Date", "Wed, 11 May 2022 09:00:00 GMT"),
        ("X-Note", "1"),
        ("Cookie", "b=2; a=1"),
        (
            "X-Acs-Content-Sha256",
            "2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df",
        ),
    ];
    let url = format!("https://fn.example.com{PATH}?qualifier=a+b");
    let mut output = BuildOutput::new("POST", url, headers.into(), b"ok".to_vec());
    change(&mut output);
    let target = output.url.splitn(4, '/').nth(3).unwrap_or_default();
    let mut sent = request(&output.method, &format!("/{target}"), &[], &output.body);
    sent.headers.clone_from(&output.headers);
    if given.scheme == Scheme::Acs3 && !sent.headers.contains("host") {
        sent.headers.push("Host", "fn.example.com");
    }
    let value = authorization(&sent, given.scheme, SignKind::Api, &given.credentials);
    output.headers.push("Authorization", value);
    output
}

fn judged(scheme: &str, expect: &BuildExpectation, output: BuildOutput) -> Vec<Check> {
    judge::build(&given(scheme), expect, &Reply::Ok(output))
}

#[test]
fn a_right_answer_passes_one_check_for_each_expected_value() {
    for scheme in ["fc", "acs3"] {
        let checks = judged(scheme, &expectation(), answer(scheme, |_| ()));
        assert_eq!(failed(&checks), [""; 0], "{scheme}");
        let expected = [
            "reply",
            "method",
            "path",
            "query",
            "header.x-note",
            "header.cookie",
            "no-header.x-fc-log-type",
            "body",
            "verifies",
        ];
        assert_eq!(ids(&checks), expected);
    }
    let host = answer("acs3", |output| {
        output.headers.push("Host", "fn.example.com");
    });
    assert_eq!(failed(&judged("acs3", &expectation(), host)), [""; 0]);
    let nothing = judged("fc", &BuildExpectation::default(), answer("fc", |_| ()));
    assert_eq!(ids(&nothing), ["reply"]);
}

#[test]
fn each_part_that_differs_fails_its_check() {
    let rows: [Row; 13] = [
        ("method", |o| o.method = "PUT".into(), &["method: PUT"]),
        (
            "path",
            |o| o.url = o.url.replace("/f/", "/g/"),
            &["path: /2021-04-06/services/s/functions/g/invocations"],
        ),
        (
            "an equivalent path",
            |o| o.url = o.url.replace("/f/", "/%66/"),
            &[],
        ),
        (
            "an equivalent query",
            |o| o.url = o.url.replace("a+b", "a%20b"),
            &[],
        ),
        (
            "query",
            |o| o.url = o.url.replace("a+b", "a%2Bb"),
            &["query: qualifier=a+b"],
        ),
        (
            "header",
            |o| o.headers.set("x-note", "2"),
            &["header.x-note: 2"],
        ),
        (
            "no header",
            |o| o.headers.remove("x-note"),
            &["header.x-note: (missing)"],
        ),
        (
            "a repeated header",
            |o| o.headers.push("x-note", "1"),
            &["header.x-note: 1␊1"],
        ),
        (
            "cookie",
            |o| o.headers.set("cookie", "a=1"),
            &["header.cookie: a=1"],
        ),
        (
            "a surplus header",
            |o| o.headers.push("x-fc-log-type", "Tail"),
            &["no-header.x-fc-log-type: Tail"],
        ),
        ("body", |o| o.body = b"no".to_vec(), &["body: no"]),
        (
            "another endpoint",
            |o| o.url = o.url.replace("fn.", "gn."),
            &["verifies: the URL does not belong to the endpoint"],
        ),
        (
            "no URL",
            |o| o.url = "nothing".into(),
            &[
                "path: ",
                "query: ",
                "verifies: the URL does not belong to the endpoint",
            ],
        ),
    ];
    for (what, change, expected) in rows {
        let checks = judged("fc", &expectation(), answer("fc", change));
        assert_eq!(failed(&checks), expected, "{what}");
    }
}

#[test]
fn the_verdict_of_the_oracle_is_the_expected_one() {
    let mut changed = answer("fc", |_| ());
    changed
        .headers
        .set("authorization", "FC FCTESTACCESSKEYID01:AAAA");
    let mut expect = expectation();
    assert_eq!(
        failed(&judged("fc", &expect, changed.clone())),
        ["verifies: the signature does not match this method, target and headers: AAAA"]
    );
    expect.verifies = Some(false);
    assert_eq!(failed(&judged("fc", &expect, changed)), [""; 0]);
    let right = judged("fc", &expect, answer("fc", |_| ()));
    assert_eq!(failed(&right), ["verifies: the signature verifies"]);
}

#[test]
fn the_bytes_of_a_wrong_signature_are_not_those_of_every_run() {
    let of = |name: &str, value: &str, expected: &str| {
        let expect: BuildExpectation =
            serde_json::from_value(json!({"headers": {"present": [[name, expected]]}})).unwrap();
        let output = BuildOutput::new("POST", "https://h/", [(name, value)].into(), Vec::new());
        let checks = judged("fc", &expect, output);
        assert!(checks[1].failed());
        checks[1].first_difference.as_ref().unwrap().bytes
    };
    let differ = Some([Some(b'+'), Some(b'X')]);
    assert_eq!(of("X-Note", "id:X", "id:+"), differ);
    assert_eq!(of("Authorization", "id:X", "id:+"), None);
}

#[test]
fn an_expected_body_that_is_not_base64_differs_from_every_body() {
    let expect: BuildExpectation = serde_json::from_value(json!({"body_b64": "%"})).unwrap();
    let checks = judged("fc", &expect, answer("fc", |_| ()));
    assert_eq!(failed(&checks), ["body: ok"]);
}

#[test]
fn a_request_instead_of_a_refusal_is_described() {
    let expect: BuildExpectation = serde_json::from_value(json!({"refused": "input"})).unwrap();
    let headers = [("X-B", "2"), ("X-A", "1")].into();
    let output = BuildOutput::new("POST", "https://h/", headers, b"ok\n".to_vec());
    assert_eq!(
        failed(&judged("fc", &expect, output)),
        ["reply: ok: POST https://h/␊x-a: 1␊x-b: 2␊␊ok␊"]
    );
    let refused = judge::build(&given("fc"), &expect, &Reply::refused("no"));
    assert_eq!((ids(&refused), failed(&refused).len()), (vec!["reply"], 0));
    let needed = judge::build(&given("fc"), &expectation(), &Reply::refused("no"));
    assert_eq!(failed(&needed), ["reply: err input: no"]);
}
