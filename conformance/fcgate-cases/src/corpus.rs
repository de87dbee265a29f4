//! The corpus: requirements and cases, read from JSON files and proven sound by a linter.

mod answer;
mod canonical;
mod case;
mod embedded;
mod envelope;
mod error;
mod evidence;
mod expectation;
mod export;
mod id;
mod invoke_given;
mod lint;
mod load;
mod ordered;
mod playable;
mod raw_case;
mod requirement;
mod set;
mod stimulus;
mod strict;
mod template;
mod tidy;

pub use self::answer::ELSEWHERE;
pub use self::answer::{Act, Answer, CannedAnswer, Repeated};
pub use self::canonical::{case_json, group_text, registry_text, set_text};
pub use self::case::{Case, Group, Level};
pub use self::embedded::Files;
pub use self::envelope::{Addition, add};
pub use self::error::{CorpusError, CorpusErrorKind};
pub use self::evidence::{Evidence, EvidenceKind};
pub use self::expectation::{
    BuildExpectation, ExpectedHeaders, InvokeExpectation, ParseExpectation, SignExpectation,
};
pub use self::invoke_given::InvokeGiven;
pub use self::lint::{Finding, lint, lint_cases, lint_release};
pub use self::requirement::{Registry, Requirement};
pub use self::set::{FrozenSet, SuiteSet};
pub use self::stimulus::{Operation, Stimulus};
pub use self::template::Template;
pub use self::tidy::untidy;

/// The schema number of the case files and of the registry.
pub const SCHEMA: u32 = 1;

/// Requirements and cases, in the order of their ids.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// The registry.
    pub requirements: Vec<Requirement>,
    /// One group for each case file, sorted by file path.
    pub groups: Vec<Group>,
    /// The lower-case hex SHA-256 of the registry and the case files.
    pub sha256: String,
}

impl Corpus {
    /// The corpus that is embedded in this crate.
    ///
    /// # Errors
    ///
    /// The first file that cannot be read as what it should be.
    pub fn embedded() -> Result<Self, CorpusError> {
        Self::load(&Files::embedded())
    }

    /// Reads the registry and the case files among `files`.
    ///
    /// # Errors
    ///
    /// The first file that cannot be read as what it should be.
    pub fn load(files: &Files) -> Result<Self, CorpusError> {
        load::load(files)
    }

    /// Every case, sorted by id.
    pub fn cases(&self) -> Vec<&Case> {
        let mut cases: Vec<&Case> = self.groups.iter().flat_map(|group| &group.cases).collect();
        cases.sort_by(|one, other| one.id.cmp(&other.id));
        cases
    }

    /// The case that has this id, or had it before.
    pub fn case(&self, id: &str) -> Option<&Case> {
        self.groups
            .iter()
            .flat_map(|group| &group.cases)
            .find(|case| case.id == id || case.aliases.iter().any(|alias| alias == id))
    }

    /// The requirement with this id.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements
            .iter()
            .find(|requirement| requirement.id == id)
    }
}
