//! The interface between an `InvokeFunction` client and an HTTP client.
//!
//! # In scope
//!
//! - [`Transport`] and [`BlockingTransport`]: send one request and return one complete response.
//! - [`StreamingTransport`] and [`BlockingStreamingTransport`]: the same with streamed bodies.
//! - [`TransportError`]: the reason that there is no complete response, whether the function may have run, and which
//!   [`TimeLimit`] was reached.
//! - [`DynTransport`]: the object-safe form. References and `Arc` of a transport are transports.
//!
//! # Out of scope
//!
//! Signing, retrying and parsing responses: a transport only sends and receives.
//!
//! # The contract of a transport
//!
//! 1. It sends once. It may use a second connection only if no byte of the request was sent on the first.
//! 2. It follows no redirect, keeps no cookie, decompresses nothing, and uses no proxy from the environment unless
//!    the caller's own HTTP client does.
//! 3. Any complete response is `Ok`, whatever its status. A truncated, reset or malformed response is an error: a
//!    partial body is never returned as a complete one.
//! 4. Trailers are dropped and never merged into the headers; interim responses are skipped.
//! 5. Contradictory framing is [`Protocol`](TransportErrorKind::Protocol), and the connection is not used again; see
//!    [`check_framing`].
//! 6. A body larger than [`ExchangeLimits::body`] is `Protocol`; it is refused before it is held in memory. A streamed body
//!    larger than [`ExchangeLimits::streamed_body`] ends with that error, after at most that many bytes.
//! 7. No error message contains a URL, a header or a body, because they may hold secrets.
//! 8. A blocking transport ends an exchange with `Timeout` when the [`TimeLeft`] of its request has passed, if its HTTP
//!    client can do that.
//! 9. Every error has a [`TransportErrorKind`]; when unsure, the kind for a request that may have been sent.
//!
//! The dev-only crate `fc-transport-contract` of the repository holds these rules as tests.
//!
//! ```
//! use bytes::Bytes;
//! use fc_transport::{BlockingTransport, TransportError};
//! use http::{Request, Response};
//!
//! /// A transport for tests that returns the payload.
//! struct Echo;
//!
//! impl BlockingTransport for Echo {
//!     fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
//!         Ok(Response::new(request.into_body()))
//!     }
//!
//!     fn sleep(&self, _: std::time::Duration) {}
//! }
//! ```
//!
//! `fc-invoke` and the adapters depend on this crate; it depends on none of them.

mod certificate;
mod dyn_transport;
mod error;
mod framing;
mod limits;
mod streaming;
mod time_left;
mod time_limit;
mod transport;

pub use certificate::untrusted_certificate;
pub use dyn_transport::DynTransport;
pub use error::{TransportError, TransportErrorKind};
pub use framing::check_framing;
pub use limits::ExchangeLimits;
pub use streaming::{BlockingStreamingTransport, StreamingTransport};
pub use time_left::{TimeLeft, within};
pub use time_limit::TimeLimit;
pub use transport::{BlockingTransport, Transport};
