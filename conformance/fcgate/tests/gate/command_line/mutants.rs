//! `fcgate mutants`, `fcgate reference --mutant`, and the causes of a report.

use std::io::Write as _;
use std::process::{Output, Stdio};

use fc_conformance::diagnosis::explain;
use fc_conformance::report::Report;
use fc_conformance::verdict::Rules;
use fcgate_cases::Claims;
use fcgate_cases::corpus::Corpus;
use fcgate_mutants::{self as mutant, Mutated};
use fcgate_protocol::Implementation as _;
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan, run};

use crate::binary;

fn fcgate(arguments: &[&str], input: &str) -> Output {
    let mut child = binary::fcgate(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // An adapter that exits at once does not read its stdin.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn text_and_json_list_every_mutant() {
    let plain = text(fcgate(&["mutants"], "").stdout);
    let json = fcgate(&["mutants", "--format", "json"], "").stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let listed = json["mutants"].as_array().unwrap();
    assert_eq!(listed.len(), mutant::all().count());
    for (mutant, entry) in mutant::all().zip(listed) {
        assert!(plain.contains(&format!("  {} {} ", mutant.code, mutant.name)));
        assert_eq!(entry["code"], mutant.code);
    }
}

#[test]
fn the_reference_with_a_mutant_returns_the_wrong_outcome() {
    let line = r#"{"p":1,"seq":"a","cmd":"parse","in":{"status":202,"headers":[],"body_b64":"","invocation_type":"Async"}}"#;
    let answer = |arguments: &[&str]| text(fcgate(arguments, &format!("{line}\n")).stdout);
    assert!(answer(&["reference"]).contains(r#""kind":"accepted""#));
    let wrong = answer(&["reference", "--mutant", "accepted-as-completed"]);
    assert!(wrong.contains(r#""kind":"completed""#), "{wrong}");
    let by_code = answer(&["reference", "--mutant", "FCG0407"]);
    assert_eq!(by_code, wrong);
}

#[test]
fn unknown_mutants_and_mutants_of_the_judge_are_usage_errors() {
    let output = fcgate(&["reference", "--mutant", "path-escape"], "");
    assert_eq!(output.status.code(), Some(2));
    let message = text(output.stderr);
    assert!(
        message.contains("did you mean 'path-escaped'?"),
        "{message}"
    );
    let output = fcgate(&["reference", "--mutant", "judge-trims"], "");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn explain_accepts_the_code_of_a_mutant() {
    let output = fcgate(&["explain", "FCG0401"], "");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(output.stdout).starts_with("FCG0401 function-error-as-success (parsing)\n"));
}

#[test]
fn failures_of_one_mutant_are_one_cause_with_its_code() {
    let corpus = Corpus::embedded().unwrap();
    let right = Reference;
    let mutant = mutant::named("date-line-missing").unwrap();
    let mutated = Mutated::new(&right, mutant);
    let claims = Claims::of(&right.hello());
    let selected = |id: &str| {
        id.starts_with("sign.fc-vectors") || id.starts_with("build.paths") || id.ends_with("-sync")
    };
    let run = run(
        &corpus,
        &InProcess::new(&mutated),
        &claims,
        &Plan::new(),
        &|case| selected(&case.id),
    );
    let attribution = explain(&run.results, &corpus, &Reference);
    let report = Report::new(
        &corpus,
        &right.hello(),
        &claims,
        0,
        run.results,
        &attribution,
        Rules::new(),
    );
    let cause = &report.causes[0];
    assert_eq!(cause.code, "FCG0109");
    assert_eq!(cause.mutant.as_deref(), Some("date-line-missing"));
    assert_eq!(cause.summary, mutant.summary);
    for start in ["sign.", "build.", "invoke."] {
        assert!(
            cause.cases.iter().any(|id| id.starts_with(start)),
            "{start}"
        );
    }
    for id in &cause.cases {
        assert_eq!(report.case(id).unwrap().cause.as_deref(), Some("FCG0109"));
    }
}
