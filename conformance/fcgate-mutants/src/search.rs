//! The one search for mistakes: candidates, single mistakes, pairs, and the proof.
//!
//! Two jobs use it. `fcgate why` looks for the mistakes in a captured request ([`find_mistakes`]), and `fcgate serve`
//! explains a request that it refuses in the same way. The diagnosis of a run looks for the mutants that give the
//! same wrong answers as the subject ([`explain_red_cases()`]).

mod attempts;
mod body_spellings;
mod budget;
mod candidates;
mod captured_request;
mod clues;
mod combinations;
mod common_values;
mod explain_red_cases;
mod fit;
mod found_mistakes;
mod guesses;
mod mutant_runs;
mod operation_results;
mod original;
mod result_digest;
mod sent_signature;
mod signed_names;
mod signed_request;
mod subsets;
mod template;
mod transformations;
mod url_parts;
mod wrong_signature;

pub use self::body_spellings::spellings as body_spellings;
pub use self::captured_request::{find_mistakes, find_mistakes_in_names};
pub use self::clues::Clues;
pub use self::explain_red_cases::{Explained, explain_red_cases};
pub use self::found_mistakes::{Found, FoundMistake, SearchResult};
pub use self::mutant_runs::{Failures, MutantRuns};
pub use self::result_digest::Fingerprint;
pub use self::signed_names::variants as variants_of_signed_names;
pub use self::signed_request::SignedRequest;
pub use self::wrong_signature::{SignatureMistakes, mistakes_of_signature};
