//! Adapters that misuse the fake endpoint.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::Value;

use crate::adapter::{Adapter, Request, When};
use crate::expectation::each;
use crate::gate::Observed;
use crate::kind::{Kind, does_everything, handles, kind};

const CASES: &[&str] = &["invoke.basic.2021-04-06-fc-s*"];
const FIRST: &str = "invoke.basic.2021-04-06-fc-status-400-invalid-argument";
const SECOND: &str = "invoke.basic.2021-04-06-fc-status-403-forbidden";
/// More than any real client opens.
const SOCKETS: usize = 1000;

pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "calls-another-case",
            "a request for an earlier case is a failure",
            does_everything(calls_another_case),
        )
        .entry("px-024")
        .only(CASES)
        .compared_by(1, |observed, correct| {
            red(observed, correct, FIRST, "late-requests")
        }),
        kind(
            "calls-twice",
            "a second request for one case is a failure",
            handles(When::Case(2), |adapter, request| {
                request.correct_reply();
                adapter.write_line(request.correct_reply());
            }),
        )
        .only(CASES)
        .compared_by(1, |observed, correct| {
            red(observed, correct, SECOND, "requests")
        }),
        kind(
            "never-calls",
            "an outcome without a request is a failure",
            handles(When::Case(2), |adapter, request| {
                let outcome = r#"{"kind":"service_error","status":403,"code":"AccessDenied"}"#;
                adapter.write_line(request.reply(&format!("\"ok\":{{\"outcome\":{outcome}}}")));
            }),
        )
        .only(CASES)
        .compared_by(1, |observed, correct| {
            red(observed, correct, SECOND, "requests")
        }),
        kind(
            "many-sockets",
            "1000 idle connections to the endpoint change no result",
            does_everything(many_sockets),
        )
        .entry("px-023")
        .limit("20")
        .only(CASES)
        .extra_time(5.0),
    ]
}

/// One case has this failed check, all others are correct.
fn red(
    observed: &Observed,
    correct: &Observed,
    faulty_case: &str,
    check: &str,
) -> Result<(), String> {
    each(observed, correct, |id, case, right| {
        if id != faulty_case {
            return case == right;
        }
        let mut checks = case["checks"].as_array().unwrap().iter();
        case["status"] == "fail" && checks.any(|one| one["id"] == check && one["status"] == "fail")
    })
}

/// The address of the endpoint, as `HOST:PORT`.
fn host(request: &Request) -> &str {
    let endpoint = request.value["in"]["endpoint"].as_str().unwrap();
    endpoint.trim_start_matches("http://")
}

fn calls_another_case(adapter: &mut Adapter) {
    let mut earlier = String::new();
    adapter.serve_with(When::EveryCase, |adapter, request| {
        let input: &Value = &request.value["in"]["input"];
        match request.number {
            1 => input["function"].as_str().unwrap().clone_into(&mut earlier),
            3 => call(host(request), &earlier),
            _ => {}
        }
        adapter.write_line(request.correct_reply());
    });
}

/// Sends a request without a signature.
fn call(host: &str, function: &str) {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST /2021-04-06/services/s/functions/{function}/invocations HTTP/1.1\r\n\
         Host: {host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
}

fn many_sockets(adapter: &mut Adapter) {
    let limit = getrlimit(Resource::Nofile).maximum;
    let most = Rlimit {
        current: limit,
        maximum: limit,
    };
    let _ = setrlimit(Resource::Nofile, most);
    let mut held = Vec::new();
    adapter.serve_with(When::EveryCase, |adapter, request| {
        if request.number == 2 {
            held.extend((0..SOCKETS).map_while(|_| TcpStream::connect(host(request)).ok()));
        }
        adapter.write_line(request.correct_reply());
    });
}
