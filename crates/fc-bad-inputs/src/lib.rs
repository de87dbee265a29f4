//! The catalogue of malformed inputs, `fixtures/bad-inputs.json`, as tests: one for each entry, named by its id.
//!
//! A test target selects its entries with a closure over the catalogue, so that a new entry is a new test without a
//! change of the code. `cargo xtask evidence` compares the names of the tests with the ids of the catalogue.
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! use fc_bad_inputs::{ACCEPT, Entry, run};
//!
//! fn main() -> ExitCode {
//!     run(|entry| entry.area() == "endpoint", check)
//! }
//!
//! fn check(entry: &Entry) -> Result<(), String> {
//!     let found = match entry.text("endpoint").as_str() {
//!         "" => "InputError:empty",
//!         _ => ACCEPT,
//!     };
//!     entry.expect(found)
//! }
//! ```
#![expect(clippy::panic, reason = "a test may fail loudly")]

mod catalogue;
mod entry;
mod recipe;
mod trials;

pub use catalogue::entries;
pub use entry::{ACCEPT, Entry};
pub use recipe::bytes;
pub use trials::{run, trial, trials};
