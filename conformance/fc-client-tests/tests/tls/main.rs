//! The ready clients over TLS: which certificates they trust, and what they report for the others.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test panics when it fails"
)]

mod certificate;
mod clients;
mod http2;
mod own_certificates;
mod server;
mod system_certificates;
