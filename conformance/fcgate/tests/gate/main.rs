//! The command line, its reports, `why` and `serve`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod binary;
mod command_line;
#[path = "../../../fc-conformance/tests/library/doubles.rs"]
mod doubles;
#[path = "../../../fcgate-runner/tests/runner/exchange.rs"]
mod exchange;
mod reports;
mod run;
mod serve;
#[path = "../skipped/mod.rs"]
mod skipped;
#[path = "../../../fcgate-runner/tests/runner/small_corpus.rs"]
mod small_corpus;
mod subjects;
mod why;
