//! What a transport does not do by itself: follow, retry, keep cookies, use proxies; and the calls that are dropped.

use fc_bad_inputs::Entry;
use fc_transport::TransportErrorKind::Protocol;
use fcgate_http::origin::{Connection, Origin, Script, Step};

use crate::backends::{Cancelling, Hyper, Reqwest, Subject};
use crate::exchange::{Exchange, Expected, MAX_WAIT, PATH, exchange, generous_limits, request};
use crate::{for_each_transport, proxies};

const EMPTY: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    match entry.id() {
        "tp-010" => {
            for_each_transport!(no_cookie(entry));
        }
        "tp-013" => {
            for_each_transport!(no_other_service(entry));
        }
        "tp-014" => proxies::check(),
        "tp-023" => {
            dropped_call::<Hyper>();
            dropped_call::<Reqwest>();
        }
        _ if entry.has("status") => {
            for_each_transport!(not_followed(entry));
        }
        _ => return Err("the test does not know this input".to_owned()),
    }
    entry.expect("accept")
}

/// The lines of the headers of an entry; `OTHER` becomes the port of a second listener.
fn lines(entry: &Entry, other: &Origin) -> Vec<u8> {
    let mut lines = Vec::new();
    let headers = if entry.has("headers") {
        entry.headers("headers")
    } else {
        Vec::new()
    };
    for (name, value) in headers {
        lines.extend(format!("{name}: ").into_bytes());
        let port = other.address().port().to_string();
        match String::from_utf8(value) {
            Ok(value) => lines.extend(value.replace("OTHER", &port).into_bytes()),
            Err(raw) => lines.extend(raw.into_bytes()),
        }
        lines.extend(b"\r\n");
    }
    lines
}

/// The response is returned, no second request arrives, and the second listener sees nothing.
fn not_followed<S: Subject>(entry: &Entry) {
    let other = Origin::start(Script::serving(EMPTY)).unwrap();
    let status = u16::try_from(entry.field("status").as_u64().unwrap()).unwrap();
    let lines = lines(entry, &other);
    // A line feed in the value ends the line and, with the CRLF after it, the head. So no more headers can follow.
    let ends_head = lines.ends_with(b"\n\r\n");
    let (rest, body) = if ends_head {
        ("", "")
    } else {
        ("Content-Length: 5\r\n\r\nmoved", "moved")
    };
    let mut answer = format!("HTTP/1.1 {status} X\r\n").into_bytes();
    answer.extend(lines);
    answer.extend_from_slice(rest.as_bytes());
    let end = if ends_head { Step::Close } else { Step::Stall };
    let steps = [Step::ReadRequest, Step::Send(answer.into()), end];
    let subject = S::new(generous_limits());
    let Exchange { result, origin } = exchange(&subject, steps, "payload");
    let expected = if ends_head {
        Expected::answer(status, body).or(Protocol)
    } else {
        Expected::answer(status, body)
    };
    assert_eq!(expected.mismatch(&result), None, "{}", S::NAME);
    assert_eq!(other.connection_count(), 0, "{}", S::NAME);
    assert_eq!(origin.connection_count(), 1, "{}", S::NAME);
    assert_eq!(origin.invocations(), 1, "{}", S::NAME);
}

/// Two calls to an origin whose every response has the headers of the entry.
fn twice<S: Subject>(entry: &Entry, other: &Origin) -> Origin {
    let mut answer = b"HTTP/1.1 200 OK\r\n".to_vec();
    answer.extend(lines(entry, other));
    answer.extend_from_slice(b"Content-Length: 0\r\n\r\n");
    let origin = Origin::start(Script::serving(answer)).unwrap();
    let subject = S::new(generous_limits());
    for _ in 0..2 {
        subject.send(request(&origin.url(PATH), "".into())).unwrap();
    }
    assert_eq!(origin.invocations(), 2, "{}", S::NAME);
    origin
}

fn no_cookie<S: Subject>(entry: &Entry) {
    let other = Origin::start(Script::serving(EMPTY)).unwrap();
    for connection in twice::<S>(entry, &other).connections() {
        let text = String::from_utf8_lossy(connection.received()).to_ascii_lowercase();
        assert!(!text.contains("cookie"), "{text}");
    }
}

fn no_other_service<S: Subject>(entry: &Entry) {
    let other = Origin::start(Script::serving(EMPTY)).unwrap();
    twice::<S>(entry, &other);
    assert_eq!(other.connection_count(), 0);
}

/// A call that is dropped while the body arrives closes its connection.
fn dropped_call<S: Cancelling>() {
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345";
    let steps = [Step::ReadRequest, Step::send(half), Step::Stall];
    let origin = Origin::start(Script::every(steps)).unwrap();
    let subject = S::new(generous_limits());
    subject.abandon(request(&origin.url(PATH), "payload".into()), || {
        let sent = |all: &[Connection]| all.first().is_some_and(|one| one.sent() > 0);
        assert!(origin.wait_until(MAX_WAIT, sent));
    });
    let gone = |all: &[Connection]| all.iter().all(Connection::has_ended);
    assert!(origin.wait_until(MAX_WAIT, gone), "the connection is open");
    assert_eq!((origin.connection_count(), origin.invocations()), (1, 1));
}

/// The one entry about an input: an empty payload has a length.
pub(crate) fn empty_payload(entry: &Entry) -> Result<(), String> {
    for_each_transport!(length_of(entry));
    entry.expect("accept")
}

fn length_of<S: Subject>(entry: &Entry) {
    let payload = entry.bytes("payload");
    assert_eq!(payload, b"");
    let origin = Origin::start(Script::serving(EMPTY)).unwrap();
    let call = request(&origin.url(PATH), payload.into());
    S::new(generous_limits()).send(call).unwrap();
    let connections = origin.connections();
    let text = String::from_utf8_lossy(connections[0].received()).to_ascii_lowercase();
    assert!(text.contains("\r\ncontent-length: 0\r\n"), "{text}");
}
