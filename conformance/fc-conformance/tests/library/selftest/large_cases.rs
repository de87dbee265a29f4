//! A failed case that only the profile `full` sends gets the name of a mutant that the other cases show.

use std::sync::atomic::{AtomicUsize, Ordering};

use fc_conformance::diagnosis::explain;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::CaseResult;
use fcgate_mutants::{self as mutant, Mutated};
use fcgate_protocol::{
    BuildInput, BuildOutput, Hello, Implementation, Invocation, InvokeInput, InvokeOutput,
    ParseInput, ParseOutput, Reply, SignInput, SignOutput,
};
use fcgate_reference::Reference;
use fcgate_runner::Plan;

use super::diagnosis::{names, results_of};

const SMALL: &str = "invoke.payloads.long@api=2016-08-15-fc@size=64-kib-and-1";
/// 128 KiB in an asynchronous call.
const LARGE: &str = "invoke.payloads.full-size-async@api=2016-08-15-fc";
const ANOTHER_LARGE: &str = "invoke.payloads.full-size-async@api=2021-04-06-acs3";

fn full_results(subject: &dyn Implementation, selected: &[&str]) -> (Corpus, Vec<CaseResult>) {
    let plan = Plan {
        full: true,
        ..Plan::new()
    };
    results_of(subject, &plan, selected)
}

fn is_red(results: &[CaseResult], id: &str) -> bool {
    let mut results = results.iter();
    results.any(|result| result.id == id && result.status.is_red())
}

fn is_large(input: &Invocation) -> bool {
    let payload = input.payload.as_ref();
    payload.is_some_and(|payload| payload.len() > 65_537)
}

/// Sends the first 4 KiB of a payload if the condition holds.
struct CutIf(fn(&InvokeInput) -> bool);

impl Implementation for CutIf {
    fn hello(&self) -> Hello {
        Reference.hello()
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        if (self.0)(input) {
            let cut = mutant::named("payload-cut-at-4-kib").unwrap();
            Mutated::new(&Reference, cut).invoke(input)
        } else {
            Reference.invoke(input)
        }
    }
}

/// Counts the large requests of the mutants, which build them with a correct implementation.
#[derive(Default)]
struct LargeRequests(AtomicUsize);

impl Implementation for LargeRequests {
    fn hello(&self) -> Hello {
        Reference.hello()
    }

    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        Reference.sign(input)
    }

    fn build(&self, input: &BuildInput) -> Reply<BuildOutput> {
        let large = usize::from(is_large(&input.input));
        self.0.fetch_add(large, Ordering::Relaxed);
        Reference.build(input)
    }

    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        Reference.parse(input)
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        Reference.invoke(input)
    }
}

#[test]
fn a_large_case_gets_the_name_that_a_small_one_shows() {
    // The other large cases are filtered out, which says nothing about them.
    let (corpus, results) = full_results(&CutIf(|_| true), &[SMALL, LARGE]);
    assert!(is_red(&results, SMALL) && is_red(&results, LARGE));
    let named = explain(&results, &corpus, &Reference);
    assert_eq!(names(&named[SMALL]), ["payload-cut-at-4-kib"]);
    assert_eq!(names(&named[LARGE]), ["payload-cut-at-4-kib"]);
}

#[test]
fn a_large_case_with_another_wrong_answer_gets_no_name() {
    struct Both;
    impl Implementation for Both {
        fn hello(&self) -> Hello {
            Reference.hello()
        }

        fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
            let name = if is_large(&input.input) {
                "payload-left-out"
            } else {
                "payload-cut-at-4-kib"
            };
            Mutated::new(&Reference, mutant::named(name).unwrap()).invoke(input)
        }
    }
    let (corpus, results) = full_results(&Both, &[SMALL, LARGE]);
    assert!(is_red(&results, LARGE));
    let named = explain(&results, &corpus, &Reference);
    assert_eq!(names(&named[SMALL]), ["payload-cut-at-4-kib"]);
    assert!(!named.contains_key(LARGE));
}

#[test]
fn a_mutant_that_fails_a_large_case_that_passed_is_not_named_for_another_large_one() {
    let subject = CutIf(|input| !is_large(&input.input) || input.revision == "2016-08-15");
    let (corpus, results) = full_results(&subject, &[SMALL, LARGE, ANOTHER_LARGE]);
    assert!(is_red(&results, LARGE) && !is_red(&results, ANOTHER_LARGE));
    let named = explain(&results, &corpus, &Reference);
    assert_eq!(names(&named[SMALL]), ["payload-cut-at-4-kib"]);
    assert!(!named.contains_key(LARGE));
}

#[test]
fn large_cases_are_sent_again_only_if_a_large_one_failed_and_a_small_one_has_a_name() {
    let large: fn(&InvokeInput) -> bool = |input| is_large(&input.input);
    let small: fn(&InvokeInput) -> bool = |input| !is_large(&input.input);
    for (condition, requests) in [(large, 0), (small, 0), (|_| true, 1)] {
        let (corpus, results) = full_results(&CutIf(condition), &[SMALL, LARGE]);
        assert!(is_red(&results, SMALL) || is_red(&results, LARGE));
        let correct = LargeRequests::default();
        explain(&results, &corpus, &correct);
        assert_eq!(correct.0.load(Ordering::Relaxed), requests);
    }
}
