//! The corpus as one JSON text, for test suites that do not use the runner.

use serde::Serialize;

use fcgate_protocol::Suite;

use super::canonical::CaseObject;
use super::{
    Corpus, CorpusError, CorpusErrorKind, Files, FrozenSet, Requirement, SCHEMA, strict_json,
};

#[derive(Serialize)]
struct Export<'a> {
    schema: u32,
    suite: Suite,
    corpus_sha256: &'a str,
    requirements: &'a [Requirement],
    sets: Vec<FrozenSet>,
    cases: Vec<CaseObject<'a>>,
}

impl Corpus {
    /// Returns the requirements, the frozen sets and every case as one JSON text.
    ///
    /// The schema is `schema/corpus.schema.json`. Templates are expanded, and the cases are sorted by id. `files` are
    /// the files of this corpus.
    ///
    /// # Errors
    ///
    /// When a frozen set is invalid, or the corpus cannot be serialized as JSON.
    pub fn export(&self, files: &Files) -> Result<String, CorpusError> {
        let sets = files.below("sets/").map(|(path, text)| {
            strict_json::from_slice(text).map_err(|error| super::load::at(path, error))
        });
        let export = Export {
            schema: SCHEMA,
            suite: Suite::CURRENT,
            corpus_sha256: &self.sha256,
            requirements: &self.requirements,
            sets: sets.collect::<Result<_, _>>()?,
            cases: self.cases().into_iter().map(CaseObject::of).collect(),
        };
        let text = serde_json::to_string_pretty(&export);
        let text = text.map_err(|error| {
            CorpusError::new(CorpusErrorKind::Json, "corpus.json", error.to_string())
        })?;
        Ok(text + "\n")
    }
}
