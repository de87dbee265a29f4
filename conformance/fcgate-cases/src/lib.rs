//! What the gate judges by: the corpus, the oracle that verifies signatures, and the judge.
//!
//! Nothing here imports the crates that are judged: the oracle is written from the specification alone.
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

mod claims;
pub mod corpus;
pub mod judge;
pub mod oracle;
mod profile;
pub mod recorded;
pub mod self_check;

pub use self::claims::Claims;
pub use self::profile::{Profile, ProfileError};
