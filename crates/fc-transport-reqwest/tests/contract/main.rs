//! What the transport does with the answers of a raw server.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod origin;

use std::error::Error;
use std::net::TcpListener;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::TransportErrorKind::{Connect, Interrupted, Protocol, Timeout};
use fc_transport::{Limits, StreamingTransport, Transport, TransportError, TransportErrorKind};
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use origin::{Answers, Origin};

const HELLO: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

fn transport() -> ReqwestTransport {
    ReqwestTransport::new(client_builder().build().unwrap())
}

fn post(url: &str) -> Request<Bytes> {
    Request::post(url)
        .body(Bytes::from_static(b"the end"))
        .unwrap()
}

async fn sent(origin: &Origin, limits: Limits) -> Result<Response<Bytes>, TransportError> {
    let transport = transport().limits(limits);
    transport.send(post(&origin.url)).await
}

async fn kind_of(answers: Answers<'_>, limits: Limits) -> TransportErrorKind {
    let error = sent(&Origin::new(answers), limits).await.unwrap_err();
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(error) = cause {
        let text = format!("{error} {error:?}");
        assert!(
            !text.contains("secret") && !text.contains("http:"),
            "{text}"
        );
        cause = error.source();
    }
    error.kind()
}

#[tokio::test]
async fn a_response_arrives_whole_and_the_request_with_an_accept_added() {
    let origin = Origin::new(&[(HELLO, false)]);
    let response = sent(&origin, Limits::default()).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), "hello");
    let (_, request) = origin.request();
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<_> = head.lines().collect();
    lines[1..].sort_unstable();
    assert_eq!(lines[0], "POST /f?secret=1 HTTP/1.1");
    assert_eq!(lines[1], "accept: */*");
    assert_eq!(lines[2], "content-length: 7");
    assert!(lines[3].starts_with("host: 127.0.0.1:"));
    assert_eq!(lines.len(), 4);
}

#[tokio::test]
async fn an_empty_payload_has_a_length_too() {
    let origin = Origin::new(&[(HELLO, false)]);
    let request = Request::post(&origin.url).body(Bytes::new()).unwrap();
    assert!(transport().send(request).await.is_ok());
    assert!(origin.request().1.contains("content-length: 0\r\n"));
}

#[tokio::test]
async fn a_refused_connection_and_a_name_that_is_not_there_are_certain() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    for url in [url.as_str(), "http://nowhere.invalid/"] {
        let error = transport().send(post(url)).await.unwrap_err();
        assert_eq!(error.kind(), Connect);
    }
}

#[tokio::test]
async fn a_uri_that_cannot_be_used_is_told_before_anything_is_sent() {
    for url in ["/relative", "ftp://127.0.0.1/", "https://127.0.0.1:1/"] {
        let error = transport().send(post(url)).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Request, "{url}");
    }
}

#[tokio::test]
async fn a_cut_response_is_an_interruption() {
    let head = "HTTP/1.1 200 OK\r\ncontent-le";
    let body = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe";
    let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n";
    for answer in ["", head, body, chunk] {
        assert_eq!(
            kind_of(&[(answer, true)], Limits::default()).await,
            Interrupted
        );
    }
}

#[tokio::test]
async fn what_is_not_http_is_a_fault_of_the_protocol() {
    let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n";
    let icy = "ICY 200 OK

";
    let length = "HTTP/1.1 200 OK
content-length: 5x

hello";
    for answer in [icy, length, chunk] {
        assert_eq!(
            kind_of(&[(answer, false)], Limits::default()).await,
            Protocol
        );
    }
}

#[tokio::test]
async fn a_response_with_two_lengths_is_refused_and_its_connection_not_used_again() {
    let both = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n";
    for body in ["5\r\nhello\r\n0\r\n\r\n", "0\r\n\r\n", "5\r\nhel"] {
        let answer = format!("{both}{body}");
        let origin = Origin::new(&[(&answer, false), (HELLO, false)]);
        let transport = transport();
        let refused = transport.send(post(&origin.url)).await.unwrap_err();
        assert_eq!(refused.kind(), Protocol);
        assert!(transport.send(post(&origin.url)).await.is_ok());
        assert_eq!((origin.request().0, origin.request().0), (0, 1));
    }
}

