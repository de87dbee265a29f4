//! Properties: the reference satisfies them, mutants violate them, and counterexamples are small and reproducible.

use std::collections::BTreeMap;

use fc_conformance::property::{self, Family, Seed};
use fcgate_cases::Claims;
use fcgate_cases::corpus;
use fcgate_cases::corpus::{Case, Corpus, Files, Level};
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_mutants::{self as mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_protocol::{Hello, Reply, SignInput, SignOutput};
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan};

/// The results of the selected properties, run in this process.
fn run_properties(
    implementation: &dyn Implementation,
    inputs: u32,
    selected: impl Fn(&str) -> bool,
) -> Vec<CaseResult> {
    let corpus = property::with_families(Corpus::embedded().unwrap());
    let claims = Claims::of(&Reference.hello());
    let subject = InProcess::new(implementation);
    let plan = Plan::new();
    let selected = |case: &Case| selected(&case.id);
    let results = property::run(&corpus, &subject, &claims, &plan, inputs, &selected, false);
    results.into_iter().map(|(result, _)| result).collect()
}

fn check(result: &CaseResult, id: &str) -> String {
    let check = result.checks.iter().find(|check| check.id == id);
    check.and_then(Check::actual_text).unwrap()
}

#[test]
fn every_family_has_a_level_evidence_and_existing_requirements() {
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
fn the_reference_satisfies_every_property() {
    let results = run_properties(&Reference, 24, |_| true);
    assert_eq!(results.len(), property::all().count());
    for result in results {
        assert_eq!(result.status, Status::Pass, "{result:#?}");
    }
}

/// The property that no mutant violates.
const REFUSALS_KEEP_SECRETS: &str = "property.refusals-keep-secrets";

/// The reference, except that its refusals contain the secret.
struct SecretInRefusal;

impl Implementation for SecretInRefusal {
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
fn a_secret_in_a_refusal_fails_the_property_and_is_not_shown() {
    let results = run_properties(&SecretInRefusal, 8, |id| id == REFUSALS_KEEP_SECRETS);
    let result = results
        .iter()
        .find(|result| result.id == REFUSALS_KEEP_SECRETS)
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

/// For each property a mutant that violates it.
const FAILING_MUTANTS: [(&str, &str); 31] = [
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
fn every_property_fails_for_a_mutant() {
    let mutants: BTreeMap<&str, &str> = FAILING_MUTANTS.into_iter().collect();
    let right = Reference;
    let mut unviolated = Vec::new();
    for family in property::all() {
        if family.id == REFUSALS_KEEP_SECRETS {
            continue;
        }
        let name = mutants.get(family.id).unwrap_or(&"no mutant is listed");
        let mutated = Mutated::new(
            &right,
            mutant::named(name).unwrap_or_else(|| panic!("{name}")),
        );
        let results = run_properties(&mutated, 64, |id| id == family.id);
        let fails = results.iter().any(|result| result.status == Status::Fail);
        if !fails {
            unviolated.push(format!("{}: {name}", family.id));
        }
    }
    assert!(unviolated.is_empty(), "{}", unviolated.join("\n"));
}

#[test]
fn a_counterexample_is_small_and_its_seed_reproduces_it() {
    let right = Reference;
    let mutated = Mutated::new(&right, mutant::named("headers-unsorted").unwrap());
    let id = "property.header-order";
    let results = run_properties(&mutated, 64, |other| other == id);
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
fn a_counterexample_becomes_a_case_that_fails_for_the_same_mutant() {
    let kinds = [
        "property.header-order",
        "property.names-refused",
        "property.sent-once",
    ];
    for (id, name) in FAILING_MUTANTS {
        if !kinds.contains(&id) {
            continue;
        }
        let right = Reference;
        let mutated = Mutated::new(&right, mutant::named(name).unwrap());
        let results = run_properties(&mutated, 64, |other| other == id);
        let failed = results.iter().find(|result| result.status == Status::Fail);
        let seed: Seed = check(failed.unwrap(), "seed").parse().unwrap();
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
            let added = |case: &Case| addition.ids.contains(&case.id);
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
