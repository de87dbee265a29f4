//! Evidence: every requirement and every case has evidence, and a `must` has evidence of a sufficient kind.

use std::collections::BTreeSet;

use super::super::{Case, Corpus, Evidence, EvidenceKind, Level, Requirement};
use super::finding::Finding;

const NOT_ENOUGH: &str = "a must is recorded, in the manual or a standard, a security rule, or agreed on by two SDKs; the \
     adapter protocol is enough for a case that needs a capability which only the protocol defines";

pub(super) fn lint(corpus: &Corpus, findings: &mut Vec<Finding>) {
    let mut with_case = BTreeSet::new();
    let mut with_positive_case = BTreeSet::new();
    let ids: BTreeSet<&str> = corpus.each_case().map(|case| case.id.as_str()).collect();
    for case in corpus.each_case() {
        if case.evidence.is_empty() {
            findings.push(Finding::of_case(
                case,
                "evidence",
                "the case has no evidence",
            ));
        }
        if case.level == Level::Must && !case.evidence_carries_must() {
            findings.push(Finding::of_case(case, "evidence", NOT_ENOUGH));
        }
        for evidence in case
            .evidence
            .iter()
            .filter(|evidence| !counts_fit(evidence))
        {
            findings.push(Finding::of_case(
                case,
                "evidence",
                format!("the counts are invalid: {evidence}"),
            ));
        }
        let highest = case
            .requirements
            .iter()
            .filter_map(|id| corpus.requirement(id));
        if highest
            .map(|requirement| requirement.level)
            .max()
            .is_some_and(|max| max < case.level)
        {
            findings.push(Finding::of_case(
                case,
                "level",
                "the level of the case is above the level of its requirements",
            ));
        }
        with_case.extend(case.requirements.iter().map(String::as_str));
        // The valid case of a negative case counts as the positive case for the same requirements.
        if case.valid_case.as_deref().is_none_or(|id| ids.contains(id)) {
            with_positive_case.extend(case.requirements.iter().map(String::as_str));
        }
    }
    for requirement in &corpus.requirements {
        let id = requirement.id.as_str();
        if !with_case.contains(id) {
            findings.push(Finding::new(id, "orphan", "no case tests this requirement"));
        }
        for evidence in requirement
            .evidence
            .iter()
            .filter(|evidence| !counts_fit(evidence))
        {
            findings.push(Finding::new(
                id,
                "evidence",
                format!("the counts are invalid: {evidence}"),
            ));
        }
        if requirement.level != Level::Must {
            continue;
        }
        if !with_positive_case.contains(id) {
            findings.push(Finding::new(
                id,
                "positive-case",
                "this must requirement has no positive case",
            ));
        }
        let by_the_protocol = requirement_of_the_protocol(corpus, requirement);
        if !by_the_protocol && !requirement.evidence.iter().any(Evidence::carries_must) {
            findings.push(Finding::new(id, "evidence", NOT_ENOUGH));
        }
    }
}

/// Whether only the adapter protocol defines the requirement: each `must` case needs a capability that it defines.
fn requirement_of_the_protocol(corpus: &Corpus, requirement: &Requirement) -> bool {
    let tests =
        |case: &&Case| case.level == Level::Must && case.requirements.contains(&requirement.id);
    let is_cited = requirement
        .evidence
        .iter()
        .any(|one| one.kind == EvidenceKind::Protocol);
    is_cited
        && corpus
            .each_case()
            .filter(tests)
            .all(Case::needs_capability_of_the_protocol)
}

/// Whether both counts are present for SDK agreement and absent for other evidence.
fn counts_fit(evidence: &Evidence) -> bool {
    match (evidence.kind, evidence.agree, evidence.of) {
        (EvidenceKind::SdkAgreement, Some(agree), Some(of)) => agree <= of,
        (EvidenceKind::SdkAgreement, ..) => false,
        (_, agree, of) => agree.is_none() && of.is_none(),
    }
}
