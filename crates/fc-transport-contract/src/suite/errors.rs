//! Rules 7 and 8: every error has a kind, and none shows a URL.

use std::net::TcpListener;

use fc_transport::TransportErrorKind::{Connect, Protocol, Request};
use fc_transport::{ExchangeLimits, Transport as _};

use crate::{Origin, Subject, assert_no_secret, error_kind, post};

/// A refused connection and an unknown host name are errors before a byte is sent.
pub async fn a_connection_that_cannot_be_made_is_connect<S: Subject>() {
    for url in [unused_url().as_str(), "http://nowhere.invalid/"] {
        let transport = S::transport(ExchangeLimits::default());
        let error = transport.send(post(url)).await.unwrap_err();
        assert_no_secret(&error);
        assert_eq!(error.kind(), Connect, "{url}");
    }
}

/// A relative URI and another scheme than HTTP are refused.
pub async fn a_uri_that_cannot_be_used_is_refused_before_anything_is_sent<S: Subject>() {
    for url in ["/relative", "ftp://127.0.0.1/"] {
        let transport = S::transport(ExchangeLimits::default());
        let error = transport.send(post(url)).await.unwrap_err();
        assert_no_secret(&error);
        assert_eq!(error.kind(), Request, "{url}");
    }
}

/// Without TLS, the message says what to enable. Another package of the build may have enabled it.
pub async fn an_https_uri_without_tls_is_refused_with_a_message_that_says_so<S: Subject>() {
    let url = unused_url().replace("http:", "https:");
    let transport = S::transport(ExchangeLimits::default());
    let error = transport.send(post(&url)).await.unwrap_err();
    assert_no_secret(&error);
    if error.kind() != Connect {
        assert_eq!(error.kind(), Request);
        let text = error.to_string();
        assert!(text.starts_with("request: https needs TLS: "), "{text}");
    }
}

/// A status line, a length or a chunk size that is malformed is an error.
pub async fn a_response_that_is_not_http_is_protocol<S: Subject>() {
    let status_line = "ICY 200 OK\r\n\r\n";
    let length = "HTTP/1.1 200 OK\r\ncontent-length: 5x\r\n\r\nhello";
    let chunk_size = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n";
    for malformed in [status_line, length, chunk_size] {
        let origin = Origin::replying(malformed);
        let kind = error_kind::<S>(&origin, ExchangeLimits::default()).await;
        assert_eq!(kind, Protocol, "{malformed}");
    }
}

/// The URL of a port on which no server listens.
fn unused_url() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}/", listener.local_addr().unwrap())
}
