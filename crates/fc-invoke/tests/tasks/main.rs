//! The operations on asynchronous tasks: requests, and what follows an attempt.

#![expect(
    clippy::unwrap_used,
    clippy::unnecessary_wraps,
    reason = "a test panics when it fails, and its server is a list of results"
)]

mod arbitrary_inputs;
mod attempts;
mod clients;
mod operations;
mod requests;
mod samples;
mod scripted_service;
mod waits;
