//! Access keys and requests to sign of the catalogue of malformed inputs.
//!
//! The entries about whole calls and about the verification of signatures are tests of other packages.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "an unexpected error fails the test"
)]

mod credentials;
mod samples;
mod signer;

use std::process::ExitCode;

use fc_bad_inputs::{ACCEPT, run};

/// The memory of one entry is measured.
#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

fn main() -> ExitCode {
    // A nonce for each attempt, and the comparison of signatures.
    let elsewhere = ["sg-039", "sg-043", "sg-044"];
    run(
        |entry| {
            ["credentials", "signer"].contains(&entry.area()) && !elsewhere.contains(&entry.id())
        },
        |entry| match entry.area() {
            "credentials" => credentials::check(entry),
            _ => signer::check(entry),
        },
    )
}

/// `accept`, or the type of the error and the first word of its message.
fn found<T, E: ToString>(error_type: &str, result: Result<T, E>) -> String {
    match result {
        Ok(_) => ACCEPT.to_owned(),
        Err(error) => {
            let message = error.to_string();
            let slug = message.split(':').next().unwrap_or_default();
            assert!(!message.chars().any(char::is_control), "{message:?}");
            assert!(message.chars().count() < 450, "{message}");
            format!("{error_type}:{slug}")
        }
    }
}
