//! Streamed request bodies and response bodies.

use std::thread;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::TransportErrorKind::{Interrupted, Protocol, Timeout};
use fc_transport::{ExchangeLimits, TransportError, TransportErrorKind};
use fcgate_http::origin::{Origin, Script, Step};

use super::Backend;
use crate::backends::{Engine, Incoming, Streaming, Subject, Upload};
use crate::exchange::{
    MAX_WAIT, PATH, assert_certainty, assert_no_secret, generous_limits, request, short_limits,
};

const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";

fn origin(steps: impl Into<Vec<Step>>) -> Origin {
    Origin::start(Script::every(steps)).unwrap()
}

/// Reads a body to its end or to an error.
fn read(mut body: Box<dyn Incoming>) -> (Vec<u8>, Option<TransportError>) {
    let mut all = Vec::new();
    while let Some(next) = body.next() {
        match next {
            Ok(bytes) => all.extend(bytes),
            Err(error) => {
                assert_no_secret(&error);
                return (all, Some(error));
            }
        }
    }
    (all, None)
}

/// The streamed response to an empty request.
fn streamed_body(
    limits: ExchangeLimits,
    steps: impl Into<Vec<Step>>,
) -> (Origin, Box<dyn Incoming>) {
    let origin = origin(steps);
    let empty = request(&origin.url(PATH), Upload::of("", 0));
    let response = Backend::new(limits).stream(empty).unwrap();
    (origin, response.into_body())
}

fn ends_with(kind: TransportErrorKind, received: &str, limits: ExchangeLimits, steps: &[Step]) {
    let (_origin, body) = streamed_body(limits, steps);
    let (all, error) = read(body);
    // The last bytes before the error may be missing.
    assert!(received.as_bytes().starts_with(&all), "{all:?}");
    let error = error.expect("expected an error at the end of a truncated body");
    assert_eq!(error.kind(), kind, "{error:?}");
}

#[test]
fn a_streamed_payload_is_sent_with_its_content_length() {
    let origin = origin([Step::ReadRequest, Step::send(ANSWER), Step::Again]);
    let payload = "p".repeat(300_000);
    let upload = Upload::of(payload.clone(), 300_000);
    let subject = Backend::new(generous_limits());
    let response = subject.stream(request(&origin.url(PATH), upload)).unwrap();
    assert_eq!(read(response.into_body()).0, b"done");
    let connections = origin.connections();
    let text = String::from_utf8_lossy(connections[0].received()).to_ascii_lowercase();
    assert!(text.contains("\r\ncontent-length: 300000\r\n"));
    assert!(!text.contains("transfer-encoding"));
    assert!(text.ends_with(&payload));
}

#[test]
fn a_streamed_payload_is_sent_while_it_is_produced() {
    let origin = origin([Step::ReadRequest, Step::send(ANSWER), Step::Again]);
    let (sender, upload) = Upload::from_channel(10);
    let request = request(&origin.url(PATH), upload);
    let call = thread::spawn(move || Backend::new(generous_limits()).stream(request).map(|_| ()));
    sender.send("12345".into()).unwrap();
    let half = origin.wait_until(MAX_WAIT, |connections| {
        connections
            .first()
            .is_some_and(|first| first.received().ends_with(b"12345"))
    });
    assert!(
        half,
        "the first half was not sent before the second: {:?}",
        origin.connections()
    );
    sender.send("67890".into()).unwrap();
    drop(sender);
    call.join().unwrap().unwrap();
    assert_eq!(origin.invocations(), 1);
}

#[test]
fn a_payload_shorter_than_its_length_is_an_error_and_not_an_invocation() {
    for sent in ["", "123"] {
        let origin = origin([Step::ReadRequest, Step::send(ANSWER), Step::Again]);
        let upload = Upload::of(sent, 10);
        let result = Backend::new(short_limits()).stream(request(&origin.url(PATH), upload));
        let error = result
            .err()
            .expect("expected an error for a truncated payload");
        assert_ne!(error.kind(), Timeout, "{error:?}");
        assert_no_secret(&error);
        assert_certainty(&error, &origin);
        let gone = |connections: &[_]| {
            connections
                .iter()
                .all(fcgate_http::origin::Connection::has_ended)
        };
        assert!(
            origin.wait_until(MAX_WAIT, gone),
            "the connection is still open"
        );
        assert_eq!(origin.invocations(), 0, "{:?}", origin.connections());
    }
}

#[test]
fn a_payload_longer_than_its_length_is_an_error_and_the_excess_is_not_sent() {
    let origin = origin([Step::ReadRequest, Step::Stall]);
    let upload = Upload::of("1234567890", 5);
    let result = Backend::new(short_limits()).stream(request(&origin.url(PATH), upload));
    let error = result
        .err()
        .expect("expected an error for a payload that is too long");
    assert_no_secret(&error);
    assert_certainty(&error, &origin);
    for connections in origin.connections() {
        assert!(
            !connections.received().ends_with(b"67890"),
            "{connections:?}"
        );
    }
}

