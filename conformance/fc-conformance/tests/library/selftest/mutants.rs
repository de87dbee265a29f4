//! Every mutant fails a case, every check fails for a mutant, and the diagnosis names the mistake.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fc_conformance::selftest::{self, Naming, SelfTest};
use fcgate_cases::Claims;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::Status;
use fcgate_mutants::{self as mutant, Area, Mutant, Mutated};
use fcgate_protocol::Implementation as _;
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan, run};

/// The last reviewed output of `fcgate selftest`.
const TABLE: &str = include_str!("../../../../../docs/checks-and-mutants.md");

static SELF_TEST: LazyLock<SelfTest> = LazyLock::new(|| {
    let corpus = Corpus::embedded().unwrap();
    selftest::run(&corpus, &Reference)
});

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "takes minutes without optimization; cargo xtask selftest runs it"
)]
fn no_mutant_survives() {
    assert!(
        SELF_TEST.survivors().is_empty(),
        "{:?}",
        SELF_TEST.survivors()
    );
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "takes minutes without optimization; cargo xtask selftest runs it"
)]
fn every_check_is_failed_by_a_mutant_under_its_own_id() {
    assert_eq!(SELF_TEST.checks_without_mutants(), Vec::<&str>::new());
    assert!(SELF_TEST.checks.contains_key("sign#string_to_sign"));
    assert!(SELF_TEST.checks.contains_key("invoke#arrived.verifies"));
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "takes minutes without optimization; cargo xtask selftest runs it"
)]
fn the_judge_accepts_no_known_wrong_answer() {
    assert_eq!(SELF_TEST.missed, Vec::<String>::new());
    assert!(SELF_TEST.is_sound());
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "takes minutes without optimization; cargo xtask selftest runs it"
)]
fn the_correct_mutant_is_named_in_nine_of_ten_runs() {
    let (right, all) = SELF_TEST.named_correctly();
    assert!(right * 10 >= all * 9, "{right} of {all}");
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "takes minutes without optimization; cargo xtask selftest runs it"
)]
fn the_median_run_leaves_at_most_five_failed_cases_to_read() {
    assert!(SELF_TEST.median_cases_to_read() <= 5);
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "takes minutes without optimization; cargo xtask selftest runs it"
)]
fn no_mistake_is_named_wrongly() {
    assert_eq!(SELF_TEST.named_wrongly(), Vec::<&Mutant>::new());
    let foreign = SELF_TEST.foreign.iter();
    let wrong = foreign.filter(|run| run.naming() == Naming::Wrongly);
    let wrong: Vec<&str> = wrong.map(|run| run.mistake.name).collect();
    assert_eq!(wrong, Vec::<&str>::new());
    assert!(SELF_TEST.foreign.len() >= 60);
}

/// The rows of the second table: each mutant with its first failed check.
fn rows() -> impl Iterator<Item = (&'static Mutant, &'static str, &'static str)> {
    TABLE.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let mutant = cells.get(1).and_then(|code| mutant::named(code))?;
        let (case, check) = cells.get(6)?.trim_matches('`').split_once('#')?;
        Some((mutant, case, check))
    })
}

#[test]
fn every_mutant_fails_the_check_in_the_table_of_the_docs() {
    let corpus = Corpus::embedded().unwrap();
    let right = Reference;
    let claims = Claims::of(&right.hello());
    let mut seen = 0;
    for (mutant, case, check) in rows().filter(|row| row.0.area() != Area::Judge) {
        let mutated = Mutated::new(&right, mutant);
        let subject = InProcess::new(&mutated);
        let run = run(&corpus, &subject, &claims, &Plan::new(), &|other| {
            other.id == case
        });
        let result = run.results.iter().find(|result| result.id == case).unwrap();
        let first = result.first_failure().map(|check| check.id.as_str());
        assert!(result.status.is_red(), "{mutant:?} does not fail {case}");
        assert_eq!(first.unwrap_or(result.status.name()), check, "{mutant:?}");
        seen += 1;
    }
    let all = mutant::all().filter(|mutant| mutant.area() != Area::Judge);
    assert_eq!(seen, all.count());
}

#[test]
fn there_are_mutants_of_every_kind() {
    let mut counts = BTreeMap::new();
    for mutant in mutant::all() {
        *counts.entry(mutant.area().to_string()).or_insert(0) += 1;
    }
    let of = |area: Area| counts[&area.to_string()];
    let of_sdks = of(Area::Sign) + of(Area::Build) + of(Area::Parse) + of(Area::Http);
    assert!(of_sdks >= 70, "{counts:?}");
    assert!(
        of(Area::WrongReason) >= 15 && of(Area::Judge) >= 15,
        "{counts:?}"
    );
}

#[test]
fn every_requirement_that_a_mutant_breaks_exists() {
    let corpus = Corpus::embedded().unwrap();
    for mutant in mutant::all() {
        for id in mutant.requirements {
            assert!(corpus.requirement(id).is_some(), "{mutant:?} breaks {id}");
        }
        assert_eq!(mutant.requirements.is_empty(), mutant.area() == Area::Judge);
    }
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "takes minutes without optimization; cargo xtask selftest runs it"
)]
fn the_client_of_the_mutants_without_a_mistake_behaves_like_the_reference() {
    // A mistake that does not affect the case leaves the result of the model.
    let corpus = Corpus::embedded().unwrap();
    let right = Reference;
    let claims = Claims::of(&right.hello());
    let expected = run(
        &corpus,
        &InProcess::new(&right),
        &claims,
        &Plan::new(),
        &|_| true,
    );
    for name in ["acs3-name-lost-in-a-longer-one", "trigger-empty-path"] {
        let mutated = Mutated::new(&right, mutant::named(name).unwrap());
        let subject = InProcess::new(&mutated);
        let results = run(&corpus, &subject, &claims, &Plan::new(), &|_| true);
        let mut differing = Vec::new();
        for (one, other) in expected.results.iter().zip(&results.results) {
            if one.status == Status::Pass && one.checks != other.checks {
                differing.push(&one.id);
            }
        }
        assert!(differing.len() <= 1, "{name}: {differing:?}");
    }
}
