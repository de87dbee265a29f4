//! Reads the `_header` of a request object as Node prints it: `_header: 'POST / HTTP/1.1\r\n' + ..`.

use super::string_literal;
use super::transcript::Transcript;

const NAMES: [&[u8]; 2] = [b"_header: ", b"\"_header\":"];

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let mut transcript = Transcript::default();
    for name in NAMES {
        let mut rest = text;
        while let Some(start) = rest.windows(name.len()).position(|bytes| bytes == name) {
            rest = rest.get(start + name.len()..).unwrap_or_default();
            let (bytes, after) = concatenation(rest);
            transcript.sent(&bytes);
            rest = after;
        }
    }
    transcript.with_request()
}

/// Literals that are joined with `+`.
fn concatenation(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((bytes, after)) = string_literal::decoded(rest.trim_ascii_start()) {
        out.extend(bytes);
        rest = after;
        match rest.trim_ascii_start().strip_prefix(b"+") {
            Some(next) => rest = next,
            None => break,
        }
    }
    (out, rest)
}
