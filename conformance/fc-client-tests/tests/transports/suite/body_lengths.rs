//! The declared length of a body.

use fc_transport::TransportErrorKind::{Interrupted, Protocol, Timeout};
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, short_limits};
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
fn equal_duplicate_lengths_are_accepted() {
    play::<Backend>(vec![
        accepted("hf-013", "Content-Length: 5\r\nContent-Length: 5", "12345"),
        accepted("hf-014", "Content-Length: 5, 5", "12345"),
    ]);
}

#[test]
fn different_lengths_are_protocol_errors_and_close_the_connection() {
    play::<Backend>(vec![
        refused("hf-016", "Content-Length: 5, 6", "12345"),
        refused("lines", "Content-Length: 5\r\nContent-Length: 6", "12345"),
    ]);
}

#[test]
fn invalid_lengths_are_protocol_errors_and_close_the_connection() {
    play::<Backend>(vec![
        refused("minus", "Content-Length: -1", "12345"),
        refused("hf-018", "Content-Length: +5", "12345"),
        refused("hf-019", "Content-Length: 5x", "12345"),
        refused("hf-020", "Content-Length: 0x5", "12345"),
        refused("hf-021", "Content-Length: 18446744073709551616", "12345"),
    ]);
}

#[test]
fn a_length_with_a_transfer_coding_is_a_protocol_error() {
    let both = "Transfer-Encoding: chunked\r\nContent-Length: 5";
    let turned = "Content-Length: 5\r\nTransfer-Encoding: chunked";
    play::<Backend>(vec![
        refused("hf-025", both, "5\r\n12345\r\n0\r\n\r\n").not_reused(),
        refused("turned", turned, "5\r\n12345\r\n0\r\n\r\n").not_reused(),
    ]);
}

#[test]
fn unknown_transfer_codings_are_protocol_errors() {
    let refused = |id, coding: &str| {
        let headers = format!("Transfer-Encoding: {coding}");
        refused(id, &headers, "5\r\n12345\r\n0\r\n\r\n").not_reused()
    };
    play::<Backend>(vec![
        refused("hf-027", "chunked, identity"),
        refused("hf-028", "xchunked"),
        refused("stacked", "gzip, chunked"),
        refused("twice", "chunked\r\nTransfer-Encoding: chunked"),
    ]);
}

#[test]
fn bytes_after_the_body_are_not_read_as_a_response() {
    play::<Backend>(vec![
        accepted("hf-012", "Content-Length: 5", "12345HTTP/").closes_connection(),
        accepted(
            "hf-059",
            "Content-Length: 5",
            "12345HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse",
        )
        .closes_connection(),
    ]);
}

#[test]
fn a_body_without_a_length_ends_with_the_connection() {
    let expected = Backend::ENGINE.pick(
        Expected::answer(200, "12345"),
        // ureq treats a reset as the end of the body. Without a length the adapter may reject the response,
        // because a truncated body must not be returned as a complete one.
        Expected::answer(200, "12345").or(Protocol),
    );
    let bare = response("X-A: 1", "12345");
    play::<Backend>(vec![Row::sends_and_closes("hf-023", bare, expected)]);
}

#[test]
fn a_truncated_body_is_an_error() {
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
        .limits(short_limits()),
    ]);
}

#[test]
fn a_reset_is_not_the_end_of_a_body_without_a_length() {
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
fn a_huge_content_length_allocates_nothing() {
    let huge = response("Content-Length: 9223372036854775807", "12345");
    play::<Backend>(vec![
        // The body limit rejects it at once; without a limit the client waits for the body.
        Row::sends("hf-022", &huge, Expected::error(Protocol)),
        Row::sends("hf-022 without limit", &huge, Expected::error(Timeout))
            .limits(short_limits().body(u64::MAX)),
    ]);
}
