//! `fcgate run --properties`: the same results for every way to attach the subject.

use fc_conformance::property;
use fcgate_cases::Claims;
use fcgate_cases::corpus::Corpus;
use fcgate_mutants::{self as mutant, Mutated};
use fcgate_protocol::Implementation as _;
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan};
use std::process::Output;

use crate::binary;

fn fcgate(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = binary::fcgate(arguments);
    command.current_dir(folder.path()).output().unwrap()
}

#[test]
fn properties_give_the_same_results_for_every_attachment_order_and_shard() {
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str| folder.path().join(name).display().to_string();
    let adapter = [
        "--",
        env!("CARGO_BIN_EXE_fcgate"),
        "reference",
        "--mutant",
        "log-tail-undecoded",
    ];
    let run = |name: &str, more: &[&str], adapter: &[&str]| {
        let target = format!("json={}", report(name));
        let common = [
            "run",
            "--properties",
            "20",
            "--only",
            "property.*",
            "--timeout",
            "60",
            "--partial-ok",
            "--report",
            &target,
        ];
        let output = fcgate(&[&common[..], more, adapter].concat());
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, text) = run("whole", &[], &adapter);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("property.log-tail"), "{text}");
    assert!(text.contains("fcgate vector promote"), "{text}");
    run("again", &["--shuffle", "3", "--jobs", "1"], &adapter);
    for shard in ["1/2", "2/2"] {
        run(&shard.replace('/', "-"), &["--shard", shard], &adapter);
    }
    let target = format!("json={}", report("merged"));
    let merged = fcgate(&["merge", "--report", &target, &report("1-2"), &report("2-2")]);
    assert_eq!(merged.status.code(), Some(1), "{merged:?}");
    let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(text("whole"), text("again"));
    assert_eq!(text("whole"), text("merged"));

    // In this process the same inputs fail the same properties with the same checks.
    let right = Reference;
    let mutated = Mutated::new(&right, mutant::named("log-tail-undecoded").unwrap());
    let corpus = property::with_families(Corpus::embedded().unwrap());
    let claims = Claims::of(&right.hello());
    let subject = InProcess::new(&mutated);
    let results = property::run(
        &corpus,
        &subject,
        &claims,
        &Plan::new(),
        20,
        &|_| true,
        false,
    );
    let there: serde_json::Value = serde_json::from_str(&text("whole")).unwrap();
    let cases = there["cases"].as_array().unwrap().iter();
    let there: Vec<(&str, &str, usize)> = cases
        .filter(|case| case["id"].as_str().unwrap().starts_with("property."))
        .map(|case| {
            let checks = case["checks"].as_array().unwrap().len();
            (
                case["id"].as_str().unwrap(),
                case["status"].as_str().unwrap(),
                checks,
            )
        })
        .collect();
    let here: Vec<(&str, &str, usize)> = results
        .iter()
        .map(|(result, _)| {
            (
                result.id.as_str(),
                result.status.name(),
                result.checks.len(),
            )
        })
        .collect();
    assert_eq!(here, there);
}

#[test]
fn explain_describes_a_property_and_promote_rejects_an_unknown_seed() {
    let explained = fcgate(&["explain", "property.header-order"]);
    let explained = String::from_utf8(explained.stdout).unwrap();
    assert!(explained.contains("FC-SIGN-008"), "{explained}");
    assert!(explained.contains("run --partial-ok --properties --only property.header-order"));
    let refused = fcgate(&["vector", "promote", "property.header-oder/0/0/1"]);
    let message = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2), "{message}");
    assert!(message.contains("property.header-order"), "{message}");
}
