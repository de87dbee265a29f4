//! What callers meet in the field, as tests of both clients over every transport.

#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

mod errors;
mod expired_tokens;
mod functions_of_2_0;
#[cfg(target_os = "linux")]
mod keepalive;
mod responses;
mod throttling;
mod transports;
mod unidentified;
