//! Hostile adapters: each one breaks a rule of its own, and the gate has to tell the truth all the same.
//!
//! This binary is both sides. `hostile act KIND MARKER FOLDER` is the adapter; without `act` it runs the
//! tests, each of which starts the built gate on itself. `hostile table` runs every kind alone, one after
//! the other, and prints what it cost.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod actor;
mod descendant;
mod expectation;
mod gate;
mod kind;
mod kinds;
mod leftovers;
mod pace;
mod secrets;
mod table;
mod trials;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("act") => actor::main(&arguments[1..]),
        Some("table") => table::print(&arguments[1..]),
        _ => trials::run(),
    }
}
