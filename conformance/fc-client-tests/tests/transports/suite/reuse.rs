//! Connections that serve more than one call, and those that must not.

use bytes::Bytes;
use fc_transport::TransportErrorKind::Interrupted;
use fcgate_http::origin::{Connection, Origin, Script, Step};

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{PATH, is_certain, patient, request};

const FIRST: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst";
const SECOND: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond";
/// How often something is tried that hangs on which of two threads is faster.
const TRIES: usize = 20;

fn arrivals(origin: &Origin, payload: &[u8]) -> usize {
    let heard = origin.connections();
    let all = heard.iter().flat_map(Connection::requests);
    all.filter(|request| request.ends_with(payload)).count()
}

#[test]
fn calls_share_a_connection() {
    let origin = Origin::start(Script::serving(FIRST)).unwrap();
    let subject = Backend::new(patient());
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
fn each_call_gets_its_own_answer() {
    let steps = [
        Step::ReadRequest,
        Step::send(FIRST),
        Step::ReadRequest,
        Step::send(SECOND),
        Step::Again,
    ];
    let origin = Origin::start(Script::every(steps)).unwrap();
    let subject = Backend::new(patient());
    for call in 0..TRIES {
        let before = origin.connections();
        let response = subject.send(request(&origin.url(PATH), Bytes::new()));
        let (at, heard) = origin
            .connections()
            .into_iter()
            .enumerate()
            .find(|(at, now)| {
                let then = before.get(*at).map_or(0, Connection::invocations);
                now.invocations() > then
            })
            .expect("it arrived");
        let expected = ["second", "first"][heard.invocations() % 2];
        assert_eq!(
            response.unwrap().body(),
            expected,
            "hf-073, call {call} on {at}"
        );
    }
}

#[test]
fn a_connection_that_the_server_announces_to_close_is_not_used_again() {
    let answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nfirst";
    let origin = Origin::start(Script::serving(answer)).unwrap();
    let subject = Backend::new(patient());
    for _ in 0..3 {
        subject
            .send(request(&origin.url(PATH), Bytes::new()))
            .unwrap();
    }
    assert_eq!(origin.connection_count(), 3);
}

#[test]
fn a_kept_connection_that_ends_between_two_calls_runs_nothing_twice() {
    for end in [Step::Close, Step::Reset] {
        for _ in 0..TRIES {
            let dying = [Step::ReadRequest, Step::send(FIRST), end.clone()];
            let script = Script::every(dying).then([Step::ReadRequest, Step::send(SECOND)]);
            let origin = Origin::start(script).unwrap();
            let subject = Backend::new(patient());
            // With a reset behind it, the first answer may be lost as well.
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
                Err(error) => assert_eq!(error.kind(), Interrupted, "hf-062: {error:?}"),
            }
        }
    }
}

#[test]
fn a_kept_connection_that_ends_with_a_request_on_it_is_interrupted() {
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
            let subject = Backend::new(patient());
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
                let error = result.expect_err("hf-063: nothing was answered");
                assert_eq!(error.kind(), Interrupted, "hf-063: {error:?}");
                is_certain(&error, &origin);
                reused += 1;
            }
        }
    }
    assert!(reused > 0, "hf-063: no connection was ever used twice");
}
