//! The recommended settings of a client.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, redirect, retry};

/// The connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept. The service closes it after 90 s, according to a comment in its Go client.
const POOL_IDLE: Duration = Duration::from_secs(50);
/// The time without traffic before the first keepalive probe, and between two probes. A NAT gateway of a cloud forgets an
/// idle connection after about 350 s.
const KEEPALIVE: Duration = Duration::from_secs(15);
/// The number of probes without an answer after which the operating system gives up the connection.
const KEEPALIVE_RETRIES: u32 = 3;
/// The maximum number of headers in a response; the default of hyper is 100.
const MAX_HEADERS: usize = 256;

/// Makes a client builder with the recommended settings: HTTP/1.1, no redirects, no referer, no retries, no
/// decompression, no proxy from the environment, a connect timeout of 5 s, and TCP keepalive after 15 s without traffic,
/// with 3 probes 15 s apart. The caller adds TLS, a proxy or other limits.
pub fn client_builder() -> ClientBuilder {
    with_required_settings(Client::builder())
        .http1_only()
        .http1_max_headers(MAX_HEADERS)
        .no_proxy()
        .tcp_nodelay(true)
        .tcp_keepalive(KEEPALIVE)
        .tcp_keepalive_interval(KEEPALIVE)
        .tcp_keepalive_retries(KEEPALIVE_RETRIES)
        .pool_idle_timeout(POOL_IDLE)
        .connect_timeout(CONNECT_TIMEOUT)
}

/// Overrides the settings that would break the contract of a transport.
///
/// The defaults of `reqwest` depend on its features, and any crate in the build may enable them.
pub(crate) fn with_required_settings(builder: ClientBuilder) -> ClientBuilder {
    builder
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
}
