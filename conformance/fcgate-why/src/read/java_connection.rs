//! Reads the log of Java's `HttpURLConnection`: `{POST /a HTTP/1.1: null}{Host: h}{Date: ..}`.

use super::lines::lines;
use super::start_line;
use super::transcript::Transcript;

/// The end of the field that holds the request line.
const REQUEST: &[u8] = b": null}";
/// The start of the field that holds the status line.
const STATUS: &[u8] = b"{null: ";

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let mut transcript = Transcript::default();
    for line in lines(text).map(<[u8]>::trim_ascii_end) {
        if let Some((request, fields)) = request(line) {
            transcript.sent_line(request);
            fields.for_each(|field| transcript.sent_line(field));
            transcript.sent(b"\r\n");
        } else if let Some(start) = position(line, STATUS) {
            let mut fields = fields(line.get(start + STATUS.len()..).unwrap_or_default());
            if let Some(status) = fields.next().filter(|status| status.starts_with(b"HTTP/")) {
                transcript.received_line(status);
                fields.for_each(|field| transcript.received_line(field));
                transcript.received(b"\r\n");
            }
        }
    }
    transcript.with_request()
}

/// The request line in a line of the log, and the fields after it.
fn request(line: &[u8]) -> Option<(&[u8], impl Iterator<Item = &[u8]>)> {
    let end = position(line, REQUEST)?;
    let before = line.get(..end)?;
    let start = before.iter().rposition(|byte| *byte == b'{')?;
    let request = before.get(start + 1..)?;
    let rest = line.get(end + REQUEST.len()..)?;
    let rest = rest.strip_prefix(b"{").unwrap_or_default();
    start_line::starts_with_request_line(request).then(|| (request, fields(rest)))
}

/// The fields of a text such as `Host: h}{Date: d}`.
fn fields(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text.strip_suffix(b"}").unwrap_or(text);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (field, after) = match position(rest, b"}{") {
            Some(end) => (rest.get(..end)?, rest.get(end + 2..)?),
            None => (rest, &b""[..]),
        };
        rest = after;
        Some(field)
    })
}

fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|bytes| bytes == wanted)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_log_of_a_connection_is_read() {
        let text = "FINE: sun.net.www.MessageHeader@60e53b93 pairs: {POST /a HTTP/1.1: null}{X-A: b {c}}{Host: h}{Content-Length: 2}\n\
            FINE: sun.net.www.MessageHeader@1 pairs: {null: HTTP/1.1 403 Forbidden}{Date: d}\n";
        let exchange = read(text.as_bytes())
            .unwrap()
            .exchanges()
            .unwrap()
            .remove(0);
        assert_eq!(exchange.request.target, "/a");
        assert_eq!(exchange.request.value("x-a"), Some("b {c}"));
        assert_eq!(exchange.response.map(|response| response.status), Some(403));
        assert!(read(b"{\"a\": {}}\n{").is_none());
    }
}
