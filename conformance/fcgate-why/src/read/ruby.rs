//! Reads the debug output of Ruby's `net/http` (`set_debug_output`): `<- ".."` is sent, `-> ".."` is received.

use super::lines::lines;
use super::string_literal;
use super::transcript::Transcript;

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let mut transcript = Transcript::default();
    for line in lines(text) {
        if let Some(bytes) = literal(line, b"<- \"") {
            transcript.sent(&bytes);
        } else if let Some(bytes) = literal(line, b"-> \"") {
            transcript.received(&bytes);
        }
    }
    transcript.with_request()
}

/// The bytes of the literal after an arrow. The arrow includes the quote.
fn literal(line: &[u8], arrow: &[u8]) -> Option<Vec<u8>> {
    let start = line.windows(arrow.len()).position(|bytes| bytes == arrow)?;
    let quoted = line.get(start + arrow.len() - 1..)?;
    string_literal::decoded(quoted).map(|(bytes, _)| bytes)
}
