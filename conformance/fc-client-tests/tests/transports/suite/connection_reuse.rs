//! Connections that are reused, and connections that must not be.

use bytes::Bytes;
use fcgate_http::origin::{Origin, Script};

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{PATH, generous_limits, request};

const FIRST: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst";
const TRIES: usize = 20;

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
