//! Ids: they are unique, match their grammar, and refer to existing requirements and capabilities.

use std::collections::BTreeSet;

use fcgate_protocol::{REVISIONS, capability};

use super::super::{Case, Corpus, Group, Stimulus, id};
use super::finding::Finding;

pub(super) fn lint(corpus: &Corpus, findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for requirement in &corpus.requirements {
        if !seen.insert(requirement.id.as_str()) {
            findings.push(Finding::new(
                &requirement.id,
                "unique-id",
                "the id is used twice",
            ));
        }
        let revisions = requirement.revisions.iter();
        for unknown in revisions.filter(|name| !REVISIONS.contains(&name.as_str())) {
            findings.push(Finding::new(
                &requirement.id,
                "revision",
                format!("unknown revision {unknown:?}"),
            ));
        }
    }
    for group in &corpus.groups {
        group_matches_file(group, findings);
        for case in &group.cases {
            for id in std::iter::once(&case.id).chain(&case.aliases) {
                if !seen.insert(id.as_str()) {
                    let message = format!("{id} is used twice");
                    findings.push(Finding::of_case(case, "unique-id", message));
                }
            }
            id_fits(case, group, findings);
            references_exist(case, corpus, findings);
            revision_fits(case, corpus, findings);
        }
    }
}

fn group_matches_file(group: &Group, findings: &mut Vec<Finding>) {
    let place = group
        .file
        .strip_prefix("cases/")
        .and_then(|file| file.strip_suffix(".json"));
    let (area, name) = place
        .and_then(|place| place.split_once('/'))
        .unwrap_or_default();
    if group.name != format!("{area}.{name}") && group.name != name {
        findings.push(Finding::new(
            &group.file,
            "group-place",
            format!("group {:?} belongs in another file", group.name),
        ));
    }
    for case in group
        .cases
        .iter()
        .filter(|case| case.stimulus.operation().name() != area)
    {
        findings.push(Finding::of_case(
            case,
            "group-place",
            "the operation does not match the folder of the file",
        ));
    }
}

fn id_fits(case: &Case, group: &Group, findings: &mut Vec<Finding>) {
    if !id::is_case(&case.id) || !case.aliases.iter().all(|alias| id::is_case(alias)) {
        findings.push(Finding::of_case(
            case,
            "id-grammar",
            "expected segments of [a-z0-9-]+ joined by dots",
        ));
    }
    let rest = case
        .id
        .strip_prefix(&group.name)
        .and_then(|rest| rest.strip_prefix('.'));
    if rest.is_none_or(str::is_empty) {
        findings.push(Finding::of_case(
            case,
            "id-group",
            "expected an id that starts with its group and a dot",
        ));
    }
}

fn references_exist(case: &Case, corpus: &Corpus, findings: &mut Vec<Finding>) {
    if case.requirements.is_empty() {
        findings.push(Finding::of_case(
            case,
            "requirement",
            "the case has no requirement",
        ));
    }
    for id in &case.requirements {
        if corpus.requirement(id).is_none() {
            findings.push(Finding::of_case(
                case,
                "requirement",
                format!("requirement {id} does not exist"),
            ));
        }
    }
    for name in case
        .needs
        .iter()
        .filter(|name| !capability::ALL.contains(&name.as_str()))
    {
        findings.push(Finding::of_case(
            case,
            "capability",
            format!("unknown capability {name:?}"),
        ));
    }
    if case.needs.is_empty() {
        findings.push(Finding::of_case(
            case,
            "capability",
            "the case needs no capability, expected at least the one of its operation",
        ));
    }
}

fn revision_fits(case: &Case, corpus: &Corpus, findings: &mut Vec<Finding>) {
    let given = match &case.stimulus {
        Stimulus::Build { given, .. } => Some(given.revision.as_str()),
        Stimulus::Invoke { given, .. } => Some(given.revision.as_str()),
        Stimulus::Task { given, .. } => Some(given.revision.as_str()),
        Stimulus::Sign { .. } | Stimulus::Parse { .. } | Stimulus::Trigger { .. } => None,
    };
    if case.revision.as_deref() != given {
        findings.push(Finding::of_case(
            case,
            "revision",
            "the revision of the case is not the revision of its input",
        ));
    }
    let of_a_requirement = case
        .requirements
        .iter()
        .filter_map(|id| corpus.requirement(id));
    let common = |revision: &str| {
        let mut all = of_a_requirement.clone();
        all.all(|requirement| requirement.revisions.iter().any(|one| one == revision))
    };
    if given.is_none() && !REVISIONS.into_iter().any(common) {
        findings.push(Finding::of_case(
            case,
            "revision",
            "the requirements of the case have no revision in common",
        ));
    }
    if given.is_some_and(|revision| !REVISIONS.contains(&revision)) {
        findings.push(Finding::of_case(case, "revision", "unknown revision"));
    }
}
