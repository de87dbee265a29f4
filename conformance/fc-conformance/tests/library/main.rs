//! The library: verdicts, known failures, properties, the self-test and the test harness.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod doubles;
#[path = "../../../fcgate-runner/tests/runner/exchange.rs"]
mod exchange;
mod harness;
mod known;
mod properties;
mod selftest;
#[path = "../../../fcgate-runner/tests/runner/small_corpus.rs"]
mod small_corpus;
mod verdict;
