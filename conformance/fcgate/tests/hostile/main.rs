//! Hostile adapters: each one breaks one rule, and the report of the gate must still be correct.
//!
//! This binary is both sides. `hostile adapter KIND MARKER FOLDER` is the adapter; without `adapter` it runs the
//! tests, each of which starts the built gate with this binary as the adapter. `hostile costs` runs every kind
//! alone, one after the other, and prints its time and memory. `hostile soak [RUNS]` makes many runs with an adapter
//! that dies now and then, and fails if descriptors, threads or memory grow.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod adapter;
mod catalogue;
mod costs;
mod descendant;
mod expectation;
mod gate;
mod kind;
mod kinds;
mod leftovers;
mod secrets;
mod soak;
mod timing;
mod trials;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("adapter") => adapter::main(&arguments[1..]),
        Some("costs") => costs::print(&arguments[1..]),
        Some("soak") => soak::soak(&arguments[1..]),
        _ => trials::run(),
    }
}
