//! Frozen sets: the requirements of earlier suites are kept, and new requirements are in the set of the current suite.

use std::collections::BTreeSet;

use fcgate_protocol::REVISIONS;
use fcgate_protocol::Suite;

use super::super::{Corpus, Files, FrozenSet, SCHEMA, canonical, strict_json};
use super::finding::Finding;

const FOLDER: &str = "sets/";

pub(super) fn lint(corpus: &Corpus, files: &Files, findings: &mut Vec<Finding>) {
    for (path, _) in files.below(FOLDER) {
        if !REVISIONS.iter().any(|revision| path == file(revision)) {
            findings.push(Finding::new(
                path,
                "set",
                "the file name is not a known revision",
            ));
        }
    }
    for revision in REVISIONS {
        let path = file(revision);
        let Some(text) = files.get(&path) else {
            findings.push(Finding::new(path, "set", "file not found"));
            continue;
        };
        match strict_json::from_slice::<FrozenSet>(text) {
            Ok(set) => {
                let mut find = |message: String| findings.push(Finding::new(&path, "set", message));
                of_revision(corpus, &set, revision, &mut find);
                if canonical::set_text(&set).ok().as_deref().map(str::as_bytes) != Some(text) {
                    findings.push(Finding::new(
                        path,
                        "format",
                        "not canonical; run `fcgate vector fmt`",
                    ));
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
        find(format!("expected revision {revision} and schema {SCHEMA}"));
    }
    if !set
        .suites
        .is_sorted_by(|one, other| one.suite < other.suite)
    {
        find("the suites are not sorted".to_owned());
    }
    let mut listed = BTreeSet::new();
    for suite in &set.suites {
        if suite.suite > Suite::CURRENT {
            find(format!(
                "suite {} is later than the current suite {}",
                suite.suite,
                Suite::CURRENT
            ));
        }
        if !suite.requirements.is_sorted() {
            find(format!("the ids of suite {} are not sorted", suite.suite));
        }
        for id in &suite.requirements {
            if !listed.insert(id.as_str()) {
                find(format!("{id} is listed twice"));
            }
        }
    }
    let requirements = corpus.requirements.iter();
    let current = requirements.filter(|one| one.revisions.iter().any(|name| name == revision));
    let current: BTreeSet<&str> = current.map(|one| one.id.as_str()).collect();
    for id in listed.difference(&current) {
        find(format!("{id} is in the set but not in the registry"));
    }
    for id in current.difference(&listed) {
        find(format!(
            "{id} is new; add it to suite {} of this set",
            Suite::CURRENT
        ));
    }
}
