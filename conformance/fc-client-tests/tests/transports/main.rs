//! The contract of a transport: one suite on raw sockets, and every adapter runs all of it.
//!
//! The modules below `suite` are instantiated for each adapter by `hyper.rs`, `reqwest.rs` and
//! `ureq.rs`; a test never names its backend. The ids `hf-*` and `tp-*` are those of the catalogue of
//! malformed inputs.
//!
//! Not here: TLS (tp-015 old protocol versions, tp-018 expired certificate, tp-019 end without
//! `close_notify`), because the adapters bring no TLS of their own.
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

mod callers_clients;
mod origin_plays;
