//! Reading the registry and the case files.

use serde::Deserialize;

use crate::oracle::sha256_hex;

use super::raw_case::{self, RawCase};
use super::strict_json::{self, StrictError};
use super::{Corpus, CorpusError, CorpusErrorKind, Files, Group, Registry, SCHEMA};

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
        let groups = files
            .below(CASES)
            .map(|(path, text)| group(path, text))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            requirements,
            groups,
            sha256: digest(files),
        })
    }
}

/// Reads one case file.
pub(super) fn group(file: &str, text: &[u8]) -> Result<Group, CorpusError> {
    let raw: RawGroup = strict_json::from_slice(text).map_err(|error| at(file, error))?;
    schema_is_known(file, raw.schema)?;
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
