//! Coverage: every `must` requirement has a negative case and a mutant, and times are valid.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::super::{Case, Corpus, Level, Stimulus};
use super::finding::Finding;

pub(super) fn lint(
    corpus: &Corpus,
    broken_by_mutants: &BTreeSet<&str>,
    findings: &mut Vec<Finding>,
) {
    let mut with_negative_case = BTreeSet::new();
    for case in corpus.each_case() {
        if case.valid_case.is_some() && case.level > Level::Observe {
            with_negative_case.extend(case.requirements.iter().map(String::as_str));
        }
        time_is_valid(case, findings);
    }
    for requirement in &corpus.requirements {
        let id = requirement.id.as_str();
        if requirement.level == Level::Must && !broken_by_mutants.contains(id) {
            let message = "no mutant breaks this must requirement";
            findings.push(Finding::new(id, "mutant", message));
        }
        if requirement.level == Level::Must && !with_negative_case.contains(id) {
            let message = "this must requirement has no negative case";
            findings.push(Finding::new(id, "negative-case", message));
        }
    }
}

/// Only a case that expects a refusal may have an invalid time.
fn time_is_valid(case: &Case, findings: &mut Vec<Finding>) {
    let time = match &case.stimulus {
        Stimulus::Sign { given, .. } => &given.time,
        Stimulus::Build { given, .. } => &given.time,
        Stimulus::Parse { .. }
        | Stimulus::Invoke { .. }
        | Stimulus::Trigger { .. }
        | Stimulus::Task { .. } => return,
    };
    let civil = time.strip_suffix('Z').map(str::parse::<DateTime>);
    if !case.stimulus.expects_refusal() && !matches!(civil, Some(Ok(_))) {
        findings.push(Finding::of_case(
            case,
            "time",
            "the time is invalid, but the case expects no refusal",
        ));
    }
}
