//! Sends `InvokeFunction` requests with a `reqwest` client.
//!
//! # In scope
//!
//! [`ReqwestTransport`]: a [`Transport`] and a [`StreamingTransport`] over a [`reqwest::Client`] of yours, and
//! [`client_builder`], the settings that such a client should begin with. Runs on tokio, with its timer enabled.
//!
//! # Out of scope
//!
//! TLS, proxies and certificates: they belong to the client, and so to you. This crate switches none of the
//! features of `reqwest` on; name `reqwest` in your own manifest with the TLS that you want, for example
//! `reqwest = { version = "0.13", default-features = false, features = ["rustls"] }`, and every `https` endpoint
//! works. Leave `gzip`, `brotli`, `deflate`, `zstd` and `cookies` off, or switch them off on the builder.
//!
//! # Example
//!
//! ```
//! use std::time::Duration;
//!
//! use fc_transport::Limits;
//! use fc_transport_reqwest::{ReqwestTransport, client_builder};
//!
//! # fn main() -> Result<(), reqwest::Error> {
//! let client = client_builder()
//!     .connect_timeout(Duration::from_secs(3))
//!     .build()?;
//! let limits = Limits::default()
//!     .total(Duration::from_secs(600))
//!     .idle(Duration::from_secs(30));
//! let transport = ReqwestTransport::new(client).limits(limits);
//! # let _ = transport;
//! # Ok(())
//! # }
//! ```
//!
//! # What is particular to this backend
//!
//! - It sends `Accept: */*` with every request, which cannot be switched off.
//! - It rewrites some URIs (`/a/../b`, a quotation mark). A request whose path or query would change is refused,
//!   because the signature covers them.
//! - The response of a client that follows redirects is refused when its URL is not the one of the request. By
//!   then the other host has the security token, and with status 307 and 308 the payload: use
//!   [`client_builder`].
//! - The connection of a response that was refused stays open, unused, until the client's pool lets it go:
//!   `reqwest` has no way to close it.
//! - [`Limits::idle`] begins with the body; a head that drips is bounded by [`Limits::total`] alone.
//! - An endless row of interim responses starves the timers of a current-thread runtime: use a multi-thread
//!   one towards an endpoint that is not trusted.
//! - A response head may have about 400 KiB and 100 headers.
//!
//! [`Transport`]: fc_transport::Transport
//! [`StreamingTransport`]: fc_transport::StreamingTransport
//! [`Limits::total`]: fc_transport::Limits::total
//! [`Limits::idle`]: fc_transport::Limits::idle

mod body;
mod error;
mod payload;
mod transport;

pub use body::ResponseBody;
pub use transport::{ReqwestTransport, client_builder};
