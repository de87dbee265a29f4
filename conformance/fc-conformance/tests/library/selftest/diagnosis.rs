//! The mutant with the same wrong answer explains a failed case.

use fc_conformance::diagnosis::explain;
use fcgate_cases::Claims;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::CaseResult;
use fcgate_mutants::foreign::{self, Foreign, ForeignMistake};
use fcgate_mutants::{self as mutant, Mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_protocol::{Hello, Reply, SignInput, SignOutput};
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan, run};

/// Runs only these cases of the corpus.
fn results(subject: &dyn Implementation, selected: &[&str]) -> (Corpus, Vec<CaseResult>) {
    results_of(subject, &Plan::new(), selected)
}

/// Runs only these cases of the corpus, by this plan.
pub(super) fn results_of(
    subject: &dyn Implementation,
    plan: &Plan,
    selected: &[&str],
) -> (Corpus, Vec<CaseResult>) {
    let corpus = Corpus::embedded().unwrap();
    let claims = Claims::of(&subject.hello());
    let is_selected = |id: &str| selected.iter().any(|start| id.starts_with(start));
    let subject = InProcess::new(subject);
    let results = run(&corpus, &subject, &claims, plan, &|case| {
        is_selected(&case.id)
    })
    .results;
    (corpus, results)
}

pub(super) fn names(mutants: &[&Mutant]) -> Vec<&'static str> {
    mutants.iter().map(|mutant| mutant.name).collect()
}

/// Signs like a mutant, and returns no stages.
struct Silent(&'static str);

impl Implementation for Silent {
    fn hello(&self) -> Hello {
        Hello::new("silent", "1.0.0", "rust").claim("sign.fc")
    }

    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        let right = Reference;
        let mutated = Mutated::new(&right, mutant::named(self.0).unwrap());
        mutated.sign(input).map(|mut output| {
            output.stages = None;
            output
        })
    }
}

#[test]
fn a_run_without_failures_names_no_mutant() {
    let right = Reference;
    let (corpus, results) = results(&right, &["sign.fc-vectors.fc-01"]);
    assert!(explain(&results, &corpus, &right).is_empty());
}

#[test]
fn a_signing_mistake_is_named_without_stages() {
    let (corpus, results) = results(&Silent("path-escaped"), &["sign.fc-resource"]);
    let red: Vec<&CaseResult> = results.iter().filter(|one| one.status.is_red()).collect();
    assert!(!red.is_empty());
    let named = explain(&results, &corpus, &Reference);
    for result in red {
        assert_eq!(names(&named[&result.id]), ["path-escaped"], "{}", result.id);
    }
}

#[test]
fn a_mistake_without_a_mutant_is_not_named() {
    struct Odd;
    impl Implementation for Odd {
        fn hello(&self) -> Hello {
            Hello::new("odd", "1.0.0", "rust").claim("sign.fc")
        }

        fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
            let mut odd = input.clone();
            odd.credentials.access_key_secret.push_str("-odd");
            Reference.sign(&odd)
        }
    }
    let (corpus, results) = results(&Odd, &["sign.fc-vectors"]);
    assert!(results.iter().any(|result| result.status.is_red()));
    assert!(explain(&results, &corpus, &Reference).is_empty());
}

#[test]
fn a_case_that_the_correct_implementation_fails_too_shows_no_mistake() {
    struct EscapedOnly;
    impl Implementation for EscapedOnly {
        fn hello(&self) -> Hello {
            Hello::new("escaped-only", "1.0.0", "rust").claim("sign.fc")
        }

        fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
            if input.url.contains('%') {
                Reference.sign(input)
            } else {
                Reply::refused("a path without escapes")
            }
        }
    }
    let (escaped, plain) = ("sign.fc-resource.encoded-letter", "sign.fc-vectors.fc-01");
    let correct = EscapedOnly;
    let subject = Mutated::new(&correct, mutant::named("path-escaped").unwrap());
    let (corpus, results) = results(&subject, &[escaped, plain]);
    let red = |id: &str| {
        results
            .iter()
            .any(|one| one.id == id && one.status.is_red())
    };
    assert!(red(escaped) && red(plain));
    let named = explain(&results, &corpus, &correct);
    assert_eq!(names(&named[escaped]), ["path-escaped"]);
    assert!(!named.contains_key(plain), "{named:?}");
}

