//! The contract of a transport, and what only this backend does.
#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

use fc_transport::{ExchangeLimits, Transport as _, TransportErrorKind};
use fc_transport_contract::{HELLO, Origin, Reply, Subject, contract_tests, post};
use fc_transport_reqwest::{ReqwestTransport, client_builder};

struct Reqwest;

impl Subject for Reqwest {
    type Transport = ReqwestTransport;

    const ADDED_HEADERS: &'static [&'static str] = &["accept: */*"];

    fn transport(limits: ExchangeLimits) -> ReqwestTransport {
        ReqwestTransport::new(client_builder().build().unwrap()).limits(limits)
    }
}

contract_tests!(Reqwest);

#[tokio::test]
async fn a_redirect_that_the_client_followed_is_an_error() {
    let moved = "HTTP/1.1 307 Moved\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::start([Reply::new(moved), Reply::new(HELLO)]);
    let client = client_builder().redirect(reqwest::redirect::Policy::limited(3));
    let transport = ReqwestTransport::new(client.build().unwrap());
    let error = transport.send(post(origin.url())).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
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
