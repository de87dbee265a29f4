//! The exit code for every status and every flag that can change it.

use fc_conformance::verdict::{Rules, decide};
use fcgate_cases::Claims;
use fcgate_cases::Profile;
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_cases::judge::{CaseResult, Check, Status};

use crate::small_corpus::small_corpus;

const MUST: &str = "build.basic.plain";
const SHOULD: &str = "sign.basic.line-feed";
const OBSERVE: &str = "sign.basic.padded";
const OTHER: &str = "parse.basic.completed";

fn result(corpus: &Corpus, id: &str, status: Status) -> CaseResult {
    let case = corpus.case(id).unwrap();
    match status {
        Status::Unsupported => CaseResult::unsupported(case, &Claims::default()),
        status => CaseResult::unjudged(case, status),
    }
}

fn rules(level: Level) -> Rules {
    let mut rules = Rules::new();
    rules.level = level;
    rules
}

#[track_caller]
fn exits(results: &[CaseResult], rules: Rules, expected: u8) {
    let verdict = decide(results, rules);
    let statuses: Vec<String> = results
        .iter()
        .map(|result| format!("{} {}", result.level, result.status))
        .collect();
    assert_eq!(verdict.code(), expected, "{statuses:?} {rules:?}");
}

#[test]
fn the_exit_code_of_a_passed_case_and_a_second_case_follows_the_status_and_level_of_the_second() {
    let corpus = small_corpus();
    // Exit codes for a must, a should and an observe case: first if only must gates, then if should gates too.
    let table: [(Status, [u8; 3], [u8; 3]); 10] = [
        (Status::Pass, [0, 0, 0], [0, 0, 0]),
        (Status::Fail, [1, 0, 0], [1, 1, 0]),
        (Status::Known, [0, 0, 0], [0, 0, 0]),
        (Status::Unsupported, [0, 0, 0], [0, 0, 0]),
        (Status::Untestable, [3, 0, 0], [3, 3, 0]),
        (Status::Timeout, [1, 0, 0], [1, 1, 0]),
        (Status::Crash, [1, 0, 0], [1, 1, 0]),
        (Status::New, [0, 0, 0], [0, 0, 0]),
        (Status::Filtered, [3, 3, 3], [3, 3, 3]),
        (Status::Harness, [4, 4, 4], [4, 4, 4]),
    ];
    for (status, must, should) in table {
        for (level, expected) in [(Level::Must, must), (Level::Should, should)] {
            for (id, code) in [MUST, SHOULD, OBSERVE].into_iter().zip(expected) {
                let results = [
                    result(&corpus, OTHER, Status::Pass),
                    result(&corpus, id, status),
                ];
                exits(&results, rules(level), code);
            }
        }
    }
}

#[test]
fn a_single_case_conforms_only_if_it_gates_and_ran() {
    let corpus = small_corpus();
    let table: [(Status, [u8; 3], [u8; 3]); 10] = [
        (Status::Pass, [0, 3, 3], [0, 0, 3]),
        (Status::Fail, [1, 3, 3], [1, 1, 3]),
        (Status::Known, [0, 3, 3], [0, 0, 3]),
        (Status::Unsupported, [3, 3, 3], [3, 3, 3]),
        (Status::Untestable, [3, 3, 3], [3, 3, 3]),
        (Status::Timeout, [1, 3, 3], [1, 1, 3]),
        (Status::Crash, [1, 3, 3], [1, 1, 3]),
        (Status::New, [3, 3, 3], [3, 3, 3]),
        (Status::Filtered, [3, 3, 3], [3, 3, 3]),
        (Status::Harness, [4, 4, 4], [4, 4, 4]),
    ];
    for (status, must, should) in table {
        for (level, expected) in [(Level::Must, must), (Level::Should, should)] {
            for (id, code) in [MUST, SHOULD, OBSERVE].into_iter().zip(expected) {
                let mut rules = rules(level);
                exits(&[result(&corpus, id, status)], rules, code);
                // `partial_ok` does not make a run without a required case conforming.
                rules.partial_ok = true;
                exits(&[result(&corpus, id, status)], rules, code);
            }
        }
    }
    exits(&[], Rules::new(), 3);
}

