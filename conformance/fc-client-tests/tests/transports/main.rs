//! The contract of a transport: one suite on raw sockets, which every adapter runs.
//!
//! `hyper.rs`, `reqwest.rs` and `ureq.rs` compile the modules of `suite` for their adapter; a test does not name its
//! backend. The ids `hf-*` and `tp-*` are those of the catalogue of malformed inputs.
//!
//! TLS is not tested here (tp-015 old protocol versions, tp-018 expired certificate, tp-019 end without
//! `close_notify`), because the adapters contain no TLS implementation.
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
mod rows;
mod ureq;

mod caller_configured_clients;
mod scripted_origin;
