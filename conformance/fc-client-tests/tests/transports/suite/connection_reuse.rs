//! Connections that are reused, and connections that must not be.

use bytes::Bytes;
use fc_transport::TransportErrorKind::{Connect, Interrupted};
use fcgate_http::origin::{Connection, Origin, Script, Step};

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{PATH, assert_certainty, generous_limits, request};

const FIRST: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst";
const SECOND: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond";
/// The number of attempts for a result that depends on the order of two threads.
const TRIES: usize = 20;

fn arrivals(origin: &Origin, payload: &[u8]) -> usize {
    let connections = origin.connections();
    let all = connections.iter().flat_map(Connection::requests);
    all.filter(|request| request.ends_with(payload)).count()
}

#[test]
fn sequential_calls_share_a_connection() {
    let origin = Origin::start(Script::serving(FIRST)).unwrap();
    let subject = Backend::new(generous_limits());
    for _ in 0..TRIES {
        subject
            .send(request(&origin.url(PATH), Bytes::new()))
            .unwrap();
    }
    assert_eq!(origin.invocations(), TRIES);
    assert!(
        origin.connection_count() < TRIES / 2,
        "{}",
        origin.connection_count()
    );
}

#[test]
fn each_call_on_a_shared_connection_gets_its_own_response() {
    let steps = [
        Step::ReadRequest,
        Step::send(FIRST),
        Step::ReadRequest,
        Step::send(SECOND),
        Step::Again,
    ];
    let origin = Origin::start(Script::every(steps)).unwrap();
    let subject = Backend::new(generous_limits());
    for call in 0..TRIES {
        let before = origin.connections();
        let response = subject.send(request(&origin.url(PATH), Bytes::new()));
        let (at, connections) = origin
            .connections()
            .into_iter()
            .enumerate()
            .find(|(at, now)| {
                let then = before.get(*at).map_or(0, Connection::invocations);
                now.invocations() > then
            })
            .expect("the request arrived");
        let expected = ["second", "first"][connections.invocations() % 2];
        assert_eq!(
            response.unwrap().body(),
            expected,
            "hf-073, call {call} on {at}"
        );
    }
}

#[test]
fn a_connection_with_connection_close_is_not_reused() {
    let answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nfirst";
    let origin = Origin::start(Script::serving(answer)).unwrap();
    let subject = Backend::new(generous_limits());
    for _ in 0..3 {
        subject
            .send(request(&origin.url(PATH), Bytes::new()))
            .unwrap();
    }
    assert_eq!(origin.connection_count(), 3);
}

#[test]
fn an_idle_connection_that_ends_causes_no_second_invocation() {
    for end in [Step::Close, Step::Reset] {
        for _ in 0..TRIES {
            let dying = [Step::ReadRequest, Step::send(FIRST), end.clone()];
            let script = Script::every(dying).then([Step::ReadRequest, Step::send(SECOND)]);
            let origin = Origin::start(script).unwrap();
            let subject = Backend::new(generous_limits());
            // A reset may also discard the first response.
            let _ = subject.send(request(&origin.url(PATH), "one".into()));
            let result = subject.send(request(&origin.url(PATH), "two".into()));
            assert!(
                arrivals(&origin, b"one") <= 1,
                "hf-062: {:?}",
                origin.connections()
            );
            assert!(
                arrivals(&origin, b"two") <= 1,
                "hf-062: {:?}",
                origin.connections()
            );
            match result {
                Ok(response) => assert_eq!(response.body(), "second", "hf-062"),
                // `Connect` if the client noticed the end before it sent a byte.
                Err(error) => {
                    let is_known = matches!(error.kind(), Connect | Interrupted);
                    assert!(is_known, "hf-062: {error:?}");
                    let not_sent = error.kind() == Connect;
                    assert!(!not_sent || arrivals(&origin, b"two") == 0, "hf-062");
                }
            }
        }
    }
}

#[test]
fn a_reused_connection_that_ends_before_the_response_is_interrupted() {
    let mut reused = 0;
    for end in [Step::Close, Step::Reset] {
        for _ in 0..TRIES {
            let dying = [
                Step::ReadRequest,
                Step::send(FIRST),
                Step::ReadRequest,
                end.clone(),
            ];
            let script = Script::every(dying).then([Step::ReadRequest, Step::send(SECOND)]);
            let origin = Origin::start(script).unwrap();
            let subject = Backend::new(generous_limits());
            subject
                .send(request(&origin.url(PATH), "one".into()))
                .unwrap();
            let result = subject.send(request(&origin.url(PATH), "two".into()));
            assert_eq!(
                arrivals(&origin, b"two"),
                1,
                "hf-063: {:?}",
                origin.connections()
            );
            if origin.connections()[0].invocations() == 2 {
                let error = result.expect_err("hf-063: no response was sent");
                assert_eq!(error.kind(), Interrupted, "hf-063: {error:?}");
                assert_certainty(&error, &origin);
                reused += 1;
            }
        }
    }
    assert!(reused > 0, "hf-063: no connection was reused");
}
