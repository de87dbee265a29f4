//! Answers of a hostile server, of the catalogue of malformed inputs: each of the three transports has the expected
//! result.
//!
//! Each test plays its entry to the transports one after the other, over the raw origin.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

#[expect(
    dead_code,
    unused_imports,
    reason = "the tests of streams are in another target"
)]
#[path = "../transports/backends/mod.rs"]
mod backends;
#[path = "../transports/exchange.rs"]
mod exchange;
#[expect(dead_code, reason = "the tests without an id are in another target")]
#[path = "../transports/rows.rs"]
mod play_rows;

mod policy;
mod proxies;
mod reuse;
mod rows;
mod tls;

use std::process::ExitCode;

use fc_bad_inputs::run;

fn main() -> ExitCode {
    if let Some(origin) = proxies::origin_of_the_child() {
        proxies::call(&origin);
        return ExitCode::SUCCESS;
    }
    run(
        |entry| match entry.area() {
            "http-framing" | "transport-policy" => true,
            // A response that a transport refuses, and the one entry about the length of an empty payload.
            "response-headers" | "response-status" => entry.result().starts_with("TransportError"),
            _ => entry.id() == "rb-070",
        },
        |entry| match entry.area() {
            "transport-policy" if entry.has("tls") => tls::check(entry),
            "transport-policy" => policy::check(entry),
            "request-builder" => policy::empty_payload(entry),
            _ => match entry.id() {
                "hf-062" | "hf-063" | "hf-073" => reuse::check(entry),
                _ => rows::check(entry),
            },
        },
    )
}

/// Calls a generic function for every transport.
macro_rules! for_each_transport {
    ($function:ident($($argument:expr),*)) => {
        $function::<crate::backends::Hyper>($($argument),*);
        $function::<crate::backends::Reqwest>($($argument),*);
        $function::<crate::backends::Ureq>($($argument),*);
    };
}
use for_each_transport;
