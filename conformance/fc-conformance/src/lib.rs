//! The conformance gate for clients of Function Compute's `InvokeFunction`.
//!
//! It judges an implementation, in this process or in another, by cases that are data: a stimulus,
//! the expected answer, and the evidence for it. The judge shares no code with the judged: the
//! oracle that verifies signatures is written from the specification alone.

pub mod diagnosis;
mod harness;
pub mod known;
pub mod property;
pub mod report;
pub mod selftest;
pub mod toml_file;
pub mod undeclared_capabilities;
pub mod verdict;

pub use fcgate_cases::corpus::Level;
pub use fcgate_cases::{Profile, ProfileError};
pub use fcgate_protocol as protocol;
pub use fcgate_protocol::{Implementation, Suite, SuiteError};
pub use fcgate_reference::Reference;

pub use self::harness::{Harness, HarnessError};
