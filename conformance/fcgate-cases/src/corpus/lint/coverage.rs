//! Coverage: every `must` has a case that shows it, one that shows what breaks it, a mutant, and no inferred value.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::super::{Case, Corpus, Evidence, Level, Stimulus};
use super::finding::Finding;

pub(super) fn lint(
    corpus: &Corpus,
    broken_by_mutants: &BTreeSet<&str>,
    findings: &mut Vec<Finding>,
) {
    let mut with_negative_case = BTreeSet::new();
    for case in corpus.cases() {
        if case.twin.is_some() && case.level > Level::Observe {
            with_negative_case.extend(case.requirements.iter().map(String::as_str));
        }
        inferred(case, findings);
        time_is_one(case, findings);
    }
    for requirement in &corpus.requirements {
        let id = requirement.id.as_str();
        if requirement.level == Level::Must && !broken_by_mutants.contains(id) {
            let message = "a must has a mutant that breaks it";
            findings.push(Finding::new(id, "mutant", message));
        }
        if requirement.level == Level::Must && !with_negative_case.contains(id) {
            let message = "a must has a case that differs from a valid one in one field";
            findings.push(Finding::new(id, "negative-case", message));
        }
    }
}

/// Inference may stand beside what carries the value, for what is not checked, and never alone.
fn inferred(case: &Case, findings: &mut Vec<Finding>) {
    if case.level == Level::Must && !case.evidence.iter().any(Evidence::carries_must) {
        let message =
            "its values are not recorded, not in the manual, and no two SDKs agree on them";
        findings.push(Finding::of_case(case, "inference", message));
    }
}

/// A time that cannot be read is the fault of a refusal, and of nothing else.
fn time_is_one(case: &Case, findings: &mut Vec<Finding>) {
    let time = match &case.stimulus {
        Stimulus::Sign { given, .. } => &given.time,
        Stimulus::Build { given, .. } => &given.time,
        Stimulus::Parse { .. } | Stimulus::Invoke { .. } => return,
    };
    let civil = time.strip_suffix('Z').map(str::parse::<DateTime>);
    if !case.stimulus.expects_refusal() && !matches!(civil, Some(Ok(_))) {
        findings.push(Finding::of_case(case, "time", "the time cannot be read"));
    }
}
