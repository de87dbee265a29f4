//! The socket of the recommended connector has TCP keepalive.

#![cfg(target_os = "linux")]

use std::time::Duration;

use fc_transport_hyper::http_connector;
use socket2::SockRef;
use tower_service::Service as _;

/// Reads the options of a connected socket, which no setting of the system replaces.
#[tokio::test]
async fn a_connection_probes_after_15_seconds_and_is_given_up_after_3_probes() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    let connection = http_connector().call(uri.parse().unwrap()).await.unwrap();
    let socket = SockRef::from(connection.inner());
    assert!(socket.keepalive().unwrap());
    assert!(socket.tcp_nodelay().unwrap());
    assert_eq!(
        socket.tcp_keepalive_time().unwrap(),
        Duration::from_secs(15)
    );
    assert_eq!(
        socket.tcp_keepalive_interval().unwrap(),
        Duration::from_secs(15)
    );
    assert_eq!(socket.tcp_keepalive_retries().unwrap(), 3);
}
