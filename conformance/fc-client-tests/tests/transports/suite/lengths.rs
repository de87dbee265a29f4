//! How long a response says that its body is.

use fc_transport::TransportErrorKind::{Interrupted, Protocol, Timeout};
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, short};
use crate::rows::{Row, play};

/// A response with these framing headers and this body.
fn response(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{headers}\r\nX-Fc-Request-Id: 1\r\n\r\n{body}")
}

fn accepted(id: &'static str, headers: &str, body: &str) -> Row {
    let expected = Expected::answer(200, "12345");
    Row::sends(id, response(headers, body), expected)
}

fn refused(id: &'static str, headers: &str, body: &str) -> Row {
    let expected = Expected::error(Protocol);
    Row::sends(id, response(headers, body), expected)
}

#[test]
fn a_length_that_is_said_twice_alike_is_one_length() {
    play::<Backend>(vec![
        accepted("hf-013", "Content-Length: 5\r\nContent-Length: 5", "12345"),
        accepted("hf-014", "Content-Length: 5, 5", "12345"),
    ]);
}

#[test]
fn two_lengths_that_differ_are_refused_and_the_connection_dies() {
    play::<Backend>(vec![
        refused("hf-016", "Content-Length: 5, 6", "12345"),
        refused("lines", "Content-Length: 5\r\nContent-Length: 6", "12345"),
    ]);
}

#[test]
fn a_length_that_is_no_number_is_refused_and_the_connection_dies() {
    play::<Backend>(vec![
        refused("minus", "Content-Length: -1", "12345"),
        refused("hf-018", "Content-Length: +5", "12345"),
        refused("hf-019", "Content-Length: 5x", "12345"),
        refused("hf-020", "Content-Length: 0x5", "12345"),
        refused("hf-021", "Content-Length: 18446744073709551616", "12345"),
    ]);
}

#[test]
fn a_length_beside_a_transfer_coding_is_refused_and_the_connection_dies() {
    let both = "Transfer-Encoding: chunked\r\nContent-Length: 5";
    let turned = "Content-Length: 5\r\nTransfer-Encoding: chunked";
    play::<Backend>(vec![
        refused("hf-025", both, "5\r\n12345\r\n0\r\n\r\n").refused(),
        refused("turned", turned, "5\r\n12345\r\n0\r\n\r\n").refused(),
    ]);
}

#[test]
fn an_unknown_transfer_coding_is_refused_and_the_connection_dies() {
    let refused = |id, coding: &str| {
        let headers = format!("Transfer-Encoding: {coding}");
        refused(id, &headers, "5\r\n12345\r\n0\r\n\r\n").refused()
    };
    play::<Backend>(vec![
        refused("hf-027", "chunked, identity"),
        refused("hf-028", "xchunked"),
        refused("stacked", "gzip, chunked"),
        refused("twice", "chunked\r\nTransfer-Encoding: chunked"),
    ]);
}

#[test]
fn more_bytes_than_the_length_never_become_an_answer() {
    play::<Backend>(vec![
        accepted("hf-012", "Content-Length: 5", "12345HTTP/").dies(),
        accepted(
            "hf-059",
            "Content-Length: 5",
            "12345HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse",
        )
        .dies(),
    ]);
}

#[test]
fn without_a_length_the_body_ends_with_the_connection() {
    let expected = Backend::ENGINE.pick(
        Expected::answer(200, "12345"),
        // It reads a reset as an end, and tells nobody: where only the end tells the length, the adapter
        // may refuse, and a body that was cut must not pass for a whole one.
        Expected::answer(200, "12345").or(Protocol),
    );
    let bare = response("X-A: 1", "12345");
    play::<Backend>(vec![Row::sends_and_closes("hf-023", bare, expected)]);
}

#[test]
fn a_body_that_is_cut_is_never_a_short_one() {
    let reset = |id, text: String| {
        let steps = [Step::ReadRequest, Step::send(text), Step::Reset];
        Row::new(id, steps, Expected::error(Interrupted))
    };
    play::<Backend>(vec![
        reset("hf-010", response("Content-Length: 10", "12345")),
        Row::sends_and_closes(
            "closed",
            response("Content-Length: 10", "12345"),
            Expected::error(Interrupted),
        ),
        Row::sends(
            "hf-011",
            response("Content-Length: 10", "12345"),
            Expected::error(Timeout),
        )
        .limits(short()),
    ]);
}

#[test]
fn a_reset_is_no_end_of_a_body_without_a_length() {
    let steps = [
        Step::ReadRequest,
        Step::send(response("X-A: 1", "12345")),
        Step::Reset,
    ];
    let expected = Backend::ENGINE.pick(
        Expected::error(Interrupted),
        Expected::error(Interrupted).or(Protocol),
    );
    play::<Backend>(vec![Row::new("hf-024", steps, expected)]);
}

#[test]
fn a_huge_length_allocates_nothing() {
    let huge = response("Content-Length: 9223372036854775807", "12345");
    play::<Backend>(vec![
        // By the body's limit it is refused at once; without one it is waited for.
        Row::sends("hf-022", &huge, Expected::error(Protocol)),
        Row::sends("hf-022 without limit", &huge, Expected::error(Timeout))
            .limits(short().body(u64::MAX)),
    ]);
}
