//! Sends `InvokeFunction` requests with a `ureq` agent, blocking the thread.
//!
//! # In scope
//!
//! [`UreqTransport`]: a [`BlockingTransport`] and a [`BlockingStreamingTransport`] over your [`ureq::Agent`], and
//! [`config`] with the recommended settings.
//!
//! # Out of scope
//!
//! TLS, proxies and certificates: they are settings of your agent. This crate enables no feature of `ureq`. For
//! `https` endpoints, add `ureq` to your own manifest with a TLS feature, for example
//! `ureq = { version = "3.5", default-features = false, features = ["rustls"] }`. Do not enable `gzip`, `brotli`,
//! `charset` or `cookies`: they change bodies or requests and cannot be disabled for one agent.
//!
//! # Example
//!
//! ```
//! use std::time::Duration;
//!
//! use fc_transport::ExchangeLimits;
//! use fc_transport_ureq::{UreqTransport, config};
//!
//! let agent = config()
//!     .timeout_connect(Some(Duration::from_secs(3)))
//!     .build()
//!     .new_agent();
//! let limits = ExchangeLimits::default()
//!     .total(Duration::from_secs(600))
//!     .idle(Duration::from_secs(30));
//! let transport = UreqTransport::new(agent).limits(limits);
//! # let _ = transport;
//! ```
//!
//! # Differences of this backend
//!
//! - There is no TCP keepalive: ureq has no setting for it. A network device that forgets idle connections, such as a NAT
//!   gateway after 350 s, cuts a longer synchronous call without a sign. Set [`ExchangeLimits::total`], use an
//!   asynchronous invocation, or one of the other transports. Without that limit and without a deadline of the client such
//!   a call never ends.
//! - The addresses of a host are tried one after the other, and they share the connect timeout: of two, the first gets
//!   two thirds. With a dead IPv6 address before a good IPv4 one each new connection takes 3.3 s of the 5 s; the other
//!   transports try the next address after 0.3 s. Set a shorter `timeout_connect`, or `ip_family(IpFamily::Ipv4Only)`
//!   on the agent.
//! - [`ExchangeLimits::idle`] limits the time for the whole body, not the time between two reads. The read timeout of ureq
//!   would also end the wait for a function that runs long. Set no idle limit to read a long stream.
//! - A response with neither a length nor a chunked body is refused, because ureq takes a lost connection for the end
//!   of such a body.
//! - With [`ExchangeLimits::total`], ureq starts a thread for each request to resolve the host name. The connect timeout does
//!   not include the resolution; [`ExchangeLimits::total`] does.
//! - If the service answers before it has read the request and then closes the connection, the response is lost. The
//!   error is [`Interrupted`](fc_transport::TransportErrorKind::Interrupted).
//! - Only [`ExchangeLimits::total`] limits endless trailers.
//! - A response head may have 64 KiB and 128 headers; ureq has no setting for the number.
//! - A chunk size with a plus sign (`+5`) is read as the number. RFC 9112 does not allow it, and ureq has no setting
//!   against it.
//! - An agent that was not made with [`config`] adds a `User-Agent` and uses a proxy from the environment.
//!
//! [`BlockingTransport`]: fc_transport::BlockingTransport
//! [`BlockingStreamingTransport`]: fc_transport::BlockingStreamingTransport
//! [`ExchangeLimits::total`]: fc_transport::ExchangeLimits::total
//! [`ExchangeLimits::idle`]: fc_transport::ExchangeLimits::idle

mod body;
mod error;
mod payload;
mod time_limits;
mod transport;

pub use body::ResponseBody;
pub use transport::{UreqTransport, config};
