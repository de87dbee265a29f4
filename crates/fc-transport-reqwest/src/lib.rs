//! Sends `InvokeFunction` requests with a `reqwest` client.
//!
//! # In scope
//!
//! [`ReqwestTransport`]: a [`Transport`] and a [`StreamingTransport`] over a [`reqwest::Client`] with your settings,
//! and [`client_builder()`] with the recommended settings. It runs on tokio with the timer enabled.
//!
//! # Out of scope
//!
//! TLS, proxies and certificates: they are settings of your client. This crate enables no feature of `reqwest`. For
//! `https` endpoints, add `reqwest` to your own manifest with a TLS feature, for example
//! `reqwest = { version = "0.13", default-features = false, features = ["rustls"] }`. The transport disables
//! decompression, whatever features other crates enable. Set no cookie store on the builder.
//!
//! The crate `fc-client` makes such a client with its features `reqwest` and `rustls`. HTTP/2 works if the settings allow
//! it: [`client_builder()`] chooses HTTP/1.1.
//!
//! # Example
//!
//! ```
//! use std::time::Duration;
//!
//! use fc_transport::ExchangeLimits;
//! use fc_transport_reqwest::{ReqwestTransport, client_builder};
//!
//! # fn main() -> Result<(), reqwest::Error> {
//! let settings = || client_builder().connect_timeout(Duration::from_secs(3));
//! let limits = ExchangeLimits::default()
//!     .total(Duration::from_secs(600))
//!     .idle(Duration::from_secs(30));
//! let transport = ReqwestTransport::new(settings)?.limits(limits);
//! # let _ = transport;
//! # Ok(())
//! # }
//! ```
//!
//! # Differences of this backend
//!
//! - [`client_builder()`] enables TCP keepalive: the first probe after 15 s without traffic, then every 15 s, and the
//!   connection is given up after 3 probes without an answer. These are also the defaults of reqwest.
//! - If the first address of a host does not answer, the next one is tried after 0.3 s.
//! - It sends `Accept: */*` with every request; this cannot be disabled.
//! - It rewrites some URIs (`/a/../b`, a quotation mark). A request whose path or query would change is refused,
//!   because the signature covers them.
//! - After a response that contradicts itself, the transport builds a new client, because `reqwest` cannot close a
//!   single connection.
//! - [`ExchangeLimits::idle`] applies to the body; only [`ExchangeLimits::total`] limits a slow head.
//! - An endless series of interim responses blocks the timers of a current-thread runtime. Use a multi-thread runtime
//!   with an endpoint that you do not trust.
//! - A response head may have about 400 KiB and 256 headers; the number is a setting of the builder.
//!
//! [`Transport`]: fc_transport::Transport
//! [`StreamingTransport`]: fc_transport::StreamingTransport
//! [`ExchangeLimits::total`]: fc_transport::ExchangeLimits::total
//! [`ExchangeLimits::idle`]: fc_transport::ExchangeLimits::idle

mod body;
mod client_builder;
mod clients;
mod error;
mod payload;
mod transport;

pub use body::ResponseBody;
pub use client_builder::client_builder;
pub use transport::ReqwestTransport;
