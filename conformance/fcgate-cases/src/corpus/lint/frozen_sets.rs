//! The frozen set of each revision: what a suite has promised stays, and what is new is named.

use std::collections::BTreeSet;

use fcgate_protocol::REVISIONS;
use fcgate_protocol::Suite;

use super::super::{Corpus, Files, FrozenSet, SCHEMA, canonical, strict_json};
use super::finding::Finding;

const FOLDER: &str = "sets/";

pub(super) fn lint(corpus: &Corpus, files: &Files, findings: &mut Vec<Finding>) {
    for (path, _) in files.below(FOLDER) {
        if !REVISIONS.iter().any(|revision| path == file(revision)) {
            findings.push(Finding::new(path, "set", "it is the set of no revision"));
        }
    }
    for revision in REVISIONS {
        let path = file(revision);
        let Some(text) = files.get(&path) else {
            findings.push(Finding::new(path, "set", "no such file"));
            continue;
        };
        match strict_json::from_slice::<FrozenSet>(text) {
            Ok(set) => {
                let mut find = |message: String| findings.push(Finding::new(&path, "set", message));
                of_revision(corpus, &set, revision, &mut find);
                if canonical::set_text(&set).ok().as_deref().map(str::as_bytes) != Some(text) {
                    findings.push(Finding::new(path, "format", "it is not canonical"));
                }
            }
            Err(error) => {
                let message = format!("{}: {}", error.pointer, error.message);
                findings.push(Finding::new(path, "set", message));
            }
        }
    }
}

fn file(revision: &str) -> String {
    format!("{FOLDER}{revision}.json")
}

fn of_revision(corpus: &Corpus, set: &FrozenSet, revision: &str, find: &mut impl FnMut(String)) {
    if set.revision != revision || set.schema != SCHEMA {
        find("revision or schema is another one".to_owned());
    }
    if !set
        .suites
        .is_sorted_by(|one, other| one.suite < other.suite)
    {
        find("the suites are not in their order".to_owned());
    }
    let mut promised = BTreeSet::new();
    for suite in &set.suites {
        if suite.suite > Suite::CURRENT {
            find(format!("there is no suite {} yet", suite.suite));
        }
        if !suite.requirements.is_sorted() {
            find(format!("the ids of {} are not sorted", suite.suite));
        }
        for id in &suite.requirements {
            if !promised.insert(id.as_str()) {
                find(format!("{id} came twice"));
            }
        }
    }
    let requirements = corpus.requirements.iter();
    let holds = requirements.filter(|one| one.revisions.iter().any(|name| name == revision));
    let holds: BTreeSet<&str> = holds.map(|one| one.id.as_str()).collect();
    for id in promised.difference(&holds) {
        find(format!("{id} was promised and holds no more"));
    }
    for id in holds.difference(&promised) {
        find(format!(
            "{id} is new and not in the set of {}",
            Suite::CURRENT
        ));
    }
}
