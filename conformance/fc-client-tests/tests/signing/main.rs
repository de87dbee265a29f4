//! Requests that other HTTP clients send and `fc_client::signing` signs, verified by the oracle of the gate.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test panics when it fails"
)]

mod clients;
mod keys;
mod verifier;
