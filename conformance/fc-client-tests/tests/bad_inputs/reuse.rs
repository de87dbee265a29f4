//! Connections that are used again.

use bytes::Bytes;
use fc_bad_inputs::Entry;
use fc_transport::TransportErrorKind::{Connect, Interrupted};
use fcgate_http::origin::{Connection, Origin, Script, Step};

use crate::backends::Subject;
use crate::exchange::{PATH, assert_certainty, generous_limits, request};
use crate::for_each_transport;

const FIRST: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst";
const SECOND: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond";
/// The number of attempts for a result that depends on the order of two threads.
const TRIES: usize = 20;

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    match entry.id() {
        "hf-062" => {
            for_each_transport!(idle_connection_ends());
            entry.expect("TransportError:Interrupted")
        }
        "hf-063" => {
            for_each_transport!(used_connection_ends());
            entry.expect("TransportError:Interrupted")
        }
        _ => {
            for_each_transport!(own_response());
            entry.expect("accept")
        }
    }
}

fn arrivals(origin: &Origin, payload: &[u8]) -> usize {
    let connections = origin.connections();
    let all = connections.iter().flat_map(Connection::requests);
    all.filter(|request| request.ends_with(payload)).count()
}

fn own_response<S: Subject>() {
    let steps = [
        Step::ReadRequest,
        Step::send(FIRST),
        Step::ReadRequest,
        Step::send(SECOND),
        Step::Again,
    ];
    let origin = Origin::start(Script::every(steps)).unwrap();
    let subject = S::new(generous_limits());
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
        assert_eq!(response.unwrap().body(), expected, "call {call} on {at}");
    }
}

fn idle_connection_ends<S: Subject>() {
    for end in [Step::Close, Step::Reset] {
        for _ in 0..TRIES {
            let dying = [Step::ReadRequest, Step::send(FIRST), end.clone()];
            let script = Script::every(dying).then([Step::ReadRequest, Step::send(SECOND)]);
            let origin = Origin::start(script).unwrap();
            let subject = S::new(generous_limits());
            // A reset may also discard the first response.
            let _ = subject.send(request(&origin.url(PATH), "one".into()));
            let result = subject.send(request(&origin.url(PATH), "two".into()));
            assert!(arrivals(&origin, b"one") <= 1, "{:?}", origin.connections());
            assert!(arrivals(&origin, b"two") <= 1, "{:?}", origin.connections());
            match result {
                Ok(response) => assert_eq!(response.body(), "second"),
                // `Connect` if the client noticed the end before it sent a byte.
                Err(error) => {
                    let is_known = matches!(error.kind(), Connect | Interrupted);
                    assert!(is_known, "{error:?}");
                    let not_sent = error.kind() == Connect;
                    assert!(!not_sent || arrivals(&origin, b"two") == 0);
                }
            }
        }
    }
}

fn used_connection_ends<S: Subject>() {
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
            let subject = S::new(generous_limits());
            subject
                .send(request(&origin.url(PATH), "one".into()))
                .unwrap();
            let result = subject.send(request(&origin.url(PATH), "two".into()));
            assert_eq!(arrivals(&origin, b"two"), 1, "{:?}", origin.connections());
            if origin.connections()[0].invocations() == 2 {
                let error = result.expect_err("no response was sent");
                assert_eq!(error.kind(), Interrupted, "{error:?}");
                assert_certainty(&error, &origin);
                reused += 1;
            }
        }
    }
    assert!(reused > 0, "no connection was reused");
}
