//! The requirements and cases, as far as their evidence is checked.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::programs;

pub(super) const MUST: &str = "must";

/// The requirements and the cases as they are written; variations are not expanded.
pub(super) struct Corpus {
    pub(super) requirements: Vec<Requirement>,
    pub(super) cases: Vec<Case>,
}

#[derive(Deserialize)]
pub(super) struct Requirement {
    pub(super) id: String,
    pub(super) level: String,
    pub(super) revisions: Vec<String>,
    pub(super) evidence: Vec<Evidence>,
}

#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) level: String,
    pub(super) requirements: Vec<String>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) op: String,
    pub(super) given: Value,
    pub(super) expect: Value,
}

#[derive(Deserialize)]
pub(super) struct Evidence {
    pub(super) kind: String,
    pub(super) source: String,
}

impl Evidence {
    /// Whether this kind carries a `must` without the agreement of SDKs.
    pub(super) fn carries_must(&self) -> bool {
        ["recorded", "manual", "standard", "security", "protocol"].contains(&self.kind.as_str())
    }
}

#[derive(Deserialize)]
struct Registry {
    requirements: Vec<Requirement>,
}

#[derive(Deserialize)]
struct Group {
    cases: Vec<Case>,
}

impl Corpus {
    pub(super) fn read() -> Result<Self, String> {
        let fixtures = programs::root().join("fixtures");
        let registry: Registry = json(&fixtures.join("requirements.json"))?;
        let mut cases = Vec::new();
        for folder in files(&fixtures.join("cases"))? {
            for file in files(&folder)? {
                cases.extend(json::<Group>(&file)?.cases);
            }
        }
        Ok(Self {
            requirements: registry.requirements,
            cases,
        })
    }

    /// The `must` cases of a requirement.
    pub(super) fn musts<'a>(&'a self, requirement: &'a str) -> impl Iterator<Item = &'a Case> {
        let tests = move |case: &&Case| case.requirements.iter().any(|id| id == requirement);
        let cases = self.cases.iter();
        cases.filter(|case| case.level == MUST).filter(tests)
    }
}

/// The entries of a folder, sorted.
fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

pub(super) fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| at(&error))?;
    serde_json::from_str(&text).map_err(|error| at(&error))
}
