//! Reads a request in a string literal: Go's `%q`, Python's `repr`, a log line in JSON.

use super::start_line;
use super::string_literal::decoded_until;
use super::transcript::Transcript;

/// The end of a request line in a literal.
const ENDS: [&[u8]; 4] = [
    br" HTTP/1.1\r\n",
    br" HTTP/1.0\r\n",
    br" HTTP/1.1\n",
    br" HTTP/2.0\r\n",
];

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let (start, version_end) = request_start(text)?;
    let quote = start.checked_sub(1).and_then(|at| text.get(at)).copied();
    let quote = quote.filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
    let is_end = |byte: u8| quote.map_or(byte == b'\n', |quote| byte == quote);
    let rest = text.get(version_end..)?;
    let (after_line, rest) = decoded_until(rest, is_end);
    let mut transcript = Transcript::default();
    transcript.sent(text.get(start..version_end)?);
    transcript.sent(&after_line);
    if let Some(response) = rest.windows(5).position(|five| five == b"HTTP/") {
        let (response, _) = decoded_until(rest.get(response..)?, is_end);
        transcript.received(&response);
    }
    transcript.with_request()
}

/// The offsets of the method and of the end of the version.
fn request_start(text: &[u8]) -> Option<(usize, usize)> {
    let places = ENDS.iter().filter_map(|end| {
        let at = text.windows(end.len()).position(|bytes| bytes == *end)?;
        Some(at + b" HTTP/1.1".len())
    });
    let end = places.min()?;
    let before = text.get(..end)?;
    let is_before_line = |byte: &u8| matches!(byte, b'\n' | b'"' | b'\'' | b'`');
    let line = before
        .iter()
        .rposition(is_before_line)
        .map_or(0, |at| at + 1);
    let found = start_line::find(before.get(line..)?)?;
    Some((line + found.offset, end))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_request_in_a_log_line_of_json_is_read() {
        let text = br#"{"level":"debug","msg":"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}","t":1}"#;
        let exchanges = read(text).unwrap().exchanges().unwrap();
        assert_eq!(exchanges[0].request.value("host"), Some("h"));
        assert!(exchanges[0].notes.is_empty());
    }
}
