//! Sends `InvokeFunction` requests with a `ureq` agent, blocking the thread.
//!
//! # In scope
//!
//! [`UreqTransport`]: a [`BlockingTransport`] and a [`BlockingStreamingTransport`] over a [`ureq::Agent`] of yours, and
//! [`config`], the settings that such an agent should begin with.
//!
//! # Out of scope
//!
//! TLS, proxies and certificates: they belong to the agent, and so to you. This crate switches none of the
//! features of `ureq` on; name `ureq` in your own manifest with the TLS that you want, for example
//! `ureq = { version = "3.5", default-features = false, features = ["rustls"] }`, and every `https` endpoint works.
//! Leave `gzip`, `brotli`, `charset` and `cookies` off: they change bodies or requests and cannot be switched
//! off for one agent.
//!
//! # Example
//!
//! ```
//! use std::time::Duration;
//!
//! use fc_transport::Limits;
//! use fc_transport_ureq::{UreqTransport, config};
//!
//! let agent = config()
//!     .timeout_connect(Some(Duration::from_secs(3)))
//!     .build()
//!     .new_agent();
//! let limits = Limits::default()
//!     .total(Duration::from_secs(600))
//!     .idle(Duration::from_secs(30));
//! let transport = UreqTransport::new(agent).limits(limits);
//! # let _ = transport;
//! ```
//!
//! # What is particular to this backend
//!
//! - [`Limits::idle`] bounds the whole body, from the head to the end, and not the time between two reads: ureq's
//!   own limit for a read would also end the wait for a function that runs long. Set none to read a long stream.
//! - A response that says neither its length nor that it comes in chunks is refused: ureq takes a lost connection
//!   for its end.
//! - With [`Limits::total`], ureq resolves names on a thread of its own, one for each request. The connector's time
//!   limit does not cover the resolution of a name; [`Limits::total`] does.
//! - A response that comes before the request was read, on a connection that is then closed, is lost: the
//!   error is [`Interrupted`](fc_transport::TransportErrorKind::Interrupted).
//! - Trailers without an end are bounded by [`Limits::total`] alone.
//! - A response head may have 64 KiB and 128 headers.
//! - An agent that was not made from [`config`] adds a `User-Agent`, and takes a proxy from the environment.
//!
//! [`BlockingTransport`]: fc_transport::BlockingTransport
//! [`BlockingStreamingTransport`]: fc_transport::BlockingStreamingTransport
//! [`Limits::total`]: fc_transport::Limits::total
//! [`Limits::idle`]: fc_transport::Limits::idle

mod body;
mod error;
mod payload;
mod transport;

pub use body::ResponseBody;
pub use transport::{UreqTransport, config};
