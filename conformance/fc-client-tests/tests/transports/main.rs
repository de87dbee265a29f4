//! The contract of a transport: one suite on raw sockets, which every adapter runs.
//!
//! `hyper.rs`, `reqwest.rs` and `ureq.rs` compile the modules of `suite` for their adapter; a test does not name its
//! backend. The
//! answers of `fixtures/bad-inputs.json` are tests of the target `bad_inputs`.
//!
//! TLS is not tested here, because the adapters contain no TLS implementation.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]
#![expect(
    clippy::duplicate_mod,
    reason = "the suite is written once and compiled for each adapter"
)]

mod backends;
mod child;
mod exchange;
mod hyper;
mod matrix;
mod reqwest;
#[expect(dead_code, reason = "the target `bad_inputs` uses the rest")]
mod rows;
mod ureq;

mod caller_configured_clients;
mod scripted_origin;
