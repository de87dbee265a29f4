//! Mutants: correct implementations with one mistake each. Real SDKs make most of these mistakes.
//!
//! Mutants prove that every check of the corpus can fail, and they name the mistake that causes a red
//! case or a wrong signature ([`search`]). They share no code with the crates under test: `signing`
//! holds a plain model of the published rules, and a mistake changes one piece of it.
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

mod catalog;
mod client;
pub mod foreign;
mod mistake;
mod mutant;
mod mutated_implementation;
pub mod search;
mod signing;

pub use self::catalog::{all, any_named, broken_requirements, captured_only, named};
pub use self::mutant::{Area, Mutant};
pub use self::mutated_implementation::Mutated;
pub use self::signing::rule::Rule;
pub use self::signing::sign_again::{SignedAgain, sign_again};
