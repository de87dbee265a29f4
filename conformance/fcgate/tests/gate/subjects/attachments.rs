//! The three ways to attach a subject give the same verdict.

use std::collections::BTreeMap;
use std::time::Duration;

use fc_conformance::diagnosis::explain;
use fc_conformance::report::Report;
use fc_conformance::verdict::Rules;
use fcgate::writers::json;
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus, Level, Operation, Stimulus};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_protocol::Implementation;
use fcgate_protocol::{HeaderList, Hello, Reply};
use fcgate_reference::Reference;
use fcgate_runner::{Child, Contain, InProcess, Launch, Plan, Subject, run};

use super::client_over_http::{ClientOverHttp, Obstacle};
use super::json_lines::Lines;
use crate::doubles::Double;
use crate::small_corpus::small_corpus;

fn results(
    corpus: &Corpus,
    subject: &dyn Subject,
    hello: &Hello,
    selected: &dyn Fn(&Case) -> bool,
) -> Vec<CaseResult> {
    run(corpus, subject, &Claims::of(hello), &Plan::new(), selected).results
}

/// The whole JSON report.
fn report(corpus: &Corpus, subject: &dyn Subject, hello: &Hello) -> String {
    let results = results(corpus, subject, hello, &|_| true);
    let claims = Claims::of(hello);
    let attribution = explain(&results, corpus, &Reference);
    json(&Report::new(
        corpus,
        hello,
        &claims,
        0,
        results,
        &attribution,
        Rules::new(),
    ))
    .unwrap()
}

/// Both reports of one implementation: in this process, and over JSON lines.
fn both(corpus: &Corpus, implementation: &dyn Implementation) -> (String, String) {
    let hello = implementation.hello();
    let lines = Lines::to(implementation);
    assert_eq!(lines.hello(), hello);
    (
        report(corpus, &InProcess::new(implementation), &hello),
        report(corpus, &lines, &hello),
    )
}

#[test]
fn a_child_process_gives_the_same_report_as_in_process() {
    let corpus = Corpus::embedded().unwrap();
    let reference = Reference;
    let program = env!("CARGO_BIN_EXE_fcgate").into();
    // A long timeout, so that a busy machine does not change a verdict.
    let launch = Launch::new(program, vec!["reference".into()])
        .timeout(Duration::from_secs(60))
        .contain(Contain::Group);
    let (child, hello) = Child::start(launch).unwrap();
    assert_eq!(hello, reference.hello());
    let from_child = report(&corpus, &child, &hello);
    assert_eq!(child.fault().map(|fault| fault.to_string()), None);
    child.shut_down().unwrap();
    let in_process = report(&corpus, &InProcess::new(&reference), &hello);
    assert_eq!(in_process, from_child);
    assert!(in_process.contains(r#""verdict": "conforming""#));
}

#[test]
fn json_lines_give_the_same_report_as_in_process_for_wrong_implementations() {
    let wrong = [
        Double {
            sign: Some(|_, mut output| {
                output.headers = HeaderList::new();
                Reply::Ok(output)
            }),
            ..Double::default()
        },
        Double {
            build: Some(|mut output| {
                output.body.push(b'x');
                Reply::Ok(output)
            }),
            parse: Some(|_| Reply::internal("out of order")),
            ..Double::default()
        },
        Double {
            parse: Some(|_| Reply::unsupported("parse")),
            sends: Some(2),
            ..Double::default()
        },
        Double {
            wrong_secret: true,
            ..Double::default()
        },
    ];
    for double in &wrong {
        let (in_process, over_lines) = both(&small_corpus(), double);
        assert_eq!(in_process, over_lines);
        assert!(in_process.contains(r#""verdict": "nonconforming""#));
    }
}

#[test]
fn a_client_over_real_http_gets_the_same_results_as_in_process() {
    let corpus = Corpus::embedded().unwrap();
    let (reference, client) = (Reference, ClientOverHttp::default());
    let hello = reference.hello();
    let can_run = |case: &Case| ClientOverHttp::obstacle(case).is_none();
    let in_process = results(&corpus, &InProcess::new(&reference), &hello, &can_run);
    let over_http = results(&corpus, &client, &hello, &can_run);
    let mut executed = 0;
    for (one, other) in in_process.iter().zip(&over_http) {
        // `observe` cases have no rule, and each HTTP library behaves differently.
        if one.level == Level::Observe && one.operation == Operation::Invoke {
            assert_eq!(one.id, other.id);
        } else {
            assert_eq!(one, other);
        }
        executed += usize::from(one.status.executed());
    }

    // Every case ran, or has a reason why it cannot run.
    let mut left_out: BTreeMap<Obstacle, Vec<&Case>> = BTreeMap::new();
    for case in corpus.cases() {
        if let Some(obstacle) = ClientOverHttp::obstacle(case) {
            left_out.entry(obstacle).or_default().push(case);
        }
    }
    let count: usize = left_out.values().map(Vec::len).sum();
    let large = corpus.cases().iter().filter(|case| case.full_only).count();
    assert_eq!(executed + count + large, corpus.cases().len());
    insta::assert_snapshot!(table(&left_out), @r"
a client signs only the requests that it builds:
  every case of sign
a client generates its own nonces; the caller cannot pass one:
  build.refusals.2021-04-06-acs3-nonce-empty
  build.refusals.2021-04-06-acs3-nonce-line-break
  build.refusals.2023-03-30-acs3-nonce-empty
  build.refusals.2023-03-30-acs3-nonce-line-break
a client calls no HTTP triggers:
  every case of trigger
this client makes no operations on tasks:
  every case of task
");
}

/// The reasons and their cases. An operation that cannot run at all takes one line.
fn table(left_out: &BTreeMap<Obstacle, Vec<&Case>>) -> String {
    let mut table = String::new();
    for (obstacle, cases) in left_out {
        table.extend([obstacle.to_string(), ":\n".to_owned()]);
        match obstacle {
            Obstacle::Sign => table += "  every case of sign\n",
            Obstacle::Trigger => table += "  every case of trigger\n",
            Obstacle::Task => table += "  every case of task\n",
            Obstacle::Nonce => {
                table.extend(cases.iter().map(|case| format!("  {}\n", case.id)));
            }
        }
    }
    table
}

#[test]
fn a_client_over_real_http_with_a_wrong_secret_fails() {
    let corpus = Corpus::embedded().unwrap();
    let hello = Reference.hello();
    let wrong = ClientOverHttp::with_secret("anotherSecretThanThatOfTheCase");
    // Cases that send no request have no signature to verify. The client refuses a task id without Async.
    let is_refused = |case: &Case| case.id.ends_with(".stateful-id-only");
    let selected = |case: &Case| match &case.stimulus {
        Stimulus::Build { .. } => case.id.starts_with("build.recorded-calls") && !is_refused(case),
        Stimulus::Invoke { expect, .. } => expect.requests.is_some_and(|requests| requests > 0),
        _ => false,
    };
    let results = results(&corpus, &wrong, &hello, &selected);
    let executed_results: Vec<&CaseResult> = results
        .iter()
        .filter(|result| result.status.executed())
        .collect();
    assert!(executed_results.len() > 100);
    for result in executed_results {
        let check = result
            .checks
            .iter()
            .find(|check| check.id.ends_with("verifies"));
        assert_eq!(result.status, Status::Fail, "{}", result.id);
        assert!(check.unwrap().failed(), "{}", result.id);
    }
}
