//! Bodies are returned as bytes and are not decompressed.

use bytes::Bytes;

use super::Backend;
use crate::exchange::Expected;
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
fn bodies_with_other_content_codings_are_returned_unchanged() {
    let row = |id, coding, body: &[u8]| {
        let expected = Expected::answer(200, Bytes::copy_from_slice(body));
        Row::sends(id, encoded(coding, body), expected)
    };
    play::<Backend>(vec![
        row("deflate", "deflate", GZIP),
        row("x-gzip", "x-gzip", GZIP),
    ]);
}
