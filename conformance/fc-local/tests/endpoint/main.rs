//! The local endpoint as the tests of an application use it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test panics when it fails"
)]

mod assertions;
mod asynchronous_calls;
mod control;
mod hostile_control_requests;
mod support;