#[test]
fn a_stalled_payload_ends_at_the_total_limit() {
    let origin = origin([Step::ReadRequest, Step::send(ANSWER)]);
    let (sender, upload) = Upload::from_channel(10);
    sender.send("12345".into()).unwrap();
    let request = request(&origin.url(PATH), upload);
    // A blocking client waits in `read` of the payload, which its time limits cannot interrupt.
    let call = thread::spawn(move || Backend::new(short_limits()).stream(request).map(|_| ()));
    let half = |connections: &[fcgate_http::origin::Connection]| {
        connections
            .first()
            .is_some_and(|first| first.received().ends_with(b"12345"))
    };
    assert!(origin.wait_until(MAX_WAIT, half));
    if Backend::ENGINE.pick(false, true) {
        drop(sender);
        call.join().unwrap().unwrap_err();
    } else {
        let error = call.join().unwrap().unwrap_err();
        assert_eq!(error.kind(), Timeout, "{error:?}");
        drop(sender);
    }
    assert_eq!(origin.invocations(), 0);
}

#[test]
fn a_streamed_response_is_returned_after_its_head() {
    let head = "HTTP/1.1 202 Accepted\r\nX-Fc-Request-Id: 1\r\nContent-Length: 10\r\n\r\n12345";
    let origin = origin([Step::ReadRequest, Step::send(head), Step::Stall]);
    let subject = Backend::new(generous_limits());
    let empty = request(&origin.url(PATH), Upload::of("", 0));
    let response = subject.stream(empty).unwrap();
    assert_eq!(response.status(), 202);
    assert_eq!(response.headers()["x-fc-request-id"], "1");
    let mut body = response.into_body();
    assert_eq!(body.next().unwrap().unwrap(), "12345");
}

#[test]
fn a_dropped_streamed_body_closes_the_connection() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345";
    let (origin, mut body) = streamed_body(
        generous_limits(),
        [Step::ReadRequest, Step::send(head), Step::Stall],
    );
    assert_eq!(body.next().unwrap().unwrap(), "12345");
    drop(body);
    let gone = origin.wait_until(MAX_WAIT, |connections| connections[0].has_ended());
    assert!(gone, "the connection is still open");
}

#[test]
fn the_limit_for_bodies_in_memory_does_not_apply_to_streamed_bodies() {
    let long = "b".repeat(2 << 20);
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", long.len());
    let steps = [Step::ReadRequest, Step::send(head + &long), Step::Stall];
    let (_origin, body) = streamed_body(
        generous_limits().body(1 << 20).streamed_body(u64::MAX),
        steps,
    );
    let (all, error) = read(body);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(all.len(), long.len());
}

#[test]
fn a_truncated_streamed_body_ends_with_an_error() {
    let cut = |framing: &str, sent: &str, end: Step| {
        let head = format!("HTTP/1.1 200 OK\r\n{framing}\r\n\r\n{sent}");
        [Step::ReadRequest, Step::send(head), end]
    };
    let length = cut("Content-Length: 10", "12345", Step::Close);
    let chunks = cut("Transfer-Encoding: chunked", "5\r\n12345\r\n", Step::Close);
    let broken = cut(
        "Transfer-Encoding: chunked",
        "5\r\n12345\r\nzz\r\n",
        Step::Stall,
    );
    ends_with(Interrupted, "12345", generous_limits(), &length);
    ends_with(Interrupted, "12345", generous_limits(), &chunks);
    ends_with(Protocol, "12345", generous_limits(), &broken);
}

#[test]
fn a_stalled_streamed_body_ends_at_the_time_limits() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345";
    let stalled = [Step::ReadRequest, Step::send(head), Step::Stall];
    let idle = generous_limits().idle(Duration::from_millis(300));
    ends_with(Timeout, "12345", short_limits(), &stalled);
    ends_with(Timeout, "12345", idle, &stalled);
}

#[test]
fn a_streamed_body_may_take_longer_than_the_idle_limit() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
    let drip = Step::drip("1234567890", Duration::from_millis(150));
    let steps = [Step::ReadRequest, Step::send(head), drip, Step::Stall];
    let (_origin, body) = streamed_body(generous_limits().idle(Duration::from_secs(1)), steps);
    let (all, error) = read(body);
    // ureq has limits only for the whole body, or for every read including the wait for the response.
    if Backend::ENGINE == Engine::Ureq {
        assert_eq!(error.map(|error| error.kind()), Some(Timeout));
        return;
    }
    assert!(error.is_none(), "{error:?}");
    assert_eq!(all, b"1234567890");
}

#[test]
fn contradictory_framing_is_rejected_before_the_body() {
    for framing in [
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: gzip, chunked",
        "Content-Length: 5, 6",
    ] {
        let head = format!("HTTP/1.1 200 OK\r\n{framing}\r\n\r\n5\r\n12345\r\n0\r\n\r\n");
        let origin = origin([Step::ReadRequest, Step::send(head), Step::Stall]);
        let empty = request(&origin.url(PATH), Upload::of(Bytes::new(), 0));
        let subject = Backend::new(generous_limits());
        let error = subject.stream(empty).err().expect(framing);
        assert_eq!(error.kind(), Protocol, "{framing}: {error:?}");
        let gone = origin.wait_until(MAX_WAIT, |connections| connections[0].has_ended());
        assert!(gone, "{framing}: the connection is still open");
    }
}
