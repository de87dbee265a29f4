//! Sends `InvokeFunction` requests with the pooled client of `hyper-util`.
//!
//! # In scope
//!
//! [`HyperTransport`]: a [`Transport`] and a [`StreamingTransport`] over your connector or your
//! [`Client`](hyper_util::client::legacy::Client), and [`http_connector()`] with the recommended settings. With the feature `tower` it is also a `tower_service::Service`.
//! It runs on tokio with the timer enabled.
//!
//! # Out of scope
//!
//! Redirects, cookies, proxies and decompression: the client has none of them. TLS: the connector provides it, for
//! example the one of `hyper-rustls`:
//!
//! ```no_run
//! // hyper-rustls = { version = "0.27", default-features = false, features = ["http1", "native-tokio", "ring", "tls12"] }
//! // rustls = { version = "0.23", default-features = false, features = ["ring"] }
//! use fc_transport_hyper::{HyperTransport, http_connector};
//! use hyper_rustls::HttpsConnectorBuilder;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut http = http_connector();
//! http.enforce_http(false);
//! let https = HttpsConnectorBuilder::new()
//!     .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?
//!     .https_only()
//!     .enable_http1()
//!     .wrap_connector(http);
//! let transport = HyperTransport::with_connector(https);
//! # let _ = transport;
//! # Ok(())
//! # }
//! ```
//!
//! The crate `fc-client` makes such a client with its features `hyper` and `rustls`. HTTP/2 works over a client of yours
//! that speaks it.
//!
//! # Example
//!
//! ```
//! use std::time::Duration;
//!
//! use fc_transport::ExchangeLimits;
//! use fc_transport_hyper::{HyperTransport, http_connector};
//! use hyper_util::client::legacy::Client;
//! use hyper_util::rt::{TokioExecutor, TokioTimer};
//!
//! let mut http = http_connector();
//! http.set_connect_timeout(Some(Duration::from_secs(3)));
//! let client = Client::builder(TokioExecutor::new())
//!     .pool_timer(TokioTimer::new())
//!     .pool_idle_timeout(Duration::from_secs(50))
//!     .retry_canceled_requests(false)
//!     .build(http);
//! let limits = ExchangeLimits::default()
//!     .total(Duration::from_secs(600))
//!     .idle(Duration::from_secs(30));
//! let transport = HyperTransport::new(client).limits(limits);
//! # let _ = transport;
//! ```
//!
//! # Differences of this backend
//!
//! - [`http_connector()`] enables TCP keepalive: the first probe after 15 s without traffic, then every 15 s, and the
//!   connection is given up after 3 probes without an answer. A connector of your own has it only if you set it.
//! - If the first address of a host does not answer, the next one is tried after 0.3 s.
//! - With your connector ([`HyperTransport::with_connector`]) the connection of a response that contradicts itself is
//!   closed immediately. With your client it is only not used again, at a small cost for every request.
//! - The connect timeout does not include the resolution of the host name; [`ExchangeLimits::total`] does.
//! - [`ExchangeLimits::idle`] applies to the body; only [`ExchangeLimits::total`] limits a slow head.
//! - An endless series of interim responses blocks the timers of a current-thread runtime. Use a multi-thread runtime
//!   with an endpoint that you do not trust.
//! - A response head may have about 400 KiB and 256 headers; with your client 100 headers, unless you set
//!   `http1_max_headers`.
//! - With `retry_canceled_requests(true)` the client retries a request if an idle connection was lost before any byte
//!   of it was sent. The contract allows that, but it may surprise you.
//!
//! [`Transport`]: fc_transport::Transport
//! [`StreamingTransport`]: fc_transport::StreamingTransport
//! [`ExchangeLimits::total`]: fc_transport::ExchangeLimits::total
//! [`ExchangeLimits::idle`]: fc_transport::ExchangeLimits::idle

#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod connection;
mod connector;
mod error;
mod http_connector;
mod payload;
#[cfg(feature = "tower")]
mod tower;
mod transport;

pub use body::ResponseBody;
pub use http_connector::http_connector;
pub use payload::{Payload, PayloadError};
pub use transport::HyperTransport;
