//! Tests a client of Function Compute's `InvokeFunction` with the conformance cases of `fcgate`.
//!
//! A Rust SDK takes this crate as a dev-dependency and adds one test target, `tests/conformance.rs`; each case is
//! a test of `cargo test`. Add `[[test]]` with `name = "conformance"` and `harness = false` to `Cargo.toml`.
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! use fc_conformance::protocol::{Hello, Reply, SignInput, SignOutput};
//! use fc_conformance::{Harness, Implementation, Profile};
//!
//! struct MySdk;
//!
//! impl Implementation for MySdk {
//!     fn hello(&self) -> Hello {
//!         Hello::new("my-sdk", "0.3.1", "rust").claim("sign.fc")
//!     }
//!
//!     fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
//!         // Call your SDK here.
//!         Reply::unsupported("sign")
//!     }
//! }
//!
//! fn main() -> ExitCode {
//!     Harness::new(&MySdk)
//!         .known("fcgate-known.toml")
//!         .profile(Profile::Sign)
//!         .main()
//! }
//! ```
//!
//! [`conformance!`] writes this `main` with the defaults.
//!
//! Re-exported: [`protocol`], the messages and the trait [`Implementation`]; [`Profile`] and [`Level`], which
//! select the required cases; [`Suite`], the version of the cases; [`Reference`], the built-in implementation.
//! The other modules hold what `fcgate` builds its commands from.

pub mod diagnosis;
mod harness;
pub mod known;
pub mod property;
pub mod repetition;
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
