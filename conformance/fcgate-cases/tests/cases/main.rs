//! The corpus, the oracle and the judge.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod corpus;
mod judge;
mod oracle;
mod small_files;
