//! Rule 1: a transport sends once.

use bytes::Bytes;
use fc_transport::TransportErrorKind::Interrupted;
use fc_transport::{ExchangeLimits, Transport as _};
use http::{HeaderValue, Request};

use crate::{HELLO, Origin, Reply, Subject, error_kind, post};

/// The request line, the headers and the payload arrive; only the headers that the subject declares are added.
pub async fn a_request_is_sent_as_it_was_given<S: Subject>() {
    let origin = Origin::replying(HELLO);
    let transport = S::transport(ExchangeLimits::default());
    let response = transport.send(post(origin.url())).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), "hello");
    let request = origin.next_request();
    assert!(request.text.starts_with("POST /f?secret=1 HTTP/1.1\r\n"));
    assert!(request.text.ends_with("\r\n\r\nthe end"));
    let authority = post(origin.url()).uri().authority().unwrap().to_string();
    let mut expected = vec!["content-length: 7".to_owned(), format!("host: {authority}")];
    expected.extend(S::ADDED_HEADERS.iter().map(|line| String::from(*line)));
    expected.sort_unstable();
    let mut headers: Vec<_> = request.head().skip(1).collect();
    headers.sort_unstable();
    assert_eq!(headers, expected);
}

/// An empty payload is sent with `Content-Length: 0`.
pub async fn an_empty_payload_has_a_content_length<S: Subject>() {
    let origin = Origin::replying(HELLO);
    let request = Request::post(origin.url()).body(Bytes::new()).unwrap();
    let transport = S::transport(ExchangeLimits::default());
    assert!(transport.send(request).await.is_ok());
    assert!(origin.next_request().has_line("content-length: 0"));
}

/// The transport writes `Host` unless the request has one.
pub async fn the_host_is_that_of_the_request_or_of_the_uri<S: Subject>() {
    let origin = Origin::start([Reply::new(HELLO), Reply::new(HELLO)]);
    let transport = S::transport(ExchangeLimits::default());
    let mut request = post(origin.url());
    transport.send(request.clone()).await.unwrap();
    let host_of_uri = format!("host: {}", request.uri().authority().unwrap());
    assert!(origin.next_request().has_line(&host_of_uri));
    let given = HeaderValue::from_static("fc.example.com");
    request.headers_mut().insert("host", given);
    transport.send(request).await.unwrap();
    let sent = origin.next_request();
    assert!(sent.has_line("host: fc.example.com") && !sent.has_line(&host_of_uri));
}

/// Two requests go over one connection.
pub async fn a_kept_connection_is_used_again<S: Subject>() {
    let origin = Origin::start([Reply::new(HELLO), Reply::new(HELLO)]);
    let transport = S::transport(ExchangeLimits::default());
    for _ in 0..2 {
        assert!(transport.send(post(origin.url())).await.is_ok());
        assert_eq!(origin.next_request().connection, 0);
    }
}

/// A connection that is lost after the request is an error, and the request is not sent again.
pub async fn a_lost_connection_is_not_followed_by_a_second_request<S: Subject>() {
    let origin = Origin::start([Reply::closing(""), Reply::new(HELLO)]);
    let kind = error_kind::<S>(&origin, ExchangeLimits::default()).await;
    assert_eq!(kind, Interrupted);
    assert_eq!(origin.next_request().connection, 0);
    assert_eq!(origin.pending_request(), None);
}
