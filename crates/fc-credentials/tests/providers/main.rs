//! Providers through their public API, with injected variables, files and answers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod blocking;
mod chain;
mod environment;
mod failures;
mod files;
mod refreshing;
mod secrets;
mod surroundings;
