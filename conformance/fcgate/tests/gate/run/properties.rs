//! Laws: the reference holds them, mistakes break them, and what breaks one is small and can be kept.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use fc_conformance::property::{self, Family, Seed};
use fcgate_cases::Claims;
use fcgate_cases::corpus;
use fcgate_cases::corpus::{Corpus, Files, Level};
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_mutants::{self as mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_protocol::{Hello, Reply, SignInput, SignOutput};
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan};

/// The laws of these families, tried in this process.
fn tried(
    implementation: &dyn Implementation,
    inputs: u32,
    selected: impl Fn(&str) -> bool,
) -> Vec<CaseResult> {
    let corpus = property::with_families(Corpus::embedded().unwrap());
    let claims = Claims::of(&Reference.hello());
    let subject = InProcess::new(implementation);
    let plan = Plan::new();
    let results = property::run(&corpus, &subject, &claims, &plan, inputs, &|case| {
        selected(&case.id)
    });
    results.into_iter().map(|(result, _)| result).collect()
}

fn check(result: &CaseResult, id: &str) -> String {
    let check = result.checks.iter().find(|check| check.id == id);
    check.and_then(Check::actual_text).unwrap()
}

#[test]
fn there_are_at_least_sixteen_families_and_each_has_its_words() {
    let corpus = property::with_families(Corpus::embedded().unwrap());
    let families: Vec<&Family> = property::all().collect();
    assert!(families.len() >= 16, "{}", families.len());
    for family in families {
        let case = corpus.case(family.id).unwrap();
        assert!(case.level > Level::Observe, "{}", family.id);
        assert!(!case.evidence.is_empty(), "{}", family.id);
        for id in family.requirements {
            assert!(corpus.requirement(id).is_some(), "{id}");
        }
    }
}

#[test]
fn the_reference_holds_every_law() {
    let results = tried(&Reference, 24, |_| true);
    assert_eq!(results.len(), property::all().count());
    for result in results {
        assert_eq!(result.status, Status::Pass, "{result:#?}");
    }
}

/// The law that no mutant breaks.
const TALKATIVE: &str = "property.refusals-keep-secrets";

/// Refuses as the right one, and says with which key.
struct Talkative;

impl Implementation for Talkative {
    fn hello(&self) -> Hello {
        Reference.hello()
    }

    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        match Reference.sign(input) {
            Reply::Err(_) => Reply::refused(format!(
                "bad request of {}",
                input.credentials.access_key_secret
            )),
            reply => reply,
        }
    }
}

#[test]
fn a_secret_in_a_refusal_breaks_a_law_and_is_not_shown() {
    let results = tried(&Talkative, 8, |id| id == TALKATIVE);
    let result = results
        .iter()
        .find(|result| result.id == TALKATIVE)
        .unwrap();
    assert_eq!(result.status, Status::Fail);
    assert_eq!(result.first_failure().unwrap().id, "secret-leak");
    let seed: Seed = check(result, "seed").parse().unwrap();
    let envelope = property::envelope(&seed).unwrap();
    let addition = corpus::add(
        &Files::embedded(),
        "seed",
        envelope.as_bytes(),
        &fcgate_mutants::broken_requirements(),
    )
    .unwrap();
    assert!(addition.findings.is_empty(), "{:?}", addition.findings);
    assert!(
        !format!("{result:?}").contains("fcTestAccessKeySecret"),
        "{result:?}"
    );
}

/// For each law a mistake that breaks it.
const BREAKING: [(&str, &str); 31] = [
    ("property.acs3-header-names", "acs3-headers-unsorted"),
    ("property.acs3-query", "acs3-query-as-sent"),
    ("property.acs3-verifies", "acs3-payload-as-text"),
    (
        "property.answer-header-case",
        "header-names-in-one-spelling-only",
    ),
    ("property.answer-payload", "answer-as-text"),
    ("property.any-answer", "error-body-must-be-json"),
    ("property.api-query-not-covered", "query-signed"),
    ("property.body-not-covered", "body-signed"),
    (
        "property.control-bytes-refused",
        "control-bytes-accepted-in-options",
    ),
    ("property.date-added", "date-in-iso-form"),
    ("property.extra-headers-sent", "extra-headers-left-out"),
    ("property.figures", "checksum-as-a-float"),
    ("property.foreign-headers", "request-id-lost-on-success"),
    ("property.function-error", "function-error-as-success"),
    ("property.header-name-case", "header-names-as-given"),
    ("property.header-order", "headers-unsorted"),
    ("property.log-tail", "log-tail-undecoded"),
    ("property.names-2016", "qualifier-in-query-of-2016"),
    ("property.names-2021", "names-in-lower-case"),
    ("property.names-2023", "service-in-path-of-2023"),
    ("property.names-refused", "any-name-accepted"),
    (
        "property.not-repeated-without-leave",
        "server-errors-retried",
    ),
    ("property.path-spelling", "path-escaped"),
    ("property.payload-sent", "payload-as-text"),
    ("property.round-trip", "log-tail-undecoded"),
    ("property.sent-once", "sent-twice"),
    (
        "property.service-error",
        "error-code-in-the-shape-of-acs-only",
    ),
    ("property.signed-changes", "method-left-out"),
    ("property.signed-url", "signed-url-with-date"),
    ("property.trigger-query", "trigger-query-unsorted"),
    ("property.unsigned-additions", "prefix-without-hyphen"),
];

