//! The scripted origin that the suite uses.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use fcgate_http::origin::{Connection, DeadPort, Origin, Script, Step};

use crate::exchange::MAX_WAIT;

const REQUEST: &[u8] = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi";

fn connect(origin: &Origin) -> TcpStream {
    TcpStream::connect(origin.address()).unwrap()
}

fn text(peer: &mut TcpStream) -> String {
    let mut text = String::new();
    peer.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn only_a_complete_request_counts_as_an_invocation() {
    let origin = Origin::start(Script::every([Step::Stall])).unwrap();
    let mut peer = connect(&origin);
    let (last, most) = REQUEST.split_last().unwrap();
    peer.write_all(most).unwrap();
    let arrived = |length: usize| {
        let has_length = |connections: &[Connection]| {
            connections.iter().any(|one| one.received().len() == length)
        };
        assert!(origin.wait_until(MAX_WAIT, has_length));
    };
    arrived(most.len());
    assert_eq!(origin.invocations(), 0);
    peer.write_all(&[*last]).unwrap();
    arrived(REQUEST.len());
    assert_eq!(origin.invocations(), 1);
    assert_eq!(origin.connections()[0].requests().next(), Some(REQUEST));
}

#[test]
fn close_ends_the_connection_if_nothing_was_read() {
    let origin = Origin::start(Script::every([Step::send("bye"), Step::Close])).unwrap();
    let mut peer = connect(&origin);
    peer.write_all(REQUEST).unwrap();
    assert_eq!(text(&mut peer), "bye");
}

#[test]
fn reset_resets_the_connection() {
    let origin = Origin::start(Script::every([Step::ReadRequest, Step::Reset])).unwrap();
    let mut peer = connect(&origin);
    peer.write_all(REQUEST).unwrap();
    let error = peer.read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert!(origin.wait_until(MAX_WAIT, |connections| connections[0].has_ended()));
}

#[test]
fn each_connection_plays_its_own_steps() {
    let script = Script::every([Step::send("first")]).then([Step::send("later")]);
    let origin = Origin::start(script).unwrap();
    for expected in ["first", "later", "later"] {
        assert_eq!(text(&mut connect(&origin)), expected);
    }
    assert_eq!(origin.connection_count(), 3);
}

#[test]
fn serving_answers_every_request_of_a_connection() {
    let origin = Origin::start(Script::serving("yes")).unwrap();
    let mut peer = connect(&origin);
    for _ in 0..3 {
        peer.write_all(REQUEST).unwrap();
        let mut answer = [0; 3];
        peer.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"yes");
    }
    assert_eq!(origin.invocations(), 3);
}

#[test]
fn dropping_the_origin_ends_every_connection() {
    let flood = Step::flood("endless");
    let drip = Step::drip("slow", Duration::from_secs(3600));
    for step in [Step::Stall, Step::Hold, Step::ReadRequest, flood, drip] {
        let origin = Origin::start(Script::every([step])).unwrap();
        let mut peer = connect(&origin);
        assert!(origin.wait_until(MAX_WAIT, |connections| connections.len() == 1));
        drop(origin);
        // Either an end or a reset.
        let _ = peer.read_to_end(&mut Vec::new());
    }
}

#[test]
fn hold_reads_nothing_until_the_buffers_are_full() {
    let origin = Origin::start(Script::every([Step::Hold])).unwrap();
    let mut peer = connect(&origin);
    peer.set_nonblocking(true).unwrap();
    let piece = vec![0; 1 << 20];
    let full = (0..10_000).find_map(|_| peer.write(&piece).err());
    assert_eq!(full.unwrap().kind(), ErrorKind::WouldBlock);
    assert!(origin.wait_until(MAX_WAIT, |connections| connections.len() == 1));
    assert_eq!(origin.connections()[0].received(), b"");
}

#[test]
fn a_refusing_port_refuses_connections_and_a_silent_port_times_out() {
    let to = |port: &DeadPort| {
        let address = port.url("").trim_start_matches("http://").parse().unwrap();
        let result = TcpStream::connect_timeout(&address, Duration::from_millis(100));
        result.unwrap_err().kind()
    };
    assert_eq!(
        to(&DeadPort::refusing().unwrap()),
        ErrorKind::ConnectionRefused
    );
    assert_eq!(to(&DeadPort::silent().unwrap()), ErrorKind::TimedOut);
}
