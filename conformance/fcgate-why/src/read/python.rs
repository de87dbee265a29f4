//! Reads the debug output of Python's `http.client` (`debuglevel=1`): `send: b'..'`, `reply: '..'`, `header: ..`.

use super::lines::lines;
use super::string_literal;
use super::transcript::Transcript;

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let mut transcript = Transcript::default();
    let mut in_response = false;
    for line in lines(text) {
        let line = line.trim_ascii();
        if let Some(bytes) = literal(line, b"send: ") {
            if in_response {
                transcript.received(b"\r\n");
                in_response = false;
            }
            transcript.sent(&bytes);
        } else if let Some(bytes) = literal(line, b"reply: ") {
            transcript.received(&bytes);
            in_response = true;
        } else if let Some(header) = line.strip_prefix(b"header: ").filter(|_| in_response) {
            transcript.received_line(header);
        }
    }
    transcript.with_request()
}

/// The bytes of the literal after a word of the output.
fn literal(line: &[u8], word: &[u8]) -> Option<Vec<u8>> {
    let start = line.windows(word.len()).position(|bytes| bytes == word)?;
    let rest = line.get(start + word.len()..)?;
    let rest = rest.strip_prefix(b"b").unwrap_or(rest);
    string_literal::decoded(rest).map(|(bytes, _)| bytes)
}
