//! Reading the registry and the case files.

use serde::Deserialize;

use fcgate_protocol::REVISIONS;

use crate::oracle::sha256_hex;

use super::prose;
use super::raw_case::{self, RawCase};
use super::strict_json::{self, StrictError};
use super::{
    Case, Corpus, CorpusError, CorpusErrorKind, Files, Group, Operation, Registry, Requirement,
    SCHEMA,
};

const REGISTRY: &str = "requirements.json";
const CASES: &str = "cases/";

/// A case file whose `given` and `expect` are not yet parsed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    schema: u32,
    group: String,
    summary: String,
    cases: Vec<RawCase>,
}

impl Corpus {
    /// Loads the corpus that is embedded in this crate.
    ///
    /// # Errors
    ///
    /// The first file that is invalid.
    pub fn embedded() -> Result<Self, CorpusError> {
        Self::load(&Files::embedded())
    }

    /// Loads a corpus from the registry and the case files in `files`.
    ///
    /// # Errors
    ///
    /// The first file that is missing or invalid.
    pub fn load(files: &Files) -> Result<Self, CorpusError> {
        let registry = files
            .get(REGISTRY)
            .ok_or_else(|| CorpusError::new(CorpusErrorKind::File, REGISTRY, "file not found"))?;
        let Registry {
            schema,
            requirements,
        } = strict_json::from_slice(registry).map_err(|error| at(REGISTRY, error))?;
        schema_is_known(REGISTRY, schema)?;
        for (index, requirement) in requirements.iter().enumerate() {
            prose::check_requirement(requirement).map_err(|mut wrong| {
                wrong.pointer = format!("/requirements/{index}{}", wrong.pointer);
                at(REGISTRY, wrong)
            })?;
        }
        let mut groups = files
            .below(CASES)
            .map(|(path, text)| group(path, text))
            .collect::<Result<Vec<_>, _>>()?;
        for case in groups.iter_mut().flat_map(|group| &mut group.cases) {
            case.parse_revisions = parse_revisions(case, &requirements);
        }
        Ok(Self {
            requirements,
            groups,
            sha256: digest(files),
        })
    }
}

/// Returns the revisions that all requirements of a `parse` case apply to; nothing if those are all revisions.
fn parse_revisions(case: &Case, requirements: &[Requirement]) -> Vec<String> {
    if case.stimulus.operation() != Operation::Parse {
        return Vec::new();
    }
    let tested = |requirement: &&Requirement| case.requirements.contains(&requirement.id);
    let tested: Vec<&Requirement> = requirements.iter().filter(tested).collect();
    let applies = |revision: &&str| {
        let mut all = tested.iter();
        all.all(|requirement| requirement.revisions.iter().any(|one| one == revision))
    };
    let found: Vec<&str> = REVISIONS.into_iter().filter(applies).collect();
    if found.len() == REVISIONS.len() {
        return Vec::new();
    }
    found.into_iter().map(str::to_owned).collect()
}

/// Reads one case file.
pub(super) fn group(file: &str, text: &[u8]) -> Result<Group, CorpusError> {
    let raw: RawGroup = strict_json::from_slice(text).map_err(|error| at(file, error))?;
    schema_is_known(file, raw.schema)?;
    prose::check("/group", &raw.group).map_err(|error| at(file, error))?;
    prose::check("/summary", &raw.summary).map_err(|error| at(file, error))?;
    let mut cases = Vec::with_capacity(raw.cases.len());
    for case in raw.cases {
        raw_case::read(file, case, &mut cases)?;
    }
    Ok(Group {
        file: file.to_owned(),
        name: raw.group,
        summary: raw.summary,
        cases,
    })
}

pub(super) fn at(file: &str, error: StrictError) -> CorpusError {
    CorpusError::new(error.kind, file, error.message).at(error.pointer)
}

fn schema_is_known(file: &str, schema: u32) -> Result<(), CorpusError> {
    if schema == SCHEMA {
        return Ok(());
    }
    let message = format!("unknown schema {schema}, expected {SCHEMA}");
    Err(CorpusError::new(CorpusErrorKind::Schema, file, message).at("/schema"))
}

/// The digest of path, length and text of the registry and every case file, sorted by path.
fn digest(files: &Files) -> String {
    let registry = files.get(REGISTRY).map(|text| (REGISTRY, text));
    let mut all = Vec::new();
    for (path, text) in files.below(CASES).chain(registry) {
        all.extend_from_slice(format!("{path}\n{}\n", text.len()).as_bytes());
        all.extend_from_slice(text);
    }
    sha256_hex(&all)
}
