//! How much of a body is held in memory.

use bytes::Bytes;
use fc_transport::Limits;
use fc_transport::TransportErrorKind::Protocol;
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Exchange, Expected, PATIENCE, exchange, patient};
use crate::rows::{Row, play};

const LIMIT: usize = 1 << 20;
/// What two sockets on loopback may hold besides.
const BUFFERS: u64 = 24 << 20;

fn limited() -> Limits {
    patient().body(LIMIT as u64)
}

fn declared(length: usize) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n")
}

#[test]
fn a_declared_length_beyond_the_limit_is_refused_before_the_body_comes() {
    // Nothing follows the head: who waits for the body gets no further than the time limit.
    play::<Backend>(vec![
        Row::sends("declared", declared(LIMIT + 1), Expected::error(Protocol)).limits(limited()),
        Row::sends(
            "unless set",
            declared((64 << 20) + 1),
            Expected::error(Protocol),
        ),
    ]);
}

#[test]
fn a_body_as_long_as_the_limit_is_accepted() {
    let body = "b".repeat(LIMIT);
    let accepted = || Expected::answer(200, Bytes::from(body.clone()));
    let head = "HTTP/1.1 200 OK\r\n";
    play::<Backend>(vec![
        Row::sends("declared", declared(LIMIT) + &body, accepted()).limits(limited()),
        Row::sends(
            "chunked",
            format!("{head}Transfer-Encoding: chunked\r\n\r\n{LIMIT:x}\r\n{body}\r\n0\r\n\r\n"),
            accepted(),
        )
        .limits(limited()),
        Row::sends_and_closes(
            "to the end",
            format!("{head}\r\n{body}"),
            Backend::ENGINE.pick(accepted(), accepted().or(Protocol)),
        )
        .limits(limited()),
    ]);
}

#[test]
fn one_byte_beyond_the_limit_is_refused() {
    let body = "b".repeat(LIMIT + 1);
    let size = body.len();
    let head = "HTTP/1.1 200 OK\r\n";
    play::<Backend>(vec![
        Row::sends(
            "chunked",
            format!("{head}Transfer-Encoding: chunked\r\n\r\n{size:x}\r\n{body}\r\n0\r\n\r\n"),
            Expected::error(Protocol),
        )
        .limits(limited())
        .lives(),
        Row::sends_and_closes(
            "to the end",
            format!("{head}\r\n{body}"),
            Expected::error(Protocol),
        )
        .limits(limited())
        .lives(),
    ]);
}

#[test]
fn an_endless_body_is_read_no_further_than_the_limit() {
    let head = "HTTP/1.1 200 OK\r\n";
    let piece = "b".repeat(64 * 1024);
    let endless = [
        (format!("{head}\r\n"), piece.clone()),
        (
            format!("{head}Transfer-Encoding: chunked\r\n\r\n"),
            format!("{:x}\r\n{piece}\r\n", piece.len()),
        ),
    ];
    for (head, piece) in endless {
        let subject = Backend::new(limited());
        let steps = [Step::ReadRequest, Step::send(head), Step::flood(piece)];
        let Exchange { result, origin } = exchange(&subject, steps, "");
        assert_eq!(Expected::error(Protocol).misses(&result), None);
        assert!(
            origin.wait_until(PATIENCE, |heard| heard[0].has_ended()),
            "it reads on"
        );
        let taken = origin.connections()[0].sent();
        assert!(taken < LIMIT as u64 + BUFFERS, "it took {taken} bytes");
    }
}

#[test]
fn an_empty_body_passes_a_limit_of_nothing() {
    let none = patient().body(0);
    play::<Backend>(vec![
        Row::sends("empty", declared(0), Expected::answer(200, "")).limits(none),
        Row::sends("one", declared(1) + "1", Expected::error(Protocol))
            .limits(none)
            .lives(),
    ]);
}
