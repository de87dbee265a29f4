//! Asynchronous tasks: recorded answers, the fields, and arbitrary bodies.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test panics when it fails"
)]

mod fields;
mod properties;
mod recorded;
