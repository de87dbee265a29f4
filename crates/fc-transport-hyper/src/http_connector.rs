//! The recommended settings of the connector for TCP.

use std::time::Duration;

use hyper_util::client::legacy::connect::HttpConnector;

/// The connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The time without traffic before the first keepalive probe, and between two probes. A NAT gateway of a cloud forgets an
/// idle connection after about 350 s.
const KEEPALIVE: Duration = Duration::from_secs(15);
/// The number of probes without an answer after which the operating system gives up the connection.
const KEEPALIVE_RETRIES: u32 = 3;

/// Makes a connector with the recommended settings: a connect timeout of 5 s, no delay of small packets, and TCP
/// keepalive after 15 s without traffic, with 3 probes 15 s apart.
///
/// A synchronous call sends nothing while the function runs. Keepalive makes that a network device between client and
/// service keeps the connection, and that the call ends after a minute with
/// [`Timeout`](fc_transport::TransportErrorKind::Timeout) if the other side is gone. `HttpConnector::new` has none of
/// these settings.
///
/// ```
/// use std::time::Duration;
///
/// use fc_transport_hyper::{HyperTransport, http_connector};
///
/// let mut connector = http_connector();
/// connector.set_connect_timeout(Some(Duration::from_secs(3)));
/// let transport = HyperTransport::with_connector(connector);
/// # let _ = transport;
/// ```
pub fn http_connector() -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
    connector.set_nodelay(true);
    connector.set_keepalive(Some(KEEPALIVE));
    connector.set_keepalive_interval(Some(KEEPALIVE));
    connector.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
    connector
}
