//! Sends `InvokeFunction` requests with the pooled client of `hyper-util`.
//!
//! # In scope
//!
//! [`HyperTransport`]: a [`Transport`] and a [`StreamingTransport`] over your connector, or over a
//! [`Client`](hyper_util::client::legacy::Client) of yours; the feature `tower` makes it a
//! `tower_service::Service` too. Runs on tokio, with its timer enabled.
//!
//! # Out of scope
//!
//! Redirects, cookies, proxies and decompression: the client below has none of them. TLS: it comes with
//! the connector, for example that of `hyper-rustls`:
//!
//! ```text
//! let tls = hyper_rustls::HttpsConnectorBuilder::new()
//!     .with_webpki_roots()
//!     .https_only()
//!     .enable_http1()
//!     .wrap_connector(http); // the connector of the example below, after http.enforce_http(false)
//! ```
//!
//! # Example
//!
//! ```
//! use std::time::Duration;
//!
//! use fc_transport::Limits;
//! use fc_transport_hyper::HyperTransport;
//! use hyper_util::client::legacy::{Client, connect::HttpConnector};
//! use hyper_util::rt::{TokioExecutor, TokioTimer};
//!
//! let mut http = HttpConnector::new();
//! http.set_connect_timeout(Some(Duration::from_secs(3)));
//! http.set_nodelay(true);
//! let client = Client::builder(TokioExecutor::new())
//!     .pool_timer(TokioTimer::new())
//!     .pool_idle_timeout(Duration::from_secs(50))
//!     .retry_canceled_requests(false)
//!     .build(http);
//! let limits = Limits::default()
//!     .total(Duration::from_secs(600))
//!     .idle(Duration::from_secs(30));
//! let transport = HyperTransport::new(client).limits(limits);
//! # let _ = transport;
//! ```
//!
//! # What is particular to this backend
//!
//! - A connection on which a response contradicted itself is closed at once over a connector of yours
//!   ([`HyperTransport::over`]). Over a client of yours it is only not used again, which costs a little for every request.
//! - The connector's time limit does not cover the resolution of a name; [`Limits::total`] does.
//! - [`Limits::idle`] begins with the body; a head that drips is bounded by [`Limits::total`] alone.
//! - An endless row of interim responses starves the timers of a current-thread runtime: use a multi-thread
//!   one towards an endpoint that is not trusted.
//! - A response head may have about 400 KiB and 100 headers.
//! - With `retry_canceled_requests(true)` the client repeats a request that an idle connection took and did
//!   not begin to send before it was lost. That is within the contract, and one surprise more.
//!
//! [`Transport`]: fc_transport::Transport
//! [`StreamingTransport`]: fc_transport::StreamingTransport
//! [`Limits::total`]: fc_transport::Limits::total
//! [`Limits::idle`]: fc_transport::Limits::idle

mod body;
mod connection;
mod connector;
mod error;
mod payload;
#[cfg(feature = "tower")]
mod tower;
mod transport;

pub use body::ResponseBody;
pub use payload::{Payload, PayloadError};
pub use transport::HyperTransport;
