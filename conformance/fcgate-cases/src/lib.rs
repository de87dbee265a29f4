//! The test cases of fcgate: the corpus, the oracle that verifies signatures, and the judge that compares replies.
//!
//! This package does not import the crates that it tests. The oracle is written from the specification.
//!
//! ```
//! use fcgate_cases::corpus::Files;
//! use fcgate_cases::startup_check::load_checked_corpus;
//!
//! let corpus = load_checked_corpus(&Files::embedded())?;
//! assert!(corpus.case("sign.fc-headers.empty-value").is_some());
//! # Ok::<(), fcgate_cases::startup_check::StartupCheckError>(())
//! ```
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

mod claims;
pub mod corpus;
pub mod judge;
pub mod oracle;
pub mod own_clock;
mod parts;
mod profile;
pub mod recorded_traffic;
pub mod startup_check;

pub use self::claims::Claims;
pub use self::profile::{Profile, ProfileError};
