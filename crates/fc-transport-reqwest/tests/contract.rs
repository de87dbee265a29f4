//! The contract of a transport, and what only this backend does.
#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

use fc_transport::{ExchangeLimits, Transport as _, TransportErrorKind};
use fc_transport_contract::{HELLO, Origin, Reply, Subject, contract_tests, post};
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use reqwest::Client;

struct Reqwest;

impl Subject for Reqwest {
    type Transport = ReqwestTransport;

    const ADDED_HEADERS: &'static [&'static str] = &["accept: */*"];
    const MAX_HEADERS: usize = 256;

    fn transport(limits: ExchangeLimits) -> ReqwestTransport {
        ReqwestTransport::new(client_builder)
            .unwrap()
            .limits(limits)
    }
}

contract_tests!(Reqwest);

#[tokio::test]
async fn a_client_with_default_settings_keeps_the_contract() {
    let moved = "HTTP/1.1 307 Moved\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::start([Reply::new(moved), Reply::new(HELLO)]);
    let transport = ReqwestTransport::new(|| Client::builder().no_proxy()).unwrap();
    for status in [307, 200] {
        let response = transport.send(post(origin.url())).await.unwrap();
        assert_eq!(response.status(), status);
        let request = origin.next_request();
        assert_eq!(request.connection, 0);
        // The feature `gzip` of reqwest is enabled in this test.
        assert!(!request.text.contains("accept-encoding"), "{request:?}");
        assert!(!request.text.contains("referer"), "{request:?}");
    }
}

#[tokio::test]
async fn after_refused_responses_no_user_name_is_sent_and_the_old_connections_are_closed() {
    let both =
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n";
    let origin = Origin::start([Reply::new(both), Reply::new(both), Reply::new(HELLO)]);
    let proxy = reqwest::Proxy::http(origin.url()).unwrap();
    let settings = move || client_builder().proxy(proxy.clone());
    let transport = ReqwestTransport::new(settings).unwrap();
    for _ in 0..2 {
        let refused = transport.send(post("http://fc.example.com/f")).await;
        assert_eq!(refused.unwrap_err().kind(), TransportErrorKind::Protocol);
    }
    let response = transport.send(post("http://fc.example.com/f")).await;
    assert_eq!(response.unwrap().body(), "hello");
    for connection in 0..3 {
        let request = origin.next_request();
        let line = "POST http://fc.example.com/f HTTP/1.1\r\n";
        assert!(request.text.starts_with(line), "{request:?}");
        assert_eq!(request.connection, connection);
    }
    let mut closed = [origin.next_closed(), origin.next_closed()];
    closed.sort_unstable();
    assert_eq!(closed, [0, 1]);
}

#[tokio::test]
async fn a_uri_that_the_client_would_rewrite_is_refused() {
    for path in ["/a/../b", "/a%2e/%2E%2e/b", "/a?b='"] {
        let url = format!("http://127.0.0.1:1{path}");
        let transport = Reqwest::transport(ExchangeLimits::default());
        let error = transport.send(post(&url)).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Request, "{path}");
    }
}
