//! The one search for mistakes: candidates, single mistakes, pairs, and the proof.
//!
//! Three jobs use it. `fcgate why` looks for the mistakes in a captured request
//! ([`find_mistakes`]). `fcgate serve` looks for the mistake in a request that it refuses
//! ([`RefusedRequest::find_mistake`]). The diagnosis of a run looks for the mutants that give the same wrong
//! answers as the subject ([`explain_red_cases()`]).

mod candidates;
mod captured_request;
mod combinations;
mod explain_red_cases;
mod fit;
mod found_mistakes;
mod guesses;
mod mutant_runs;
mod operation_results;
mod refused_request;
mod result_digest;
mod signed_names;
mod signed_request;

pub use self::captured_request::{find_mistakes, find_mistakes_in_names};
pub use self::explain_red_cases::{Explained, explain_red_cases};
pub use self::found_mistakes::Found;
pub use self::mutant_runs::{Failures, MutantRuns};
pub use self::refused_request::{KnownMistake, RefusedRequest};
pub use self::result_digest::Fingerprint;
pub use self::signed_names::variants as variants_of_signed_names;
pub use self::signed_request::SignedRequest;
