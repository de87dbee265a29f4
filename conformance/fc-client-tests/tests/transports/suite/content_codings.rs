//! Bodies are returned as bytes and are not decompressed.

use bytes::Bytes;
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, exchange, generous_limits};
use crate::rows::{Row, play};

/// `abc` by gzip 1.12 with `-n`.
const GZIP: &[u8] =
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\x4a\x06\x00\xc2\x41\x24\x35\x03\x00\x00\x00";

fn encoded(coding: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

#[test]
fn bodies_with_a_content_coding_are_returned_unchanged() {
    let row = |id, coding, body: &[u8]| {
        let expected = Expected::answer(200, Bytes::copy_from_slice(body));
        Row::sends(id, encoded(coding, body), expected)
    };
    // A large body that would expand if it were decompressed.
    let bomb = vec![0; 10 << 20];
    play::<Backend>(vec![
        row("hf-064", "gzip", GZIP),
        row("hf-065", "gzip", &bomb),
        row(
            "hf-066",
            "gzip, gzip, gzip, gzip, gzip, gzip, br, zstd",
            GZIP,
        ),
        row("hf-067", "gzip", &GZIP[..12]),
        row("deflate", "deflate", GZIP),
        row("x-gzip", "x-gzip", GZIP),
    ]);
}

#[test]
fn content_encoding_and_content_length_are_kept() {
    let subject = Backend::new(generous_limits());
    let answer = Step::send(encoded("gzip", GZIP));
    let steps = [Step::ReadRequest, answer, Step::Stall];
    let response = exchange(&subject, steps, "").result.expect("hf-064");
    assert_eq!(response.headers()["content-encoding"], "gzip", "hf-064");
    assert_eq!(response.headers()["content-length"], "23", "hf-064");
}
