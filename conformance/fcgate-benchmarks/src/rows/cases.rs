//! What a case costs: judged in this process, over a Python adapter, and with an HTTP exchange.

use std::hint::black_box;
use std::path::Path;

use fc_benchmarks::{Row, requests};
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus, Level, case_json};
use fcgate_protocol::Implementation as _;
use fcgate_reference::Reference;
use fcgate_runner::{Child, InProcess, Launch, Plan, Subject, run};
use serde_json::Value;

use crate::exchange::{Connection, plain_server, wire};
use crate::judged::{COPIES, corpus, is_pure};

const ADAPTER: &str = "../adapters/python-plain/adapter.py";
/// The live cases that neither wait nor retry.
const LIVE: &str = "invoke.basic.";
const JSON: &str = "a pure case, its JSON read alone";
const SIGN: &str = "a case of signing, in this process";
const EXCHANGE: &str = "an exchange with a plain server and a new connection";

pub(super) fn rows() -> Vec<Row> {
    let count = |keep: fn(&Case) -> bool| corpus(1, keep).cases().len();
    let mut rows = vec![
        Row::new(JSON, read_alone).of_many(count(is_pure)),
        Row::new("a pure case, judged", || judge(corpus(1, is_pure)))
            .of_many(count(is_pure))
            .over(JSON),
        Row::new(SIGN, || judge(corpus(1, needs_only_fc))).of_many(count(needs_only_fc)),
        Row::new(
            "a case of signing, over a Python adapter (without Python)",
            python,
        )
        .of_many(count(needs_only_fc))
        .over(SIGN),
        Row::new(EXCHANGE, bare_exchange),
        Row::new("a live case", || judge(corpus(1, is_live)))
            .of_many(count(is_live))
            .over(EXCHANGE),
    ];
    for copies in COPIES {
        let cases = copies * count(is_pure);
        let row = Row::new(format!("a run of {cases} pure cases"), move || {
            judge(corpus(copies, is_pure))
        });
        rows.push(row.point("gate", "run", cases as u64));
    }
    rows
}

/// A case that every implementation of the scheme runs.
fn needs_only_fc(case: &Case) -> bool {
    case.needs == ["sign.fc"]
}

fn is_live(case: &Case) -> bool {
    case.id.starts_with(LIVE)
}

/// One case after another, so that no thread waits for a core.
fn plan() -> Plan {
    let mut plan = Plan::new();
    plan.jobs = 1;
    plan
}

fn passed(corpus: &Corpus, subject: &dyn Subject, claims: &Claims) {
    let results = run(corpus, subject, claims, &plan(), &|_| true).results;
    // Some cases of the lower levels fail on purpose.
    let red = results
        .iter()
        .find(|result| result.level == Level::Must && result.status.is_red());
    assert!(red.is_none(), "{red:?}");
}

fn judge(corpus: Corpus) -> impl FnMut() {
    let claims = Claims::of(&Reference.hello());
    move || passed(&corpus, &InProcess::new(&Reference), &claims)
}

fn python() -> impl FnMut() {
    let adapter = Path::new(env!("CARGO_MANIFEST_DIR")).join(ADAPTER);
    let launch = Launch::new("python3".into(), vec![adapter.into()]);
    let (child, hello) = Child::start(launch).unwrap();
    let (claims, corpus) = (Claims::of(&hello), corpus(1, needs_only_fc));
    move || passed(&corpus, &child, &claims)
}

/// The stimulus and the expectation of every pure case, as JSON.
fn read_alone() -> impl FnMut() {
    let corpus = corpus(1, is_pure);
    let parts = |case| ["given", "expect"].map(|part| case_json(case, part).unwrap());
    let texts: Vec<String> = corpus.cases().into_iter().flat_map(parts).collect();
    move || {
        for text in &texts {
            black_box(serde_json::from_str::<Value>(text).unwrap());
        }
    }
}

fn bare_exchange() -> impl FnMut() {
    let server = plain_server();
    let request = wire(&requests::dated(), "127.0.0.1");
    move || Connection::open(server).exchange(&request)
}
