//! The tests of the operation: inputs, requests, retries, clients and streams.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::unnecessary_wraps,
    reason = "a test panics when it fails, and its server is a list of results"
)]

mod clients;
mod clock_skew;
mod deadlines;
mod endpoints;
mod failures;
mod malformed_inputs;
mod observers;
mod one_attempt;
mod requests;
mod retries;
mod samples;
mod scripted_clients;
mod sessions;
mod shared_clients;
mod signers;
mod streamed_deadlines;
mod streaming;
mod streaming_transports;
mod token_expiry;
mod trigger_streaming;
mod triggers;