#[tokio::test]
async fn a_redirect_and_any_status_are_responses() {
    let moved =
        "HTTP/1.1 307 Gone on\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let failed = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::new(&[(moved, false), (failed, false)]);
    let transport = transport();
    for status in [307, 503] {
        let response = transport.send(post(&origin.url)).await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(origin.request().0, 0);
    }
}

#[tokio::test]
async fn a_client_that_followed_a_redirect_is_found_out() {
    let moved = "HTTP/1.1 307 Moved\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::new(&[(moved, false), (HELLO, false)]);
    let client = client_builder().redirect(reqwest::redirect::Policy::limited(3));
    let transport = ReqwestTransport::new(client.build().unwrap());
    let error = transport.send(post(&origin.url)).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
}

#[tokio::test]
async fn a_uri_that_the_client_would_rewrite_is_refused() {
    for path in ["/a/../b", "/a%2e/%2E%2e/b", "/a?b='"] {
        let url = format!("http://127.0.0.1:1{path}");
        let error = transport().send(post(&url)).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Request, "{path}");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_and_one_at_the_limit_is_not() {
    let chunks =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    for answer in [HELLO, chunks] {
        let answers: Answers<'_> = &[(answer, false)];
        assert_eq!(kind_of(answers, Limits::default().body(4)).await, Protocol);
        let origin = Origin::new(answers);
        let response = sent(&origin, Limits::default().body(5)).await.unwrap();
        assert_eq!(response.body(), "hello");
    }
}

#[tokio::test]
async fn the_limits_of_time_hold_before_and_in_the_body() {
    let some = Duration::from_millis(50);
    let cut: Answers<'_> = &[("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe", false)];
    assert_eq!(
        kind_of(&[("", false)], Limits::default().total(some)).await,
        Timeout
    );
    assert_eq!(kind_of(cut, Limits::default().total(some)).await, Timeout);
    assert_eq!(kind_of(cut, Limits::default().idle(some)).await, Timeout);
}

/// A body that says to have a length and has these pieces.
struct Pieces(u64, Vec<&'static str>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if self.1.is_empty() {
            return std::task::Poll::Ready(None);
        }
        let piece = Bytes::from(self.1.remove(0));
        std::task::Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0)
    }
}

async fn streamed(
    origin: &Origin,
    limits: Limits,
    body: Pieces,
) -> Result<Vec<u8>, TransportError> {
    let request = Request::post(&origin.url).body(body).unwrap();
    let response = transport().limits(limits).stream(request).await?;
    let mut body = response.into_body();
    let mut all = Vec::new();
    loop {
        let next =
            std::future::poll_fn(|context| std::pin::Pin::new(&mut body).poll_frame(context));
        let Some(frame) = next.await else {
            return Ok(all);
        };
        all.extend_from_slice(&frame?.into_data().unwrap());
    }
}

#[tokio::test]
async fn streams_go_both_ways() {
    let origin = Origin::new(&[(HELLO, false)]);
    let body = Pieces(7, vec!["the ", "end"]);
    let read = streamed(&origin, Limits::default().body(1), body).await;
    assert_eq!(read.unwrap(), b"hello");
    assert!(origin.request().1.contains("content-length: 7\r\n"));
}

#[tokio::test]
async fn a_stream_that_is_not_as_long_as_it_said_is_never_sent_whole() {
    for pieces in [vec!["the e"], vec!["the end", "!"], vec!["the end!"]] {
        let origin = Origin::new(&[(HELLO, false)]);
        let read = streamed(&origin, Limits::default(), Pieces(7, pieces)).await;
        assert_eq!(read.unwrap_err().kind(), TransportErrorKind::Request);
    }
}

#[tokio::test]
async fn a_streamed_response_keeps_the_limits_of_time() {
    let some = Duration::from_millis(50);
    for limits in [Limits::default().total(some), Limits::default().idle(some)] {
        let cut = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe";
        let origin = Origin::new(&[(cut, false)]);
        let read = streamed(&origin, limits, Pieces(7, vec!["the end"])).await;
        assert_eq!(read.unwrap_err().kind(), Timeout);
    }
}