#[test]
fn a_filtered_run_conforms_only_with_partial_ok() {
    let corpus = small_corpus();
    for (id, other, without, with) in [
        (MUST, Status::Pass, 3, 0),
        (SHOULD, Status::Pass, 3, 0),
        (OBSERVE, Status::Pass, 3, 0),
        (MUST, Status::Known, 3, 0),
        (MUST, Status::Fail, 1, 1),
        (MUST, Status::Crash, 1, 1),
        (MUST, Status::Untestable, 3, 3),
        (MUST, Status::Unsupported, 3, 3),
        (MUST, Status::New, 3, 3),
        (MUST, Status::Harness, 4, 4),
    ] {
        let results = [
            result(&corpus, OTHER, other),
            result(&corpus, id, Status::Filtered),
        ];
        let mut rules = Rules::new();
        exits(&results, rules, without);
        rules.partial_ok = true;
        exits(&results, rules, with);
    }
}

#[test]
fn an_undeclared_capability_of_the_profile_makes_the_run_incomplete() {
    let corpus = small_corpus();
    // The must case needs `build` and a scheme, the should case a scheme and `input-check`.
    for (profile, level, id, other, code) in [
        (None, Level::Must, MUST, Status::Pass, 0),
        (Some(Profile::Sign), Level::Must, MUST, Status::Pass, 0),
        (Some(Profile::Core), Level::Must, MUST, Status::Pass, 3),
        (Some(Profile::Async), Level::Must, MUST, Status::Pass, 3),
        (Some(Profile::Http), Level::Must, MUST, Status::Pass, 3),
        (Some(Profile::Full), Level::Must, MUST, Status::Pass, 3),
        (Some(Profile::Full), Level::Must, MUST, Status::Fail, 1),
        (Some(Profile::Full), Level::Must, MUST, Status::Harness, 4),
        (Some(Profile::Full), Level::Must, SHOULD, Status::Pass, 0),
        (Some(Profile::Full), Level::Should, SHOULD, Status::Pass, 3),
        (Some(Profile::Core), Level::Should, SHOULD, Status::Pass, 0),
        (Some(Profile::Full), Level::Should, OBSERVE, Status::Pass, 0),
    ] {
        let results = [
            result(&corpus, OTHER, other),
            result(&corpus, id, Status::Unsupported),
        ];
        let mut rules = rules(level);
        rules.profile = profile;
        exits(&results, rules, code);
        // `partial_ok` accepts filtered cases, not undeclared capabilities.
        rules.partial_ok = true;
        exits(&results, rules, code);
    }
}

#[test]
fn an_outcome_field_of_the_profile_that_is_not_returned_makes_the_run_incomplete() {
    let corpus = small_corpus();
    let case = corpus.case(OTHER).unwrap();
    for (check, profile, code) in [
        ("log_tail_b64", None, 0),
        ("log_tail_b64", Some(Profile::Sign), 0),
        ("log_tail_b64", Some(Profile::Core), 3),
        ("no-log_tail_b64", Some(Profile::Core), 3),
        ("duration_ms", Some(Profile::Core), 0),
        ("duration_ms", Some(Profile::Full), 3),
        // The stages of a signature are optional.
        ("string_to_sign", Some(Profile::Full), 0),
    ] {
        let shown = Check::equal_text("kind", "completed", Some("completed"));
        let checks = vec![shown, Check::unsupported(check)];
        let mut rules = Rules::new();
        rules.profile = profile;
        exits(&[CaseResult::judged(case, checks)], rules, code);
    }
}

#[test]
fn the_worse_of_two_statuses_decides_the_exit_code() {
    let corpus = small_corpus();
    for (one, other, code) in [
        (Status::Harness, Status::Fail, 4),
        (Status::Harness, Status::Untestable, 4),
        (Status::Harness, Status::Filtered, 4),
        (Status::Fail, Status::Untestable, 1),
        (Status::Crash, Status::Filtered, 1),
        (Status::Timeout, Status::Untestable, 1),
        (Status::Known, Status::Untestable, 3),
        (Status::Known, Status::Filtered, 3),
        (Status::Known, Status::Fail, 1),
        (Status::Known, Status::Unsupported, 0),
        (Status::Known, Status::New, 0),
        (Status::Unsupported, Status::New, 3),
    ] {
        let (one, other) = (result(&corpus, MUST, one), result(&corpus, OTHER, other));
        exits(&[one.clone(), other.clone()], Rules::new(), code);
        exits(&[other, one], Rules::new(), code);
    }
}
