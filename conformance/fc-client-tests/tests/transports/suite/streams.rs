//! Bodies that are made while they are sent, and used while they arrive.

use std::thread;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::TransportErrorKind::{Interrupted, Protocol, Timeout};
use fc_transport::{Limits, TransportError, TransportErrorKind};
use fcgate_http::origin::{Origin, Script, Step};

use super::Backend;
use crate::backends::{Engine, Incoming, Streaming, Subject, Upload};
use crate::exchange::{PATH, PATIENCE, is_certain, patient, request, short, tells_no_secret};

const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";

fn origin(steps: impl Into<Vec<Step>>) -> Origin {
    Origin::start(Script::every(steps)).unwrap()
}

/// Everything that comes, and how it ends.
fn read(mut body: Box<dyn Incoming>) -> (Vec<u8>, Option<TransportError>) {
    let mut all = Vec::new();
    while let Some(next) = body.next() {
        match next {
            Ok(bytes) => all.extend(bytes),
            Err(error) => {
                tells_no_secret(&error);
                return (all, Some(error));
            }
        }
    }
    (all, None)
}

/// The streamed answer to an empty request.
fn answered(limits: Limits, steps: impl Into<Vec<Step>>) -> (Origin, Box<dyn Incoming>) {
    let origin = origin(steps);
    let empty = request(&origin.url(PATH), Upload::of("", 0));
    let response = Backend::new(limits).stream(empty).unwrap();
    (origin, response.into_body())
}

fn ends_with(kind: TransportErrorKind, received: &str, limits: Limits, steps: &[Step]) {
    let (_origin, body) = answered(limits, steps);
    let (all, error) = read(body);
    // With the error at hand, what came just before it may be left out.
    assert!(received.as_bytes().starts_with(&all), "{all:?}");
    let error = error.expect("a body that is not whole must not end in order");
    assert_eq!(error.kind(), kind, "{error:?}");
}

#[test]
fn a_streamed_payload_goes_out_with_its_length() {
    let origin = origin([Step::ReadRequest, Step::send(ANSWER), Step::Again]);
    let payload = "p".repeat(300_000);
    let upload = Upload::of(payload.clone(), 300_000);
    let subject = Backend::new(patient());
    let response = subject.stream(request(&origin.url(PATH), upload)).unwrap();
    assert_eq!(read(response.into_body()).0, b"done");
    let heard = origin.connections();
    let text = String::from_utf8_lossy(heard[0].received()).to_ascii_lowercase();
    assert!(text.contains("\r\ncontent-length: 300000\r\n"));
    assert!(!text.contains("transfer-encoding"));
    assert!(text.ends_with(&payload));
}

#[test]
fn a_streamed_payload_leaves_while_it_is_made() {
    let origin = origin([Step::ReadRequest, Step::send(ANSWER), Step::Again]);
    let (feed, upload) = Upload::fed(10);
    let request = request(&origin.url(PATH), upload);
    let call = thread::spawn(move || Backend::new(patient()).stream(request).map(|_| ()));
    feed.send("12345".into()).unwrap();
    let half = origin.wait_until(PATIENCE, |heard| {
        heard
            .first()
            .is_some_and(|first| first.received().ends_with(b"12345"))
    });
    assert!(
        half,
        "the first half waits for the second: {:?}",
        origin.connections()
    );
    feed.send("67890".into()).unwrap();
    drop(feed);
    call.join().unwrap().unwrap();
    assert_eq!(origin.invocations(), 1);
}

#[test]
fn a_payload_that_ends_too_early_is_an_error_and_no_request() {
    for sent in ["", "123"] {
        let origin = origin([Step::ReadRequest, Step::send(ANSWER), Step::Again]);
        let upload = Upload::of(sent, 10);
        let result = Backend::new(short()).stream(request(&origin.url(PATH), upload));
        let error = result.err().expect("the payload was cut");
        assert_ne!(error.kind(), Timeout, "{error:?}");
        tells_no_secret(&error);
        is_certain(&error, &origin);
        let gone = |heard: &[_]| heard.iter().all(fcgate_http::origin::Connection::has_ended);
        assert!(origin.wait_until(PATIENCE, gone), "the connection is kept");
        assert_eq!(origin.invocations(), 0, "{:?}", origin.connections());
    }
}

#[test]
fn a_payload_that_goes_on_behind_its_length_is_an_error_and_nothing_more_is_sent() {
    let origin = origin([Step::ReadRequest, Step::Stall]);
    let upload = Upload::of("1234567890", 5);
    let result = Backend::new(short()).stream(request(&origin.url(PATH), upload));
    let error = result.err().expect("the payload was too long");
    tells_no_secret(&error);
    is_certain(&error, &origin);
    for heard in origin.connections() {
        assert!(!heard.received().ends_with(b"67890"), "{heard:?}");
    }
}

