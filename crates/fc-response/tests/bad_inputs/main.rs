//! Responses of the catalogue of malformed inputs: each has the expected outcome and is kept unchanged.
//!
//! The entries that a transport refuses are tests of another package.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "an unexpected error fails the test"
)]

mod error_body;
mod header;
mod response;
mod status;

use std::process::ExitCode;

use fc_bad_inputs::run;

fn main() -> ExitCode {
    run(
        |entry| {
            ["response-headers", "response-status", "error-body"].contains(&entry.area())
                && !entry.result().starts_with("TransportError")
        },
        |entry| match entry.area() {
            "error-body" => error_body::check(entry),
            "response-status" => status::check(entry),
            _ => header::check(entry),
        },
    )
}