#[test]
fn every_law_is_broken_by_a_mistake() {
    let breaking: BTreeMap<&str, &str> = BREAKING.into_iter().collect();
    let right = Reference;
    let mut unbroken = Vec::new();
    for family in property::all() {
        if family.id == TALKATIVE {
            continue;
        }
        let name = breaking.get(family.id).unwrap_or(&"no mistake is named");
        let mutated = Mutated::new(
            &right,
            mutant::named(name).unwrap_or_else(|| panic!("{name}")),
        );
        let results = tried(&mutated, 64, |id| id == family.id);
        let red = results.iter().any(|result| result.status == Status::Fail);
        if !red {
            unbroken.push(format!("{}: {name}", family.id));
        }
    }
    assert!(unbroken.is_empty(), "{}", unbroken.join("\n"));
}

#[test]
fn what_breaks_a_law_is_small_and_its_seed_makes_it_again() {
    let right = Reference;
    let mutated = Mutated::new(&right, mutant::named("headers-unsorted").unwrap());
    let id = "property.header-order";
    let results = tried(&mutated, 64, |other| other == id);
    let result = results.iter().find(|result| result.id == id).unwrap();
    assert_eq!(result.first_failure().unwrap().id, "string_to_sign");
    let (input, seed) = (check(result, "input"), check(result, "seed"));
    // Two headers are enough to be in the wrong order.
    assert_eq!(input.matches("x-fc-z").count() % 2, 0, "{input}");
    assert!(input.matches("x-fc-z").count() <= 4, "{input}");
    assert!(!input.contains("fcTestAccessKeySecret"), "{input}");

    let seed: Seed = seed.parse().unwrap();
    let envelope = property::envelope(&seed).unwrap();
    for name in input.split('"').filter(|text| text.starts_with("x-fc-z")) {
        assert!(envelope.contains(name), "{name}\n{envelope}");
    }
}

#[test]
fn what_broke_a_law_becomes_a_case_that_finds_the_same_mistake() {
    let kinds = [
        "property.header-order",
        "property.names-refused",
        "property.sent-once",
    ];
    for (id, name) in BREAKING {
        if !kinds.contains(&id) {
            continue;
        }
        let right = Reference;
        let mutated = Mutated::new(&right, mutant::named(name).unwrap());
        let results = tried(&mutated, 64, |other| other == id);
        let broken = results.iter().find(|result| result.status == Status::Fail);
        let seed: Seed = check(broken.unwrap(), "seed").parse().unwrap();
        let envelope = property::envelope(&seed).unwrap();

        let files = Files::embedded();
        let addition = corpus::add(
            &files,
            "seed",
            envelope.as_bytes(),
            &fcgate_mutants::broken_requirements(),
        )
        .unwrap();
        assert!(
            addition.findings.is_empty(),
            "{id}: {:?}",
            addition.findings
        );
        let files = files.with(&addition.file, addition.text.as_bytes());
        let corpus = Corpus::load(&files).unwrap();
        let claims = Claims::of(&Reference.hello());
        let statuses = |implementation: &dyn Implementation| -> Vec<Status> {
            let subject = InProcess::new(implementation);
            let added = |case: &corpus::Case| addition.ids.contains(&case.id);
            let run = fcgate_runner::run(&corpus, &subject, &claims, &Plan::new(), &added);
            let results = run.results.into_iter();
            let results = results.filter(|result| result.status != Status::Filtered);
            results.map(|result| result.status).collect()
        };
        assert!(
            statuses(&right)
                .iter()
                .all(|status| *status == Status::Pass),
            "{id}"
        );
        assert!(statuses(&mutated).contains(&Status::Fail), "{id}");
    }
}

fn fcgate(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_fcgate"));
    command.args(arguments).current_dir(folder.path());
    command.output().unwrap()
}

#[test]
fn the_same_laws_are_broken_however_the_subject_is_attached_and_split() {
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
    let (code, told) = run("whole", &[], &adapter);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("property.log-tail"), "{told}");
    assert!(told.contains("fcgate vector promote"), "{told}");
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

    // In this process the same inputs break the same laws in the same way.
    let right = Reference;
    let mutated = Mutated::new(&right, mutant::named("log-tail-undecoded").unwrap());
    let here = tried(&mutated, 20, |_| true);
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
    let here: Vec<(&str, &str, usize)> = here
        .iter()
        .map(|result| {
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
fn a_law_is_explained_and_a_seed_that_is_none_is_refused() {
    let explained = fcgate(&["explain", "property.header-order"]);
    let explained = String::from_utf8(explained.stdout).unwrap();
    assert!(explained.contains("FC-SIGN-008"), "{explained}");
    assert!(explained.contains("run --partial-ok --properties --only property.header-order"));
    let refused = fcgate(&["vector", "promote", "property.header-oder/0/0/1"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("property.header-order"), "{said}");
}
