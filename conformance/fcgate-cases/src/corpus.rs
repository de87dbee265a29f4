//! The corpus: requirements and cases, read from JSON files and proven sound by a linter.

mod add;
mod answer;
mod answer_limits;
mod canonical;
mod case;
mod contents;
mod error;
mod evidence;
mod expectation;
mod export;
mod files;
mod formatting;
mod frozen_set;
mod id;
mod invoke_given;
mod lint;
mod load;
mod ordered_json;
mod raw_case;
mod requirement;
mod schema;
mod stimulus;
mod strict_json;
mod template;

pub use self::add::{Addition, add};
pub use self::answer::ELSEWHERE;
pub use self::answer::{Act, Answer, CannedAnswer, Repeated};
pub use self::canonical::{case_json, group_text, registry_text, set_text};
pub use self::case::{Case, Group, Level};
pub use self::contents::Corpus;
pub use self::error::{CorpusError, CorpusErrorKind};
pub use self::evidence::{Evidence, EvidenceKind};
pub use self::expectation::{
    BuildExpectation, ExpectedHeaders, InvokeExpectation, ParseExpectation, SignExpectation,
};
pub use self::files::Files;
pub use self::formatting::untidy;
pub use self::frozen_set::{FrozenSet, SuiteSet};
pub use self::invoke_given::InvokeGiven;
pub use self::lint::{Finding, lint, lint_cases, lint_release};
pub use self::requirement::{Registry, Requirement};
pub use self::schema::SCHEMA;
pub use self::stimulus::{Operation, Stimulus};
pub use self::template::Template;
