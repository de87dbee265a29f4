//! Reads the output of `curl -v`: `> ` before each sent line, `< ` before each received line.
//!
//! PHP (Guzzle) prints only the first sent line with `> `. The timelines of Insomnia and Bruno and the debug log of Alibaba
//! Cloud's SDK for Go have the same marks; Insomnia marks the sent body with `| `.

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
    let start = line.windows(2).position(|two| two == b"> ")?;
    let rest = line.get(start + 2..)?;
    let is_request = has_version(line.trim_ascii_end()) || is_to_url(rest);
    (is_request && is_mark(line, start) && method_length(rest).is_some()).then_some(start)
}

/// Whether a line is a method and an absolute URL without a version.
fn is_to_url(line: &[u8]) -> bool {
    let target = method_length(line).and_then(|length| line.get(length + 1..));
    target.is_some_and(|target| {
        let is_url = target.starts_with(b"http://") || target.starts_with(b"https://");
        is_url && !target.trim_ascii_end().contains(&b' ')
    })
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
            if is_to_url(sent) {
                transcript.sent_line(&[sent.trim_ascii_end(), b" HTTP/1.1"].concat());
            } else {
                transcript.sent_line(sent);
            }
            place = if sent.is_empty() {
                Place::SentEnd
            } else {
                Place::SentHead
            };
        } else if let Some(received) = after(line, b'<') {
            let received = received.trim_ascii_start();
            let is_status = received
                .get(..3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_digit));
            if is_status && received.get(3).is_none_or(|byte| *byte == b' ') {
                transcript.received_line(&[b"HTTP/1.1 ", received].concat());
            } else {
                transcript.received_line(received);
            }
            place = if received.is_empty() {
                Place::ReceivedBody
            } else {
                Place::Messages
            };
        } else if let Some(body) = line
            .strip_prefix(b"| ")
            .filter(|_| matches!(place, Place::SentEnd | Place::SentBody))
        {
            if place == Place::SentBody {
                transcript.sent(b"\n");
            }
            transcript.sent(body);
            place = Place::SentBody;
        } else if is_curl_message(line) {
            // curl may write about the connection between two lines of a body.
        } else if place == Place::SentHead {
            transcript.sent_line(line);
            if line.trim_ascii().is_empty() {
                place = Place::SentEnd;
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
    /// After the empty line of a sent head.
    SentEnd,
    /// After a sent line with the mark `| `.
    SentBody,
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

    #[test]
    fn timelines_with_the_same_marks_are_read() {
        let insomnia = "* Preparing request to https://h/a\n> POST /a HTTP/1.1\n> Host: h\n> Content-Length: 5\n\n| {\n| 1 }\n\n* Done\n\n< HTTP/1.1 403 Forbidden\n< Date: d\n";
        let bruno = "> POST https://h/a\n> X-A: b\n>\n> \n< 403 Forbidden\n< Date: d\n";
        let go = "2026/11/28 21:20:00 [DEBUG] > POST https://h/a\n2026/11/28 21:20:00 [DEBUG] > host: h\n2026/11/28 21:20:01 [DEBUG] < HTTP/1.1 403 Forbidden\n";
        for text in [insomnia, bruno, go] {
            let read = exchange(text);
            assert_eq!(read.request.target, "/a", "{text}");
            assert_eq!(read.request.value("host"), Some("h"), "{text}");
            assert_eq!(
                read.response.map(|response| response.status),
                Some(403),
                "{text}"
            );
        }
        assert_eq!(
            exchange(insomnia).request.body,
            Body::Whole(b"{\n1 }".to_vec())
        );
    }
}