#[test]
fn a_mutant_that_fails_a_passed_case_is_not_named() {
    struct LongPathsOnly;
    impl Implementation for LongPathsOnly {
        fn hello(&self) -> Hello {
            Hello::new("long-paths-only", "1.0.0", "rust").claim("sign.fc")
        }

        fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
            if input.url.len() > 120 {
                Silent("date-line-missing").sign(input)
            } else {
                Reference.sign(input)
            }
        }
    }
    let (corpus, results) = results(&LongPathsOnly, &["sign.fc-"]);
    assert!(results.iter().any(|result| result.status.is_red()));
    assert!(explain(&results, &corpus, &Reference).is_empty());
}

#[test]
fn foreign_mistakes_get_their_right_name_or_none() {
    let right = Reference;
    let is_quick = |mistake: &&ForeignMistake| {
        [
            "text-with-byte-order-mark",
            "text-ends-with-a-line-feed",
            "content-type-lower-cased",
            "path-without-its-last-slash",
        ]
        .contains(&mistake.name)
    };
    let mut named_rightly = 0;
    for mistake in foreign::all().filter(is_quick) {
        let subject = Foreign::new(&right, mistake);
        let (corpus, results) = results(&subject, &["sign.fc-"]);
        for mutants in explain(&results, &corpus, &right).values() {
            let mut mutants = mutants.iter();
            assert!(
                mutants.any(|mutant| mistake.right_names.contains(&mutant.code)),
                "{}",
                mistake.name
            );
            named_rightly += 1;
        }
    }
    assert!(named_rightly > 0);
}

#[test]
fn two_mistakes_at_once_are_both_named() {
    struct Both;
    impl Implementation for Both {
        fn hello(&self) -> Hello {
            Reference.hello()
        }

        fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
            let right = Reference;
            let name = match input.scheme {
                fcgate_protocol::Scheme::Fc => "date-line-missing",
                fcgate_protocol::Scheme::Acs3 => "acs3-two-spaces",
            };
            Mutated::new(&right, mutant::named(name).unwrap()).sign(input)
        }
    }
    let (corpus, results) = results(&Both, &["sign.fc-vectors", "sign.acs3-vectors"]);
    let named = explain(&results, &corpus, &Reference);
    assert_eq!(
        names(&named["sign.fc-vectors.fc-01"]),
        ["date-line-missing"]
    );
    assert_eq!(
        names(&named["sign.acs3-vectors.ac-01"]),
        ["acs3-two-spaces"]
    );
}

#[test]
#[cfg_attr(debug_assertions, ignore = "the bound is that of optimized code")]
fn a_run_with_only_failed_cases_is_explained_within_two_seconds() {
    let right = Reference;
    for name in [
        "everything-refused",
        "path-of-another-revision",
        "crlf-line-ends",
    ] {
        let mutated = Mutated::new(&right, mutant::named(name).unwrap());
        let (corpus, results) = results(&mutated, &[""]);
        let from = cpu_time::ProcessTime::now();
        let named = explain(&results, &corpus, &right);
        let taken = from.elapsed();
        assert!(
            named.values().all(|mutants| names(mutants) == [name]),
            "{named:?}"
        );
        assert!(
            taken.as_secs_f64() < 4.0,
            "{name}: {taken:?} on two processors"
        );
    }
}

#[test]
fn an_invoke_failure_is_an_echo_of_the_build_failure_with_the_same_mutant() {
    let right = Reference;
    let mutant = mutant::named("content-type-left-out").unwrap();
    let mutated = Mutated::new(&right, mutant);
    let selected = [
        "build.paths.2021-04-06-fc",
        "invoke.basic.2021-04-06-fc-sync",
    ];
    let (corpus, results) = results(&mutated, &selected);
    let named = explain(&results, &corpus, &right);
    assert_eq!(named["invoke.basic.2021-04-06-fc-sync"], [mutant]);
}
