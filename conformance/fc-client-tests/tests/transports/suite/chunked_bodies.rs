//! Chunked bodies, complete and malformed.

use fc_transport::TransportErrorKind::{Interrupted, Protocol, Timeout};
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, short_limits};
use crate::rows::{Row, play};

const HEAD: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

fn chunked(body: &str) -> String {
    format!("{HEAD}{body}")
}

#[test]
fn chunks_are_joined() {
    let expected = || Expected::answer(200, "1234567890abcdef");
    play::<Backend>(vec![
        Row::sends(
            "plain",
            chunked("10\r\n1234567890abcdef\r\n0\r\n\r\n"),
            expected(),
        ),
        Row::sends(
            "two with an extension",
            chunked("6;x=y\r\n123456\r\nA\r\n7890abcdef\r\n000\r\n\r\n"),
            expected(),
        ),
    ]);
}

#[test]
fn malformed_chunks_are_protocol_errors_and_close_the_connection() {
    let row = |id, body| Row::sends(id, chunked(body), Expected::error(Protocol));
    play::<Backend>(vec![
        row("empty size", "\r\n12345\r\n0\r\n\r\n"),
        row("negative size", "-5\r\n12345\r\n0\r\n\r\n"),
        row(
            "size beyond 64 bits",
            "10000000000000005\r\n12345\r\n0\r\n\r\n",
        ),
    ]);
}

#[test]
fn chunks_without_a_last_chunk_are_errors() {
    let cut = "5\r\n12345\r\n";
    play::<Backend>(vec![
        Row::sends_and_closes(
            "in the size",
            chunked("5"),
            Backend::ENGINE.pick(
                Expected::error(Interrupted),
                // ureq has the same error for a truncated line and for a line that is too long.
                Expected::error(Interrupted).or(Protocol),
            ),
        ),
        Row::sends_and_closes(
            "in the data",
            chunked("5\r\n123"),
            Expected::error(Interrupted),
        ),
        Row::sends_and_closes(
            "in the end",
            chunked("5\r\n12345\r\n0\r\n"),
            Backend::ENGINE.pick(
                Expected::error(Interrupted),
                // Only the empty line after the trailers is missing.
                Expected::answer(200, "12345").or(Interrupted),
            ),
        ),
        Row::sends("stalled", chunked(cut), Expected::error(Timeout)).limits(short_limits()),
    ]);
}

#[test]
fn an_endless_chunk_extension_is_a_protocol_error() {
    let steps = [
        Step::ReadRequest,
        Step::send(chunked("5;x=")),
        Step::flood("y".repeat(64 * 1024)),
    ];
    play::<Backend>(vec![Row::new(
        "extension",
        steps,
        Expected::error(Protocol),
    )]);
}
