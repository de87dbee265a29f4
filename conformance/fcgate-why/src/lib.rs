//! Explains one captured request (`fcgate why`): its signature, and everything else that is wrong with it.
//!
//! The oracle checks the signature by the published rule. If the signature is wrong, the search of
//! `fcgate-mutants` signs the same request again: with every known mistake, with every known change between signing
//! and sending, then with guesses and pairs, until an attempt gives the captured signature. A match proves which
//! text was signed, because no signature matches by chance. The search has a budget.

mod api_path;
mod authorization;
mod captured;
mod cause;
mod checks;
mod clock;
mod date_form;
mod error_codes;
mod explain;
mod explanation;
mod findings;
mod json;
mod key_mix_up;
mod known_mistake;
mod problem;
mod read;
mod server_string_to_sign;
mod service_answer;
mod shown_difference;
mod signature_scheme;
mod signed_request;
mod text;
mod unexplainable;
mod verdict;

pub use self::captured::{Body, CapturedRequest, CapturedResponse, Exchange};
pub use self::cause::Cause;
pub use self::explain::explain;
pub use self::explanation::{Explanation, SearchCost, ServerString, SignatureStatus};
pub use self::known_mistake::KnownMistake;
pub use self::problem::{PROBLEMS, Problem};
pub use self::read::{Unreadable, read_exchange, read_response};
pub use self::service_answer::ServiceAnswer;
pub use self::signature_scheme::SignatureScheme;
pub use self::text::stage_lines;
pub use self::unexplainable::Unexplainable;
