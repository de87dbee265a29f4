//! Reads raw HTTP/1.1, also with lines before it, with the prefix of a logger, and with a response after it.
//!
//! `tcpdump -A`, Wireshark's "follow stream", mitmproxy, httpie, Postman's console, Go's `DumpRequest` and the `.http` files
//! of editors print this form.

use super::lines::{lines, without_prefix};
use super::message;
use super::start_line;
use super::transcript::Transcript;
use fcgate_http::request::parse_header_line;

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let text = from_request_line(text)?;
    let text = with_version(&text);
    let mut transcript = Transcript::default();
    let (request, response) = separated(&text);
    transcript.sent(request);
    if let Some(response) = response {
        transcript.received(&response);
    }
    transcript.with_request()
}

/// The text from the request line on, without the prefix of a logger.
///
/// A line without a version is a request line if a header line follows it, or if there is no other request line.
fn from_request_line(text: &[u8]) -> Option<Vec<u8>> {
    let mut all = lines(text).enumerate().peekable();
    let mut fallback = None;
    let mut chosen = None;
    while let Some((number, line)) = all.next() {
        let Some(found) = request_line(line) else {
            continue;
        };
        let next = all.peek().map(|(_, next)| next.trim_ascii_start());
        let is_followed = next.is_some_and(|next| parse_header_line(next).is_ok());
        if found.has_version || is_followed {
            chosen = Some(number);
            break;
        }
        fallback = fallback.or(Some(number));
    }
    let chosen = chosen.or(fallback)?;
    let start = text
        .split_inclusive(|byte| *byte == b'\n')
        .take(chosen)
        .map(<[u8]>::len)
        .sum();
    without_prefix(text.get(start..)?, |line| {
        request_line(line).map(|found| found.offset)
    })
}

/// The request line in a line, after its indentation.
fn request_line(line: &[u8]) -> Option<start_line::RequestLine> {
    let indentation = line.len() - line.trim_ascii_start().len();
    let mut found = start_line::find(line.get(indentation..)?)?;
    found.offset += indentation;
    Some(found)
}

/// The text with a version in its request line.
///
/// Editors allow a URL on several lines, the later ones start with `?` or `&`.
fn with_version(text: &[u8]) -> Vec<u8> {
    let mut all = text.split_inclusive(|byte| *byte == b'\n');
    let first = all.next().unwrap_or_default();
    if start_line::has_version(first.trim_ascii_end()) {
        return text.to_vec();
    }
    let mut out = first.trim_ascii_end().to_vec();
    let mut length = first.len();
    for line in all {
        let part = line.trim_ascii();
        if !part.starts_with(b"?") && !part.starts_with(b"&") {
            break;
        }
        out.extend_from_slice(part);
        length += line.len();
    }
    out.extend_from_slice(b" HTTP/1.1\r\n");
    out.extend_from_slice(text.get(length..).unwrap_or_default());
    out
}

/// Splits the text after the body of the request.
fn separated(text: &[u8]) -> (&[u8], Option<Vec<u8>>) {
    let Ok(message) = message::message(text) else {
        return (text, None);
    };
    let Some(rest) = message.rest else {
        return (text, None);
    };
    let head = text.len() - rest.len();
    let length = message.headers.get_trimmed("content-length");
    let length = length.and_then(|length| length.parse::<usize>().ok());
    if let Some(length) = length
        && let Some(after) = rest.get(length..)
        && (after.trim_ascii().is_empty() || response_at(after).is_some())
    {
        let (request, after) = text.split_at(head + length);
        return (request, response_at(after));
    }
    // The body was printed in another form, or its length is unknown.
    let mut offset = head;
    for line in rest.split_inclusive(|byte| *byte == b'\n') {
        let after = text.get(offset..).unwrap_or_default();
        if let Some(response) = response_at(line).and_then(|_| response_at(after)) {
            return (text.get(..offset).unwrap_or_default(), Some(response));
        }
        offset += line.len();
    }
    (text, None)
}

/// The response at the start of a text. mitmproxy prints ` << 403 Forbidden 120b` as its status line.
fn response_at(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.trim_ascii_start();
    if text.starts_with(b"HTTP/") {
        return Some(text.to_vec());
    }
    let status = text.strip_prefix(b"<< ")?;
    let digits = status.get(..3)?;
    let is_status = digits.iter().all(u8::is_ascii_digit);
    is_status.then(|| [b"HTTP/1.1 ", status].concat())
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::why::{Body, Exchange};

    fn exchange(text: &str) -> Exchange {
        read(text.as_bytes())
            .unwrap()
            .exchanges()
            .unwrap()
            .remove(0)
    }

    #[test]
    fn the_file_of_an_editor_is_read() {
        let text = "### invoke\n# @name a\nPOST https://h/a\n  ?b=c\n  &d=e\nContent-Type: text/plain\n\nhi\n";
        let request = exchange(text).request;
        assert_eq!(request.target, "/a?b=c&d=e");
        assert_eq!(request.value("host"), Some("h"));
        assert_eq!(request.value("content-type"), Some("text/plain"));
    }

    #[test]
    fn the_response_after_the_body_is_separated() {
        let text = "POST /a HTTP/1.1\nContent-Length: 2\n\n{}HTTP/1.1 403 Forbidden\n\nno";
        let exchange = exchange(text);
        assert_eq!(exchange.request.body, Body::Whole(b"{}".to_vec()));
        assert_eq!(exchange.response.unwrap().body, b"no");
    }
}
