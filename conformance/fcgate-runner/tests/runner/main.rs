//! The fake endpoint and its scripted answers.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod endpoint;
mod exchange;
mod judged;
mod small_corpus;
mod time_limits;
