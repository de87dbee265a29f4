//! The corpus: requirements and cases in JSON files, with the linter that checks them.

mod add;
mod answer;
mod answer_limits;
mod canonical;
mod case;
mod corpus_data;
mod embedded;
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
mod prose;
mod raw_case;
mod requirement;
mod schema;
mod stimulus;
mod strict_json;
mod task_given;
mod template;
mod trigger_given;

pub use self::add::{Addition, add};
pub use self::answer::{Act, Answer, CannedAnswer, OTHER_AUTHORITY, OTHER_LISTENER, Repeated};
pub use self::canonical::{case_json, group_text};
pub use self::case::{Case, Group, Level};
pub use self::corpus_data::Corpus;
pub use self::error::{CorpusError, CorpusErrorKind};
pub use self::evidence::{Evidence, EvidenceKind};
pub use self::expectation::{
    BuildExpectation, ExpectedHeaders, ExpectedResponse, InvokeExpectation, ParseExpectation,
    SignExpectation, TaskExpectation, TriggerExpectation,
};
pub use self::files::Files;
pub use self::formatting::unformatted;
pub use self::invoke_given::InvokeGiven;
pub use self::lint::{Finding, lint, lint_release};
pub use self::requirement::Requirement;
pub use self::stimulus::{Operation, Stimulus};
pub use self::task_given::TaskGiven;
pub use self::template::Template;
pub use self::trigger_given::TriggerGiven;

pub(crate) use self::lint::lint_cases;

use self::frozen_set::FrozenSet;
use self::requirement::Registry;
use self::schema::SCHEMA;
