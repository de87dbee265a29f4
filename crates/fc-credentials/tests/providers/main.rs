//! The providers through their public API, with fake variables, files and responses.
#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

mod blocking;
mod chain;
mod environment;
mod failures;
mod fakes;
mod files;
mod metadata_versions;
mod refreshing;
mod secrets;
