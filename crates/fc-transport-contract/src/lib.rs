//! The contract of [`fc_transport`] as tests that every transport runs.
//!
//! # In scope
//!
//! [`contract_tests!`] makes one test from each function of [`suite`], for one [`Subject`]. [`Origin`] is the
//! loopback server that the tests send to: it answers with given bytes and keeps the requests.
//! [`Blocking`] lets a blocking transport run the same tests.
//!
//! # Out of scope
//!
//! The behaviour of one backend: its adapter tests that with the same [`Origin`]. Publishing: this crate is only a
//! dev-dependency of the adapters.
//!
//! # Example
//!
//! The file `tests/contract.rs` of an adapter:
//!
//! ```text
//! struct Mine;
//!
//! impl Subject for Mine {
//!     type Transport = MyTransport;
//!
//!     fn transport(limits: ExchangeLimits) -> MyTransport {
//!         MyTransport::new(limits)
//!     }
//! }
//!
//! contract_tests!(Mine);
//! ```

#![expect(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "every function is part of a test, and a test panics when it fails"
)]

mod blocking;
mod exchange;
mod origin;
mod subject;
pub mod suite;
mod tests_macro;

pub use blocking::{Blocking, ReaderBody};
pub use exchange::{assert_no_secret, error_kind, post};
pub use origin::{HELLO, Origin, Received, Reply};
pub use subject::{Subject, run};
