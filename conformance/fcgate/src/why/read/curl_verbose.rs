//! Reads the output of `curl -v`: `> ` before each sent line, `< ` before each received line.
//!
//! PHP (Guzzle) prints only the first sent line with `> `.

use super::lines::{lines, without_prefix};
use super::start_line::{has_version, method_length};
use super::transcript::Transcript;

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let text = without_prefix(text, request_mark)?;
    transcript(&text).with_request()
}

/// Reads a text that only has received lines.
pub(super) fn read_received(text: &[u8]) -> Option<Transcript> {
    let text = without_prefix(text, |line| {
        let start = line.windows(7).position(|seven| seven == b"< HTTP/")?;
        is_mark(line, start).then_some(start)
    })?;
    Some(transcript(&text))
}

/// The offset of `> POST /path HTTP/1.1` in a line.
fn request_mark(line: &[u8]) -> Option<usize> {
    if !has_version(line.trim_ascii_end()) {
        return None;
    }
    let start = line.windows(2).position(|two| two == b"> ")?;
    let rest = line.get(start + 2..)?;
    (is_mark(line, start) && method_length(rest).is_some()).then_some(start)
}

/// Whether the arrow is not the end of a longer one, such as `-->` or `>>`.
fn is_mark(line: &[u8], start: usize) -> bool {
    let before = line.get(..start).and_then(<[u8]>::last);
    before.is_none_or(|byte| !b"<>-=".contains(byte))
}

fn transcript(text: &[u8]) -> Transcript {
    let mut transcript = Transcript::default();
    let mut place = Place::Messages;
    for line in lines(text).map(without_meter) {
        if let Some(sent) = after(line, b'>') {
            transcript.sent_line(sent);
            place = if sent.is_empty() {
                Place::Messages
            } else {
                Place::SentHead
            };
        } else if let Some(received) = after(line, b'<') {
            let received = received.trim_ascii_start();
            transcript.received_line(received);
            place = if received.is_empty() {
                Place::ReceivedBody
            } else {
                Place::Messages
            };
        } else if is_curl_message(line) {
            // curl may write about the connection between two lines of a body.
        } else if place == Place::SentHead {
            transcript.sent_line(line);
            if line.trim_ascii().is_empty() {
                place = Place::Messages;
            }
        } else if place == Place::ReceivedBody {
            transcript.received(line);
            transcript.received(b"\n");
        }
    }
    transcript
}

/// The part of the output that an unmarked line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Messages,
    SentHead,
    ReceivedBody,
}

/// The text after the mark of a line.
fn after(line: &[u8], mark: u8) -> Option<&[u8]> {
    match line {
        [first, rest @ ..] if *first == mark => match rest {
            [] => Some(rest),
            [b' ', rest @ ..] => Some(rest),
            _ => None,
        },
        _ => None,
    }
}

/// Whether curl wrote this line about itself and not about the exchange.
fn is_curl_message(line: &[u8]) -> bool {
    let is_count = |mark: &[u8]| line.starts_with(mark) && line.ends_with(b" bytes data]");
    line.starts_with(b"* ") || line == b"*" || is_count(b"{ [") || is_count(b"} [")
}

/// Removes the progress meter of curl. It has no line end, so the next message follows on its line.
fn without_meter(line: &[u8]) -> &[u8] {
    let of_meter = |byte: &u8| byte.is_ascii_digit() || b" :-.kMGTP\r".contains(byte);
    let length = line.iter().take_while(|byte| of_meter(byte)).count();
    let Some((meter, rest)) = line.split_at_checked(length) else {
        return line;
    };
    let is_message = rest.is_empty() || matches!(rest, [b'*' | b'<' | b'>', b' ', ..]);
    let is_meter = meter.split(|byte| *byte == b':').count() > 6;
    if is_message && is_meter { rest } else { line }
}

#[cfg(test)]
mod tests {
    use super::super::super::captured::{Body, Exchange};
    use super::read;

    const TEXT: &str = "\
*   Trying 127.0.0.1:80...
* Connected to localhost (127.0.0.1) port 80
> POST /a HTTP/1.1
> Host: localhost
> X-Fc-Trail: value\x20
> Content-Length: 2
>\x20
} [2 bytes data]
* upload completely sent off: 2 bytes
< HTTP/1.1 403 Forbidden
< Date: Wed, 11 May 2022 09:00:00 GMT
<\x20
{ [5 bytes data]
{\"a\":
1}
* Connection #0 to host localhost left intact
";

    fn exchange(text: &str) -> Exchange {
        let mut exchanges = read(text.as_bytes()).unwrap().exchanges().unwrap();
        exchanges.remove(0)
    }

    #[test]
    fn a_progress_meter_before_a_line_is_removed() {
        let meter =
            "100    15    0     0  100    15      0     74 --:--:-- --:--:-- --:--:--    74";
        let text = format!("> GET / HTTP/1.1\n> a: b\n> \n{meter}< HTTP/1.1 403 Forbidden\n< \n");
        let response = exchange(&text).response;
        assert_eq!(response.map(|response| response.status), Some(403));
    }

    #[test]
    fn request_and_response_are_separated_from_messages_of_curl() {
        let read = exchange(TEXT);
        assert_eq!(read.request.headers[1].1, "value ");
        assert_eq!(read.request.body, Body::Unknown);
        let response = read.response.unwrap();
        assert_eq!((response.status, response.headers.len()), (403, 1));
        assert!(response.body.starts_with(b"{\"a\":\n1}\n"));
        assert_eq!(read.notes.len(), 1);
    }
}
