//! Rule 2: a transport follows no redirect, keeps no cookie and decompresses nothing.

use fc_transport::{ExchangeLimits, Transport as _};

use crate::{HELLO, Origin, Reply, Subject, post};

/// `abc` compressed by gzip.
const GZIP: &[u8] =
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\x4a\x06\x00\xc2\x41\x24\x35\x03\x00\x00\x00";

/// A redirect is the response, and the connection stays usable.
pub async fn a_redirect_is_returned_and_not_followed<S: Subject>() {
    let moved = "HTTP/1.1 307 Temporary Redirect\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::start([Reply::new(moved), Reply::new(HELLO)]);
    let transport = S::transport(ExchangeLimits::default());
    for status in [307, 200] {
        let response = transport.send(post(origin.url())).await.unwrap();
        assert_eq!(response.status(), status);
        let request = origin.next_request();
        assert_eq!(request.connection, 0);
        assert!(request.text.starts_with("POST /f?secret=1 "));
    }
}

/// The second request does not carry the cookie of the first response.
pub async fn a_cookie_is_not_sent_back<S: Subject>() {
    let cookie = "HTTP/1.1 200 OK\r\nset-cookie: id=1\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::start([Reply::new(cookie), Reply::new(HELLO)]);
    let transport = S::transport(ExchangeLimits::default());
    for _ in 0..2 {
        transport.send(post(origin.url())).await.unwrap();
        let request = origin.next_request();
        assert!(!request.head().any(|line| line.starts_with("cookie:")));
    }
}

/// The body is returned as it was sent, with its `Content-Encoding`.
pub async fn a_compressed_body_is_returned_unchanged<S: Subject>() {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        GZIP.len()
    );
    let origin = Origin::replying([head.as_bytes(), GZIP].concat());
    let transport = S::transport(ExchangeLimits::default());
    let response = transport.send(post(origin.url())).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(response.body(), GZIP);
}
