//! The requirements and cases, as far as the check of the evidence and the page of requirements read them.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::programs;

pub(crate) const MUST: &str = "must";

/// The requirements and the cases as they are written; variations are not expanded.
pub(crate) struct Corpus {
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) cases: Vec<Case>,
}

#[derive(Deserialize)]
pub(crate) struct Requirement {
    pub(crate) id: String,
    pub(crate) level: String,
    pub(crate) text: String,
    pub(crate) revisions: Vec<String>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) notes: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) level: String,
    pub(crate) requirements: Vec<String>,
    pub(crate) evidence: Vec<Evidence>,
    /// The axes of its variations.
    pub(crate) vary: Option<Value>,
    pub(crate) op: String,
    pub(crate) given: Value,
    pub(crate) expect: Value,
}

#[derive(Deserialize)]
pub(crate) struct Evidence {
    pub(crate) kind: String,
    pub(crate) source: String,
    /// How many of the SDKs that were compared agree.
    pub(crate) agree: Option<u32>,
    pub(crate) of: Option<u32>,
}

impl Evidence {
    /// Whether this kind carries a `must` without the agreement of SDKs.
    pub(crate) fn carries_must(&self) -> bool {
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
    pub(crate) fn read() -> Result<Self, String> {
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
    pub(crate) fn musts<'a>(&'a self, requirement: &'a str) -> impl Iterator<Item = &'a Case> {
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

pub(crate) fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| at(&error))?;
    serde_json::from_str(&text).map_err(|error| at(&error))
}
