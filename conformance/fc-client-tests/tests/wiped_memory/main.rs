//! Secrets and tokens are wiped from memory when the last value that holds them is dropped, and when they are refused.
//!
//! Each test runs its scenario in a process of its own. The process then reads its own memory, also that which the
//! allocator has taken back, and searches for a marker. The marker is nowhere in the program: it is made from masked bytes.
//! A scenario that drops a plain `String` shows that the search finds what is not wiped.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[cfg(target_os = "linux")]
mod marker;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod scenarios;
#[cfg(target_os = "linux")]
mod trials;

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    trials::main()
}

/// Only Linux lets a process read its own memory as a file.
#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    ExitCode::SUCCESS
}
