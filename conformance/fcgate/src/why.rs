//! Explains the signature of one captured request (`fcgate why`).
//!
//! The oracle checks the signature by the published rule. If the signature is wrong, the search of
//! `fcgate-mutants` signs the same request again: with every known mistake, then with guesses at values that were
//! lost before the request was sent, then with every pair of mistakes, until one attempt gives the captured
//! signature. A match is proof, because no signature matches by chance.

mod acs_v1;
mod authorization;
mod captured;
mod cause;
mod clock;
mod explain;
mod explanation;
mod json;
mod read;
mod server_string_to_sign;
mod signature_scheme;
mod signed_request;
mod text;
mod unexplainable;

pub use self::captured::{Body, CapturedRequest, CapturedResponse, Exchange};
pub use self::cause::Cause;
pub use self::explain::explain;
pub use self::explanation::{Explanation, ServerString, SignatureStatus};
pub use self::read::{Unreadable, read_exchange, read_response};
pub use self::signature_scheme::SignatureScheme;
pub(crate) use self::text::stage_lines;
pub use self::unexplainable::Unexplainable;
