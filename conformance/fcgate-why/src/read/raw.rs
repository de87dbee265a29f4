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
    let mut rest = text.as_slice();
    let mut is_request = true;
    loop {
        let (one, after) = first_message(rest);
        if is_request {
            transcript.sent(one);
        } else {
            transcript.received(&response_at(one).unwrap_or_default());
        }
        let Some((offset, next_is_request)) = next_start(after) else {
            return transcript.with_request();
        };
        rest = after.get(offset..).unwrap_or_default().trim_ascii_start();
        is_request = next_is_request;
    }
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

/// Splits the text after the body of the first message.
fn first_message(text: &[u8]) -> (&[u8], &[u8]) {
    let whole = (text, &b""[..]);
    let Some(rest) = message::message(text).ok().and_then(|message| {
        let length = message.headers.get_trimmed("content-length");
        let length = length.and_then(|length| length.parse::<usize>().ok());
        Some((message.rest?, length))
    }) else {
        return whole;
    };
    let (rest, length) = rest;
    let head = text.len() - rest.len();
    if let Some(after) = length.and_then(|length| rest.get(length..)) {
        let after = after.trim_ascii_start();
        if after.is_empty() || starts_message(after).is_some() || after.starts_with(b"###") {
            return text.split_at(head + rest.len() - after.len());
        }
    }
    // The body was printed in another form, or its length is unknown.
    let mut offset = head;
    for line in rest.split_inclusive(|byte| *byte == b'\n') {
        let after = text.get(offset..).unwrap_or_default();
        if starts_message(after).is_some() || line.starts_with(b"###") {
            return text.split_at(offset);
        }
        offset += line.len();
    }
    whole
}

/// The offset of the next message, and whether it is a request. Separators may be before it.
fn next_start(text: &[u8]) -> Option<(usize, bool)> {
    let mut offset = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        if let Some(is_request) = starts_message(text.get(offset..)?) {
            return Some((offset, is_request));
        }
        offset += line.len();
    }
    None
}

/// Whether the text starts with a request (`true`) or a response (`false`).
fn starts_message(text: &[u8]) -> Option<bool> {
    let text = text.trim_ascii_start();
    let mut all = lines(text);
    let first = all.next()?;
    if response_line(first).is_some() {
        return Some(false);
    }
    let is_request = start_line::starts_with_request_line(first)
        && all
            .next()
            .is_some_and(|next| parse_header_line(next).is_ok());
    is_request.then_some(true)
}

/// The status line in a line. mitmproxy prints ` << 403 Forbidden 120b`.
fn response_line(line: &[u8]) -> Option<&[u8]> {
    if line.starts_with(b"HTTP/") {
        return Some(line);
    }
    let status = line.strip_prefix(b"<< ")?;
    status
        .get(..3)?
        .iter()
        .all(u8::is_ascii_digit)
        .then_some(line)
}

/// The response at the start of a text, with a status line of HTTP.
fn response_at(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.trim_ascii_start();
    response_line(lines(text).next()?)?;
    Some(match text.strip_prefix(b"<< ") {
        Some(status) => [b"HTTP/1.1 ", status].concat(),
        None => text.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::{Body, Exchange};

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

    #[test]
    fn several_messages_are_separated() {
        let one = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";
        let two = "GET /b HTTP/1.1\r\nHost: h\r\n\r\n";
        let ok = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
        let refused = "HTTP/1.1 403 Forbidden\r\n\r\nno\r\n";
        let line = "-".repeat(70);
        for text in [
            format!("{one}{ok}{two}{refused}"),
            format!("{one}\r\n{ok}\r\n{two}\r\n{refused}"),
            format!("{one}\r\n\r\n{ok}\r\n\r\n{line}\r\n\r\n{two}\r\n{refused}"),
            format!("{one}\n\n###\n{ok}\n### two\n{two}\n{refused}"),
        ] {
            let exchanges = read(text.as_bytes()).unwrap().exchanges().unwrap();
            let targets: Vec<_> = exchanges
                .iter()
                .map(|one| one.request.target.as_str())
                .collect();
            assert_eq!(targets, ["/a", "/b"], "{text}");
            assert_eq!(
                exchanges[0].request.body,
                Body::Whole(b"{}".to_vec()),
                "{text}"
            );
            let status = |at: usize| {
                exchanges[at]
                    .response
                    .as_ref()
                    .map(|response| response.status)
            };
            assert_eq!((status(0), status(1)), (Some(200), Some(403)), "{text}");
        }
    }
}
