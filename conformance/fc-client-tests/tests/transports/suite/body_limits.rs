//! The limit of the body length.

use bytes::Bytes;
use fc_transport::ExchangeLimits;
use fc_transport::TransportErrorKind::Protocol;
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Exchange, Expected, MAX_WAIT, exchange, generous_limits};
use crate::rows::{Row, play};

const LIMIT: usize = 1 << 20;
/// The bytes that two loopback sockets may buffer in addition.
const BUFFERS: u64 = 24 << 20;

fn limited() -> ExchangeLimits {
    generous_limits().body(LIMIT as u64)
}

fn declared(length: usize) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n")
}

#[test]
fn a_content_length_beyond_the_limit_is_rejected_before_the_body() {
    // No body follows, so a client that waits for it ends with a timeout.
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
            "until close",
            format!("{head}\r\n{body}"),
            Backend::ENGINE.pick(accepted(), accepted().or(Protocol)),
        )
        .limits(limited()),
    ]);
}

#[test]
fn a_body_one_byte_beyond_the_limit_is_rejected() {
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
        .keeps_connection(),
        Row::sends_and_closes(
            "until close",
            format!("{head}\r\n{body}"),
            Expected::error(Protocol),
        )
        .limits(limited())
        .keeps_connection(),
    ]);
}

#[test]
fn an_endless_body_is_read_only_to_the_limit() {
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
        assert_eq!(Expected::error(Protocol).mismatch(&result), None);
        assert!(
            origin.wait_until(MAX_WAIT, |connections| connections[0].has_ended()),
            "the client still reads"
        );
        let taken = origin.connections()[0].sent();
        assert!(
            taken < LIMIT as u64 + BUFFERS,
            "the client read {taken} bytes"
        );
    }
}

#[test]
fn a_limit_of_0_accepts_only_an_empty_body() {
    let none = generous_limits().body(0);
    play::<Backend>(vec![
        Row::sends("empty", declared(0), Expected::answer(200, "")).limits(none),
        Row::sends("one", declared(1) + "1", Expected::error(Protocol))
            .limits(none)
            .keeps_connection(),
    ]);
}
