//! The conformance gate for clients of Function Compute's `InvokeFunction`.
//!
//! It judges an implementation, in this process or in another, by cases that are data: a stimulus,
//! the expected answer, and the evidence for it. The judge shares no code with the judged: the
//! oracle that verifies signatures is written from the specification alone.

pub mod cli;
mod clock;
pub mod config;
pub mod corpus;
pub mod diagnosis;
pub mod endpoint;
mod harness;
mod implementation;
pub mod judge;
pub mod known;
pub mod mutant;
mod nearest;
pub mod oracle;
pub mod origin;
mod parallel;
mod profile;
pub mod property;
pub mod protocol;
pub mod recorded;
mod reference;
pub mod report;
pub mod runner;
pub mod self_check;
pub mod selftest;
pub mod serve;
pub mod server;
mod suite;
mod toml_file;
pub mod verdict;
pub mod visible;
pub mod why;

/// The runner of the tests that [`Harness`] makes.
pub use libtest_mimic;

pub use self::harness::{Harness, HarnessError};
pub use self::implementation::Implementation;
pub use self::profile::{Profile, ProfileError};
pub use self::reference::Reference;
pub use self::suite::{Suite, SuiteError};
