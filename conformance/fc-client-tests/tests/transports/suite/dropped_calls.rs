//! Calls that are dropped while they run.

use std::time::Duration;

use fcgate_http::origin::{Connection, Origin, Script, Step};

use super::Backend;
use crate::backends::{Cancelling, Subject};
use crate::exchange::{MAX_WAIT, PATH, generous_limits, request};

/// Drops a call when the condition holds at the origin, and asserts that the connection is closed.
fn assert_drop_closes_connection(
    steps: &[Step],
    payload: usize,
    moment: impl Fn(&Connection) -> bool,
) {
    let origin = Origin::start(Script::every(steps)).unwrap();
    let subject = Backend::new(generous_limits());
    let call = request(&origin.url(PATH), vec![b'p'; payload].into());
    subject.abandon(call, || {
        let reached = |connections: &[Connection]| connections.first().is_some_and(&moment);
        assert!(
            origin.wait_until(MAX_WAIT, reached),
            "{:?}",
            origin.connections()
        );
    });
    let gone = origin.wait_until(MAX_WAIT, |connections| {
        connections.iter().all(Connection::has_ended)
    });
    assert!(
        gone,
        "the connection is still open: {:?}",
        origin.connections()
    );
    assert_eq!(origin.connection_count(), 1);
    assert!(origin.invocations() <= 1);
}

fn sent(text: &str, end: Step) -> [Step; 3] {
    [Step::ReadRequest, Step::send(text.to_owned()), end]
}

#[test]
fn a_call_dropped_while_the_request_is_sent_closes_the_connection() {
    let steps = [Step::ReadHead, Step::Read(1 << 20), Step::Stall];
    assert_drop_closes_connection(&steps, 64 << 20, |connections| {
        connections.received().len() > 1 << 20
    });
}

#[test]
fn a_call_dropped_before_the_response_closes_the_connection() {
    let steps = [Step::ReadRequest, Step::Stall];
    assert_drop_closes_connection(&steps, 7, |connections| connections.invocations() == 1);
}

#[test]
fn a_call_dropped_within_the_response_head_closes_the_connection() {
    let steps = sent("HTTP/1.1 200 OK\r\nX-A: ", Step::Stall);
    assert_drop_closes_connection(&steps, 7, |connections| connections.sent() > 0);
}

#[test]
fn a_call_dropped_within_an_endless_body_closes_the_connection() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let steps = sent(head, Step::flood("5\r\n12345\r\n"));
    assert_drop_closes_connection(&steps, 7, |connections| connections.sent() > 1000);
}

/// Slowly, because hyper does not see the drop while more interim responses can be read.
#[test]
fn a_call_dropped_during_interim_responses_closes_the_connection() {
    let responses = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
    let steps = [
        Step::ReadRequest,
        Step::drip(responses, Duration::from_millis(1)),
        Step::Stall,
    ];
    assert_drop_closes_connection(&steps, 7, |connections| connections.sent() > 50);
}
