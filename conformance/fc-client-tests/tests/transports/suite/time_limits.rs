//! The error of a time limit names the limit that was reached.

use std::time::Duration;

use bytes::Bytes;
use fc_transport::{ExchangeLimits, TimeLeft, TimeLimit, TransportError, TransportErrorKind};
use fcgate_http::origin::{Origin, Script, Step};

use super::Backend;
use crate::backends::{Engine, Streaming, Subject, Upload};
use crate::exchange::{MAX_WAIT, PATH, assert_no_secret, generous_limits, request};

const SHORT: Duration = Duration::from_millis(300);

fn head(text: &str) -> Step {
    Step::send(format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{text}"
    ))
}

fn origin(steps: impl Into<Vec<Step>>) -> Origin {
    Origin::start(Script::every(steps)).unwrap()
}

/// A stream of events, each of which arrives in time.
fn events() -> Origin {
    let event = Step::drip("1\r\ne\r\n".repeat(10_000), Duration::from_millis(20));
    origin([Step::ReadRequest, head(""), event])
}

/// A response whose body stops.
fn stopped() -> Origin {
    origin([Step::ReadRequest, head("1\r\ne\r\n"), Step::Stall])
}

/// The errors of the body in memory and of the streamed body.
fn errors(origin: &Origin, limits: ExchangeLimits) -> [TransportError; 2] {
    let subject = Backend::new(limits);
    let in_memory = subject.send(request(&origin.url(PATH), Bytes::new()));
    let empty = request(&origin.url(PATH), Upload::of("", 0));
    let mut body = subject.stream(empty).unwrap().into_body();
    let streamed = std::iter::from_fn(|| body.next()).find_map(Result::err);
    [in_memory.unwrap_err(), streamed.unwrap()]
}

fn assert_reached(errors: [TransportError; 2], limit: TimeLimit, name: &str) {
    for error in errors {
        assert_eq!(error.time_limit(), Some(limit), "{error:?}");
        assert_eq!(error.kind(), TransportErrorKind::Timeout);
        assert!(error.to_string().contains(name), "{error}");
        assert_no_secret(&error);
    }
}

#[test]
fn the_total_limit_is_named_while_events_still_arrive() {
    let limits = ExchangeLimits::default().total(SHORT).idle(MAX_WAIT);
    assert_reached(
        errors(&events(), limits),
        TimeLimit::Total,
        "ExchangeLimits::total",
    );
}

#[test]
fn the_idle_limit_is_named_when_the_body_stops() {
    let limits = generous_limits().idle(SHORT);
    assert_reached(
        errors(&stopped(), limits),
        TimeLimit::Idle,
        "ExchangeLimits::idle",
    );
}

#[test]
fn the_total_limit_is_named_when_the_head_does_not_arrive() {
    let origin = origin([Step::ReadRequest, Step::Stall]);
    let subject = Backend::new(ExchangeLimits::default().total(SHORT).idle(MAX_WAIT));
    let in_memory = subject.send(request(&origin.url(PATH), Bytes::new()));
    let streamed = subject.stream(request(&origin.url(PATH), Upload::of("", 0)));
    let errors = [in_memory.unwrap_err(), streamed.err().unwrap()];
    assert_reached(errors, TimeLimit::Total, "ExchangeLimits::total");
}

/// Only a blocking transport reads the time left; the future of an asynchronous one is dropped.
#[test]
fn the_deadline_of_the_caller_is_named_if_it_is_shorter_than_the_total_limit() {
    if Backend::ENGINE == Engine::Hyper {
        return;
    }
    let origin = stopped();
    let mut request = request(&origin.url(PATH), Bytes::new());
    request.extensions_mut().insert(TimeLeft::new(SHORT));
    let error = Backend::new(generous_limits()).send(request).unwrap_err();
    assert_eq!(error.time_limit(), Some(TimeLimit::Deadline), "{error:?}");
    assert!(error.to_string().contains("deadline"), "{error}");
}

#[test]
fn a_lost_connection_names_no_limit() {
    let origin = origin([Step::ReadRequest, Step::Reset]);
    let result = Backend::new(generous_limits()).send(request(&origin.url(PATH), Bytes::new()));
    assert_eq!(result.unwrap_err().time_limit(), None);
}
