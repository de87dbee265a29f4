//! The declared length of a body, and its coding.

use bytes::Bytes;
use fc_bad_inputs::Entry;
use fc_transport::TransportErrorKind::{Interrupted, Protocol, Timeout};
use fcgate_http::origin::Step;

use crate::backends::Engine;
use crate::exchange::{Expected, generous_limits, short_limits};
use crate::play_rows::Row;

/// `abc` by gzip 1.12 with `-n`.
pub(crate) const GZIP: &[u8] =
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\x4a\x06\x00\xc2\x41\x24\x35\x03\x00\x00\x00";

pub(crate) fn encoded(coding: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// A response with these framing headers and this body.
fn response(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{headers}\r\nX-Fc-Request-Id: 1\r\n\r\n{body}")
}

fn accepted(headers: &str, body: &str) -> Row {
    let expected = Expected::answer(200, "12345");
    Row::sends("row", response(headers, body), expected)
}

fn refused(headers: &str) -> Row {
    let expected = Expected::error(Protocol);
    Row::sends("row", response(headers, "12345"), expected)
}

/// Contradictory framing with a chunked body, which our own check of the head refuses.
fn contradiction(headers: &str) -> Row {
    let body = "5\r\n12345\r\n0\r\n\r\n";
    let expected = Expected::error(Protocol);
    Row::sends("row", response(headers, body), expected).not_reused()
}

fn unchanged(coding: &str, body: &[u8]) -> Row {
    let expected = Expected::answer(200, Bytes::copy_from_slice(body));
    Row::sends("row", encoded(coding, body), expected)
}

pub(super) fn rows(entry: &Entry, engine: Engine) -> Option<Vec<Row>> {
    // The body of a response without a length, of which ureq cannot see a reset.
    let bare = response("X-A: 1", "12345");
    let huge = response("Content-Length: 9223372036854775807", "12345");
    Some(vec![match entry.id() {
        "hf-010" => Row::new(
            "reset",
            [
                Step::ReadRequest,
                Step::send(response("Content-Length: 10", "12345")),
                Step::Reset,
            ],
            Expected::error(Interrupted),
        ),
        "hf-011" => Row::sends(
            "stalled",
            response("Content-Length: 10", "12345"),
            Expected::error(Timeout),
        )
        .limits(short_limits()),
        "hf-012" => accepted("Content-Length: 5", "12345HTTP/").closes_connection(),
        "hf-013" => accepted("Content-Length: 5\r\nContent-Length: 5", "12345"),
        "hf-014" => accepted("Content-Length: 5, 5", "12345"),
        "hf-016" => refused("Content-Length: 5, 6"),
        "hf-018" => refused("Content-Length: +5"),
        "hf-019" => refused("Content-Length: 5x"),
        "hf-020" => refused("Content-Length: 0x5"),
        "hf-021" => refused("Content-Length: 18446744073709551616"),
        "hf-022" => {
            let waits = Row::sends("no body limit", &huge, Expected::error(Timeout));
            let refused = Row::sends("a limit", &huge, Expected::error(Protocol).or(Timeout));
            return Some(vec![
                waits.limits(short_limits().body(u64::MAX)),
                refused.limits(short_limits()),
            ]);
        }
        "hf-023" => Row::sends_and_closes(
            "closed",
            bare,
            engine.pick(
                Expected::answer(200, "12345"),
                Expected::answer(200, "12345").or(Protocol),
            ),
        ),
        "hf-024" => Row::new(
            "reset",
            [Step::ReadRequest, Step::send(bare), Step::Reset],
            engine.pick(
                Expected::error(Interrupted),
                Expected::error(Interrupted).or(Protocol),
            ),
        ),
        "hf-025" => contradiction("Transfer-Encoding: chunked\r\nContent-Length: 5"),
        "hf-027" => contradiction("Transfer-Encoding: chunked, identity"),
        "hf-028" => contradiction("Transfer-Encoding: xchunked"),
        "hf-059" => accepted(
            "Content-Length: 5",
            "12345HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse",
        )
        .closes_connection(),
        "hf-064" => unchanged("gzip", GZIP),
        "hf-065" => unchanged("gzip", &vec![0; 10 << 20]),
        "hf-066" => unchanged("gzip, gzip, gzip, gzip, gzip, gzip, br, zstd", GZIP),
        "hf-067" => unchanged("gzip", &GZIP[..12]),
        "rs-018" => {
            let limit = entry.field("limit").as_u64().unwrap();
            let body = entry.bytes("body");
            let head = format!("Content-Length: {}", body.len());
            Row::sends("too large", response(&head, ""), Expected::error(Protocol))
                .limits(generous_limits().body(limit))
        }
        _ => return None,
    }])
}
