//! Retired ids: the id of a removed case is never used again.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::super::{Corpus, Files, SCHEMA, strict_json};
use super::finding::Finding;

const FILE: &str = "retired.json";

/// The file `retired.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Retired {
    schema: u32,
    /// Where the ids come from.
    source: String,
    /// The ids of removed cases, sorted.
    ids: Vec<String>,
}

/// A corpus without the file has no retired ids.
pub(super) fn lint(corpus: &Corpus, files: &Files, findings: &mut Vec<Finding>) {
    let mut find = |message: String| findings.push(Finding::new(FILE, "retired", message));
    let Some(text) = files.get(FILE) else {
        return;
    };
    let retired = match strict_json::from_slice::<Retired>(text) {
        Ok(retired) => retired,
        Err(error) => return find(format!("{}: {}", error.pointer, error.message)),
    };
    if retired.schema != SCHEMA || retired.source.is_empty() {
        find(format!("expected schema {SCHEMA} and a source"));
    }
    if !retired.ids.is_sorted_by(|one, other| one < other) {
        find("the ids are not sorted, or one is listed twice".to_owned());
    }
    let ids: BTreeSet<&str> = retired.ids.iter().map(String::as_str).collect();
    for case in corpus.each_case() {
        for id in std::iter::once(&case.id).chain(&case.aliases) {
            let base = id.split('@').next().unwrap_or(id);
            if ids.contains(base) || ids.contains(id.as_str()) {
                find(format!("the retired id {id} is used again"));
            }
        }
    }
}
