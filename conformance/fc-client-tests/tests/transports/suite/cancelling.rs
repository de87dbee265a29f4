//! Calls that are dropped while they run.

use std::time::Duration;

use fcgate_http::origin::{Connection, Origin, Script, Step};

use super::Backend;
use crate::backends::{Cancelling, Subject};
use crate::exchange::{PATH, PATIENCE, patient, request};

/// Drops a call when the origin has sent its part, and waits for the end of the connection.
fn is_dropped(steps: &[Step], payload: usize, moment: impl Fn(&Connection) -> bool) {
    let origin = Origin::start(Script::every(steps)).unwrap();
    let subject = Backend::new(patient());
    let call = request(&origin.url(PATH), vec![b'p'; payload].into());
    subject.abandon(call, || {
        let reached = |heard: &[Connection]| heard.first().is_some_and(&moment);
        assert!(
            origin.wait_until(PATIENCE, reached),
            "{:?}",
            origin.connections()
        );
    });
    let gone = origin.wait_until(PATIENCE, |heard| heard.iter().all(Connection::has_ended));
    assert!(
        gone,
        "tp-023: the connection is kept: {:?}",
        origin.connections()
    );
    assert_eq!(origin.connection_count(), 1, "tp-023");
    assert!(origin.invocations() <= 1, "tp-023");
}

fn sent(text: &str, end: Step) -> [Step; 3] {
    [Step::ReadRequest, Step::send(text.to_owned()), end]
}

#[test]
fn while_the_request_leaves() {
    let steps = [Step::ReadHead, Step::Read(1 << 20), Step::Stall];
    is_dropped(&steps, 64 << 20, |heard| heard.received().len() > 1 << 20);
}

#[test]
fn while_the_function_runs() {
    let steps = [Step::ReadRequest, Step::Stall];
    is_dropped(&steps, 7, |heard| heard.invocations() == 1);
}

#[test]
fn while_the_head_arrives() {
    let steps = sent("HTTP/1.1 200 OK\r\nX-A: ", Step::Stall);
    is_dropped(&steps, 7, |heard| heard.sent() > 0);
}

#[test]
fn while_the_body_arrives() {
    let steps = sent(
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
        Step::Stall,
    );
    is_dropped(&steps, 7, |heard| heard.sent() > 0);
}

#[test]
fn while_a_body_without_end_arrives() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let steps = sent(head, Step::flood("5\r\n12345\r\n"));
    is_dropped(&steps, 7, |heard| heard.sent() > 1000);
}

/// Not in a flood: as long as there are more of them to read, hyper looks at nothing else.
#[test]
fn while_interim_responses_arrive() {
    let few = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
    let steps = [
        Step::ReadRequest,
        Step::drip(few, Duration::from_millis(1)),
        Step::Stall,
    ];
    is_dropped(&steps, 7, |heard| heard.sent() > 50);
}
