//! The verdict over all cases: levels, filters, precedence.

use fc_conformance::verdict::{Rules, Verdict, decide};
use fcgate_cases::corpus::Level;
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_protocol::Reply;

use crate::doubles::{Double, claiming, results, results_of};

fn rules(level: Level, partial_ok: bool) -> Rules {
    let mut rules = Rules::new();
    rules.level = level;
    rules.partial_ok = partial_ok;
    rules
}

#[test]
fn a_failed_should_case_gates_only_with_the_level_should() {
    let accepts = |results: &mut Vec<CaseResult>| {
        for result in results
            .iter_mut()
            .filter(|result| result.level == Level::Should)
        {
            result.status = Status::Fail;
        }
    };
    let mut results = results(&Double::default());
    accepts(&mut results);
    assert_eq!(
        decide(&results, rules(Level::Must, false)),
        Verdict::Conforming
    );
    assert_eq!(
        decide(&results, rules(Level::Should, false)),
        Verdict::Nonconforming
    );
}

#[test]
fn an_observed_case_never_gates() {
    let double = Double {
        sign: Some(|input, mut output| {
            if input.headers.iter().any(|(_, value)| value.ends_with(' ')) {
                output.headers[0].1.push('x');
            }
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    let results = results(&double);
    let padded = results
        .iter()
        .find(|result| result.id == "sign.basic.padded")
        .unwrap();
    assert_eq!(padded.status, Status::Fail);
    assert_eq!(
        decide(&results, rules(Level::Should, false)),
        Verdict::Conforming
    );
}

#[test]
fn a_filtered_run_is_incomplete_without_partial_ok() {
    let results = results_of(&Double::default(), &|id| id.starts_with("sign."));
    assert_eq!(
        decide(&results, rules(Level::Must, false)),
        Verdict::Incomplete
    );
    assert_eq!(
        decide(&results, rules(Level::Must, true)),
        Verdict::Conforming
    );
}

#[test]
fn a_run_without_a_required_case_is_incomplete() {
    assert_eq!(decide(&[], Rules::new()), Verdict::Incomplete);
    assert_eq!(
        decide(&results(&claiming(&[])), Rules::new()),
        Verdict::Incomplete
    );
    let observed = results_of(&Double::default(), &|id| id == "sign.basic.padded");
    assert_eq!(
        decide(&observed, rules(Level::Must, true)),
        Verdict::Incomplete
    );
}

#[test]
fn an_untestable_required_case_makes_a_run_incomplete_and_a_failure_outweighs_it() {
    let mut results = results(&Double::default());
    results[0].status = Status::Untestable;
    assert_eq!(decide(&results, Rules::new()), Verdict::Incomplete);
    results[1].status = Status::Fail;
    assert_eq!(decide(&results, Rules::new()), Verdict::Nonconforming);
    results[2].status = Status::Harness;
    assert_eq!(decide(&results, Rules::new()), Verdict::Harness);
}
