//! What the transport does with the answers of a raw server.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod origin;

use std::error::Error;
use std::net::TcpListener;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::TransportErrorKind::{Connect, Interrupted, Protocol, Timeout};
use fc_transport::{
    BlockingStreamingTransport, BlockingTransport, Limits, TransportError, TransportErrorKind,
};
use fc_transport_ureq::{UreqTransport, config};
use http::{Request, Response};
use origin::{Answers, Origin};
use std::io::Read;

const HELLO: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

fn transport() -> UreqTransport {
    UreqTransport::new(config().build().new_agent())
}

fn post(url: &str) -> Request<Bytes> {
    Request::post(url)
        .body(Bytes::from_static(b"the end"))
        .unwrap()
}

fn sent(origin: &Origin, limits: Limits) -> Result<Response<Bytes>, TransportError> {
    let transport = transport().limits(limits);
    transport.send(post(&origin.url))
}

fn kind_of(answers: Answers<'_>, limits: Limits) -> TransportErrorKind {
    let error = sent(&Origin::new(answers), limits).unwrap_err();
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

#[test]
fn a_response_arrives_whole_and_the_request_with_nothing_added() {
    let origin = Origin::new(&[(HELLO, false)]);
    let response = sent(&origin, Limits::default()).unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), "hello");
    let (_, request) = origin.request();
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<_> = head.lines().collect();
    lines[1..].sort_unstable();
    assert_eq!(lines[0], "POST /f?secret=1 HTTP/1.1");
    assert_eq!(lines[1], "content-length: 7");
    assert!(lines[2].starts_with("host: 127.0.0.1:"));
    assert_eq!(lines.len(), 3);
}

#[test]
fn an_empty_payload_has_a_length_too() {
    let origin = Origin::new(&[(HELLO, false)]);
    let request = Request::post(&origin.url).body(Bytes::new()).unwrap();
    assert!(transport().send(request).is_ok());
    assert!(origin.request().1.contains("content-length: 0\r\n"));
}

#[test]
fn a_refused_connection_and_a_name_that_is_not_there_are_certain() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    for url in [url.as_str(), "http://nowhere.invalid/"] {
        let error = transport().send(post(url)).unwrap_err();
        assert_eq!(error.kind(), Connect);
    }
}

#[test]
fn a_uri_that_cannot_be_used_is_told_before_anything_is_sent() {
    let secure = Origin::new(&[]).url.replace("http:", "https:");
    for url in ["/relative", "ftp://127.0.0.1/", &secure] {
        let error = transport().send(post(url)).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Request, "{url}");
    }
}

#[test]
fn a_cut_response_is_an_interruption() {
    let head = "HTTP/1.1 200 OK\r\ncontent-le";
    let body = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe";
    let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n";
    for answer in ["", head, body, chunk] {
        assert_eq!(kind_of(&[(answer, true)], Limits::default()), Interrupted);
    }
}

#[test]
fn what_is_not_http_is_a_fault_of_the_protocol() {
    let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n";
    let icy = "ICY 200 OK

";
    let length = "HTTP/1.1 200 OK
content-length: 5x

hello";
    for answer in [icy, length, chunk] {
        assert_eq!(kind_of(&[(answer, false)], Limits::default()), Protocol);
    }
}

#[test]
fn a_response_with_two_lengths_is_refused_and_its_connection_not_used_again() {
    let both = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n";
    for body in ["5\r\nhello\r\n0\r\n\r\n", "0\r\n\r\n", "5\r\nhel"] {
        let answer = format!("{both}{body}");
        let origin = Origin::new(&[(&answer, false), (HELLO, false)]);
        let transport = transport();
        let refused = transport.send(post(&origin.url)).unwrap_err();
        assert_eq!(refused.kind(), Protocol);
        assert!(transport.send(post(&origin.url)).is_ok());
        assert_eq!((origin.request().0, origin.request().0), (0, 1));
    }
}

#[test]
fn a_redirect_and_any_status_are_responses() {
    let moved =
        "HTTP/1.1 307 Gone on\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let failed = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::new(&[(moved, false), (failed, false)]);
    let transport = transport();
    for status in [307, 503] {
        let response = transport.send(post(&origin.url)).unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(origin.request().0, 0);
    }
}

#[test]
fn an_agent_with_its_defaults_is_held_to_the_contract() {
    let moved = "HTTP/1.1 302 Moved\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n";
    let failed = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::new(&[(moved, false), (failed, false)]);
    let config = ureq::Agent::config_builder().proxy(None).build();
    let transport = UreqTransport::new(config.new_agent());
    for status in [302, 503] {
        let response = transport.send(post(&origin.url)).unwrap();
        assert_eq!(response.status(), status);
        let (connection, request) = origin.request();
        assert_eq!(connection, 0);
        assert!(!request.contains("accept"), "{request}");
    }
}

#[test]
fn a_body_without_a_length_is_refused_for_a_lost_connection_ends_it_too() {
    let endless: Answers<'_> = &[("HTTP/1.1 200 OK\r\n\r\nhello", true)];
    assert_eq!(kind_of(endless, Limits::default()), Protocol);
}

#[test]
fn a_body_beyond_the_limit_is_refused_and_one_at_the_limit_is_not() {
    let chunks =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    for answer in [HELLO, chunks] {
        let answers: Answers<'_> = &[(answer, false)];
        assert_eq!(kind_of(answers, Limits::default().body(4)), Protocol);
        let origin = Origin::new(answers);
        let response = sent(&origin, Limits::default().body(5)).unwrap();
        assert_eq!(response.body(), "hello");
    }
}

#[test]
fn the_limits_of_time_hold_before_and_in_the_body() {
    let some = Duration::from_millis(50);
    let cut: Answers<'_> = &[("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe", false)];
    assert_eq!(
        kind_of(&[("", false)], Limits::default().total(some)),
        Timeout
    );
    assert_eq!(kind_of(cut, Limits::default().total(some)), Timeout);
    assert_eq!(kind_of(cut, Limits::default().idle(some)), Timeout);
}

fn streamed(
    origin: &Origin,
    limits: Limits,
    body: &'static str,
) -> Result<Vec<u8>, TransportErrorKind> {
    let request = Request::post(&origin.url).body(body.as_bytes()).unwrap();
    let response = transport().limits(limits).stream(request, 7);
    let mut response = response.map_err(|error| error.kind())?;
    let mut all = Vec::new();
    match response.body_mut().read_to_end(&mut all) {
        Ok(_) => Ok(all),
        Err(error) => Err(error.downcast::<TransportError>().unwrap().kind()),
    }
}

#[test]
fn streams_go_both_ways() {
    let origin = Origin::new(&[(HELLO, false)]);
    let read = streamed(&origin, Limits::default().body(1), "the end");
    assert_eq!(read.unwrap(), b"hello");
    assert!(origin.request().1.contains("content-length: 7\r\n"));
}

#[test]
fn a_stream_that_is_not_as_long_as_it_said_is_never_sent_whole() {
    for body in ["", "the e", "the end!"] {
        let origin = Origin::new(&[(HELLO, false)]);
        let read = streamed(&origin, Limits::default(), body);
        assert_eq!(read.unwrap_err(), TransportErrorKind::Request);
    }
}

#[test]
fn a_streamed_response_keeps_the_limits_of_time() {
    let some = Duration::from_millis(50);
    for limits in [Limits::default().total(some), Limits::default().idle(some)] {
        let cut = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe";
        let origin = Origin::new(&[(cut, false)]);
        assert_eq!(streamed(&origin, limits, "the end").unwrap_err(), Timeout);
    }
}
