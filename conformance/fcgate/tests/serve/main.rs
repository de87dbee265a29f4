//! The endpoint alone: raw requests, recorded ones, and the built binary.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod broken_requests;
mod client;
mod findings;
mod log;
mod mistakes;
mod of_the_binary;
mod official_sdks;
mod recorded_requests;
mod refusals;
mod scenarios;