#[test]
fn a_payload_that_stops_coming_ends_at_the_limit() {
    let origin = origin([Step::ReadRequest, Step::send(ANSWER)]);
    let (feed, upload) = Upload::fed(10);
    feed.send("12345".into()).unwrap();
    let request = request(&origin.url(PATH), upload);
    // A blocking client sits in the payload's own `read`, which no limit of its can end.
    let call = thread::spawn(move || Backend::new(short()).stream(request).map(|_| ()));
    let half = |heard: &[fcgate_http::origin::Connection]| {
        heard
            .first()
            .is_some_and(|first| first.received().ends_with(b"12345"))
    };
    assert!(origin.wait_until(PATIENCE, half));
    if Backend::ENGINE.pick(false, true) {
        drop(feed);
        call.join().unwrap().unwrap_err();
    } else {
        let error = call.join().unwrap().unwrap_err();
        assert_eq!(error.kind(), Timeout, "{error:?}");
        drop(feed);
    }
    assert_eq!(origin.invocations(), 0);
}

#[test]
fn an_answer_is_handed_over_with_its_head() {
    let head = "HTTP/1.1 202 Accepted\r\nX-Fc-Request-Id: 1\r\nContent-Length: 10\r\n\r\n12345";
    let origin = origin([Step::ReadRequest, Step::send(head), Step::Stall]);
    let subject = Backend::new(patient());
    let empty = request(&origin.url(PATH), Upload::of("", 0));
    let response = subject.stream(empty).unwrap();
    assert_eq!(response.status(), 202);
    assert_eq!(response.headers()["x-fc-request-id"], "1");
    let mut body = response.into_body();
    assert_eq!(body.next().unwrap().unwrap(), "12345");
}

#[test]
fn a_streamed_body_that_is_dropped_closes_the_connection() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345";
    let (origin, mut body) = answered(
        patient(),
        [Step::ReadRequest, Step::send(head), Step::Stall],
    );
    assert_eq!(body.next().unwrap().unwrap(), "12345");
    drop(body);
    let gone = origin.wait_until(PATIENCE, |heard| heard[0].has_ended());
    assert!(gone, "the connection is kept");
}

#[test]
fn a_streamed_body_may_be_longer_than_the_limit() {
    let long = "b".repeat(2 << 20);
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", long.len());
    let steps = [Step::ReadRequest, Step::send(head + &long), Step::Stall];
    let (_origin, body) = answered(patient().body(1 << 20), steps);
    let (all, error) = read(body);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(all.len(), long.len());
}

#[test]
fn a_streamed_body_that_is_cut_ends_with_an_error() {
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
    ends_with(Interrupted, "12345", patient(), &length);
    ends_with(Interrupted, "12345", patient(), &chunks);
    ends_with(Protocol, "12345", patient(), &broken);
}

#[test]
fn a_streamed_body_ends_at_the_limits_of_time() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345";
    let stalled = [Step::ReadRequest, Step::send(head), Step::Stall];
    let idle = patient().idle(Duration::from_millis(300));
    ends_with(Timeout, "12345", short(), &stalled);
    ends_with(Timeout, "12345", idle, &stalled);
}

#[test]
fn a_streamed_body_may_take_longer_than_the_limit_of_silence() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
    let drip = Step::drip("1234567890", Duration::from_millis(150));
    let steps = [Step::ReadRequest, Step::send(head), drip, Step::Stall];
    let (_origin, body) = answered(patient().idle(Duration::from_secs(1)), steps);
    let (all, error) = read(body);
    // Its limits are for the whole body, or for every read, also the one that waits for the function.
    if Backend::ENGINE == Engine::Ureq {
        assert_eq!(error.map(|error| error.kind()), Some(Timeout));
        return;
    }
    assert!(error.is_none(), "{error:?}");
    assert_eq!(all, b"1234567890");
}

#[test]
fn contradictory_framing_is_refused_before_anything_is_handed_over() {
    for framing in [
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: gzip, chunked",
        "Content-Length: 5, 6",
    ] {
        let head = format!("HTTP/1.1 200 OK\r\n{framing}\r\n\r\n5\r\n12345\r\n0\r\n\r\n");
        let origin = origin([Step::ReadRequest, Step::send(head), Step::Stall]);
        let empty = request(&origin.url(PATH), Upload::of(Bytes::new(), 0));
        let subject = Backend::new(patient());
        let error = subject.stream(empty).err().expect(framing);
        assert_eq!(error.kind(), Protocol, "{framing}: {error:?}");
        if Backend::CLOSES_REFUSED {
            let gone = origin.wait_until(PATIENCE, |heard| heard[0].has_ended());
            assert!(gone, "{framing}: the connection is kept");
        }
    }
}
