//! Adapters that misuse the fake endpoint.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::Value;

use crate::actor::{Actor, At, Question};
use crate::expectation::each;
use crate::gate::Seen;
use crate::kind::{Kind, kind, plays, twists};

const FEW: &[&str] = &["invoke.basic.2021-04-06-fc-s*"];
const FIRST: &str = "invoke.basic.2021-04-06-fc-status-400-invalid-argument";
const SECOND: &str = "invoke.basic.2021-04-06-fc-status-403-forbidden";
/// More than any client opens.
const SOCKETS: usize = 1000;

pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "calls-another-case",
            "a call for an earlier case is seen",
            plays(calls_another_case),
        )
        .only(FEW)
        .judged(1, |seen, clean| red(seen, clean, FIRST, "late-requests")),
        kind(
            "calls-twice",
            "a second call for one case is seen",
            twists(At::Case(2), |actor, question| {
                question.right();
                actor.say(question.right());
            }),
        )
        .only(FEW)
        .judged(1, |seen, clean| red(seen, clean, SECOND, "requests")),
        kind(
            "never-calls",
            "an answer without a call is seen",
            twists(At::Case(2), |actor, question| {
                let outcome = r#"{"kind":"service_error","status":403,"code":"AccessDenied"}"#;
                actor.say(question.reply(&format!("\"ok\":{{\"outcome\":{outcome}}}")));
            }),
        )
        .only(FEW)
        .judged(1, |seen, clean| red(seen, clean, SECOND, "requests")),
        kind(
            "many-sockets",
            "1000 connections to the endpoint disturb nobody",
            plays(many_sockets),
        )
        .limit("20")
        .only(FEW)
        .spends(5.0),
    ]
}

/// One case has this failed check, all others are whole.
fn red(seen: &Seen, clean: &Seen, culprit: &str, check: &str) -> Result<(), String> {
    each(seen, clean, |id, case, right| {
        if id != culprit {
            return case == right;
        }
        let mut checks = case["checks"].as_array().unwrap().iter();
        case["status"] == "fail" && checks.any(|one| one["id"] == check && one["status"] == "fail")
    })
}

/// Where the endpoint listens, as `HOST:PORT`.
fn host(question: &Question) -> &str {
    let endpoint = question.value["in"]["endpoint"].as_str().unwrap();
    endpoint.trim_start_matches("http://")
}

fn calls_another_case(actor: &mut Actor) {
    let mut earlier = String::new();
    actor.play(At::EveryCase, |actor, question| {
        let input: &Value = &question.value["in"]["input"];
        match question.number {
            1 => input["function"].as_str().unwrap().clone_into(&mut earlier),
            3 => call(host(question), &earlier),
            _ => {}
        }
        actor.say(question.right());
    });
}

/// A request that nobody signed.
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

fn many_sockets(actor: &mut Actor) {
    let limit = getrlimit(Resource::Nofile).maximum;
    let most = Rlimit {
        current: limit,
        maximum: limit,
    };
    let _ = setrlimit(Resource::Nofile, most);
    let mut held = Vec::new();
    actor.play(At::EveryCase, |actor, question| {
        if question.number == 2 {
            held.extend((0..SOCKETS).map_while(|_| TcpStream::connect(host(question)).ok()));
        }
        actor.say(question.right());
    });
}
