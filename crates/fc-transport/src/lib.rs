//! The seam between an `InvokeFunction` client and an HTTP client.
//!
//! # In scope
//!
//! [`Transport`] and [`BlockingTransport`]: one request in, one complete response out.
//! [`StreamingTransport`] and [`BlockingStreamingTransport`]: the same with bodies that arrive while
//! they are used. [`TransportError`]: why there is no complete response, and whether a byte may have
//! left.
//!
//! # Out of scope
//!
//! Signing, retrying, telling what a response means: a transport gets bytes to send and nothing else.
//!
//! # The contract of a transport
//!
//! 1. It sends once. A second connection is allowed only where provably no byte of the request has
//!    left on the first.
//! 2. It follows no redirect, keeps no cookie, decompresses nothing, and takes no proxy from the
//!    environment unless the caller's own client does.
//! 3. Any complete response is `Ok`, whatever its status. A cut, reset or malformed one is an error:
//!    a partial body is never handed out as a whole one.
//! 4. Trailers are thrown away and never merged into the headers; interim responses are skipped.
//! 5. Contradictory framing is [`Protocol`](TransportErrorKind::Protocol) and the connection dies; see
//!    [`check_framing`].
//! 6. A body beyond [`Limits::body`] is `Protocol`, found before it is held in memory.
//! 7. No URL, header or body stands in an error's text: they may hold secrets.
//! 8. Every error is one of [`TransportErrorKind`]; when in doubt, one after which a byte may have left.
//!
//! ```
//! use bytes::Bytes;
//! use fc_transport::{BlockingTransport, TransportError};
//! use http::{Request, Response};
//!
//! /// A transport that never fails, for a test.
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
//! The crate stands below `fc-invoke` and below the adapters, and depends on none of them.

mod error;
mod framing;
mod limits;
mod streaming;
mod transport;

pub use error::{TransportError, TransportErrorKind};
pub use framing::check_framing;
pub use limits::Limits;
pub use streaming::{BlockingStreamingTransport, StreamingTransport};
pub use transport::{BlockingTransport, Transport};
