//! The declared length of a body.

use fc_transport::TransportErrorKind::{Interrupted, Protocol};

use super::Backend;
use crate::exchange::Expected;
use crate::rows::{Row, play};

/// A response with these framing headers and this body.
fn response(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{headers}\r\nX-Fc-Request-Id: 1\r\n\r\n{body}")
}

fn refused(id: &'static str, headers: &str, body: &str) -> Row {
    let expected = Expected::error(Protocol);
    Row::sends(id, response(headers, body), expected)
}

#[test]
fn different_lengths_are_protocol_errors_and_close_the_connection() {
    play::<Backend>(vec![refused(
        "lines",
        "Content-Length: 5\r\nContent-Length: 6",
        "12345",
    )]);
}

#[test]
fn invalid_lengths_are_protocol_errors_and_close_the_connection() {
    play::<Backend>(vec![refused("minus", "Content-Length: -1", "12345")]);
}

#[test]
fn a_length_with_a_transfer_coding_is_a_protocol_error() {
    let turned = "Content-Length: 5\r\nTransfer-Encoding: chunked";
    play::<Backend>(vec![
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
        refused("stacked", "gzip, chunked"),
        refused("twice", "chunked\r\nTransfer-Encoding: chunked"),
    ]);
}

#[test]
fn a_truncated_body_is_an_error() {
    play::<Backend>(vec![Row::sends_and_closes(
        "closed",
        response("Content-Length: 10", "12345"),
        Expected::error(Interrupted),
    )]);
}
