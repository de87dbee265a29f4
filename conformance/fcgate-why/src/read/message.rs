//! Reads one raw message of HTTP/1.1 with LF or CR LF as line ends.

use super::super::captured::{Body, CapturedRequest, CapturedResponse, Exchange};
use super::{Unreadable, latin1};
use fcgate_http::request::{HeaderLineError, decode_chunks, parse_header_line};
use fcgate_protocol::HeaderList;

/// A start line, headers, and what follows the empty line.
pub(super) struct Message<'a> {
    pub(super) start: &'a [u8],
    pub(super) headers: HeaderList,
    /// The bytes after the empty line; `None` if the text ends before it.
    pub(super) rest: Option<&'a [u8]>,
}

/// Reads one request.
pub(super) fn exchange(text: &[u8]) -> Result<Exchange, Unreadable> {
    let message = message(text)?;
    let mut request = request(&latin1(message.start), message.headers)?;
    let mut notes = Vec::new();
    if message.rest.is_none() {
        notes
            .push("the capture ends within the head: no empty line follows the headers".to_owned());
    }
    request.body = body(&request, message.rest, &mut notes)?;
    Ok(Exchange {
        notes,
        ..Exchange::new(request)
    })
}

/// Reads one response.
pub(super) fn response(text: &[u8]) -> Result<CapturedResponse, Unreadable> {
    let message = message(text)?;
    let mut response = CapturedResponse::new(status(&latin1(message.start))?);
    response.headers = message.headers;
    let rest = message.rest.unwrap_or_default();
    let is_chunked = response
        .value("transfer-encoding")
        .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
    response.body = match is_chunked.then(|| dechunked(rest)) {
        Some(Ok(body)) => body,
        _ => rest.to_vec(),
    };
    Ok(response)
}

/// Creates a request from its start line and headers.
fn request(start: &str, headers: HeaderList) -> Result<CapturedRequest, Unreadable> {
    let unreadable = || {
        Unreadable::new("expected a request line like `POST /path HTTP/1.1`, found another line")
    };
    let (method, rest) = start.trim().split_once(' ').ok_or_else(unreadable)?;
    // A target that is not escaped correctly may contain spaces.
    let target = match rest.trim().rsplit_once(' ') {
        Some((target, version)) if version.to_ascii_uppercase().starts_with("HTTP/") => {
            target.trim()
        }
        _ => return Err(unreadable()),
    };
    let mut request = CapturedRequest::new(method, origin_form(target));
    request.headers = headers;
    if request.value("host").is_none()
        && let Some(authority) = authority(target)
    {
        request.headers.insert(0, "Host", authority);
    }
    Ok(request)
}

/// Parses the status of a status line.
fn status(start: &str) -> Result<u16, Unreadable> {
    let status = start
        .strip_prefix("HTTP/")
        .and_then(|rest| rest.split(' ').nth(1));
    status
        .and_then(|status| status.trim().parse().ok())
        .ok_or_else(|| {
            Unreadable::new(
                "expected a status line like `HTTP/1.1 403 Forbidden`, found another line",
            )
        })
}

/// The path and query of a target, which may be an absolute URL.
pub(super) fn origin_form(target: &str) -> String {
    let Some((_, rest)) = absolute(target) else {
        return target.to_owned();
    };
    let target = rest.find(['/', '?', '#']).and_then(|at| rest.get(at..));
    let target = target
        .and_then(|target| target.split('#').next())
        .unwrap_or_default();
    if target.starts_with('/') {
        target.to_owned()
    } else {
        format!("/{target}")
    }
}

/// Host and port of an absolute URL, without a user.
pub(super) fn authority(target: &str) -> Option<String> {
    let (_, rest) = absolute(target)?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(host.to_owned())
}

/// The scheme of an absolute URL, and what follows `://`.
fn absolute(target: &str) -> Option<(&str, &str)> {
    target.split_once("://").filter(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Splits a message. White space before its start line is ignored.
pub(super) fn message(text: &[u8]) -> Result<Message<'_>, Unreadable> {
    let mut rest = text.trim_ascii_start();
    let (start, mut after) = line(rest);
    let mut headers = HeaderList::new();
    for number in 1.. {
        rest = after.unwrap_or_default();
        let one;
        (one, after) = line(rest);
        if rest.is_empty() || after.is_some() && one.trim_ascii().is_empty() {
            break;
        }
        let (name, value) = parse_header_line(one).map_err(|error| not_a_header(number, error))?;
        headers.push(name, value);
    }
    Ok(Message {
        start,
        headers,
        rest: after,
    })
}

/// The error for a header line. The line itself may hold a secret.
fn not_a_header(number: usize, error: HeaderLineError) -> Unreadable {
    let problem = match error {
        HeaderLineError::Folded => "starts with white space: folded lines are obsolete",
        HeaderLineError::NoColon => "has no colon: expected `Name: value`",
        HeaderLineError::Name => "has no valid name before its colon",
    };
    Unreadable::new(format!(
        "a request line was found, but header line {number} after it {problem} (the line is not shown, because it may hold a token)"
    ))
}

/// The first line without its line end, and the text after it.
fn line(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let Some(end) = text.iter().position(|byte| *byte == b'\n') else {
        return (text, None);
    };
    let line = text.get(..end).unwrap_or_default();
    (
        line.strip_suffix(b"\r").unwrap_or(line),
        text.get(end + 1..),
    )
}

fn body(
    request: &CapturedRequest,
    rest: Option<&[u8]>,
    notes: &mut Vec<String>,
) -> Result<Body, Unreadable> {
    let is_cut = rest.is_none();
    let rest = rest.unwrap_or_default();
    let not_shown =
        "the capture does not show the body, so the digest header is assumed to be correct";
    if let Some(coding) = request.value("transfer-encoding") {
        if coding.eq_ignore_ascii_case("chunked") && !rest.is_empty() {
            return dechunked(rest).map(Body::Whole);
        }
        notes.push(not_shown.to_owned());
        return Ok(Body::Unknown);
    }
    let Some(length) = request.value("content-length") else {
        let has_no_body = matches!(
            request.method.as_str(),
            "GET" | "HEAD" | "DELETE" | "OPTIONS"
        );
        if is_cut && !has_no_body {
            notes.push(not_shown.to_owned());
            return Ok(Body::Unknown);
        }
        // A request without a length has no body, but further bytes were meant as one.
        let is_white_space = rest.iter().all(u8::is_ascii_whitespace);
        return Ok(Body::Whole(if is_white_space {
            Vec::new()
        } else {
            rest.to_vec()
        }));
    };
    let length: usize = length
        .parse()
        .map_err(|_| Unreadable::new("Content-Length is not a number"))?;
    if let Some((body, after)) = rest.split_at_checked(length)
        && after.trim_ascii().is_empty()
    {
        return Ok(Body::Whole(body.to_vec()));
    }
    notes.push(match rest.trim_ascii().len() {
        0 => not_shown.to_owned(),
        count if count >= length => format!(
            "the capture shows {count} bytes after the headers, but Content-Length is {length}: the digest header is assumed to be correct"
        ),
        count => format!("the body was captured only in part: {count} of {length} bytes"),
    });
    Ok(Body::Unknown)
}

/// Decodes a chunked body.
fn dechunked(rest: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let unreadable =
        |error| Unreadable::new(format!("the chunks of the body cannot be read: {error}"));
    decode_chunks(rest).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::{Body, authority, exchange, origin_form, response};

    #[test]
    fn spaces_around_header_values_are_kept() {
        let text = b"POST /a?b=c HTTP/1.1\r\nX-Fc-A:  b \r\nContent-Length: 2\r\n\r\n{}\n";
        let request = exchange(text).unwrap().request;
        assert_eq!(request.target, "/a?b=c");
        assert_eq!(request.headers[0].1, " b ");
        assert_eq!(request.body, Body::Whole(b"{}".to_vec()));
    }

    #[test]
    fn a_chunked_body_is_decoded() {
        let text = b"POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
        let request = exchange(text).unwrap().request;
        assert_eq!(request.body, Body::Whole(b"abc".to_vec()));
    }

    #[test]
    fn a_head_without_a_body_is_a_request_with_an_unknown_body() {
        let read = exchange(b"POST / HTTP/1.1\nContent-Length: 3").unwrap();
        assert_eq!(read.request.body, Body::Unknown);
        assert_eq!(read.notes.len(), 2);
        assert!(read.notes[0].contains("ends within the head"));
    }

    #[test]
    fn text_that_is_not_an_http_message_is_rejected() {
        for text in [
            "hello",
            "POST /",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\na: b\n c\n\n",
        ] {
            assert!(exchange(text.as_bytes()).is_err(), "{text}");
        }
        assert!(response(b"GET / HTTP/1.1\r\n\r\n").is_err());
    }

    #[test]
    fn the_origin_of_an_absolute_target_becomes_the_host() {
        assert_eq!(origin_form("http://h:1/a?b"), "/a?b");
        assert_eq!(origin_form("http://h"), "/");
        assert_eq!(origin_form("/a://b"), "/a://b");
        assert_eq!(authority("http://u:p@h:1/a"), Some("h:1".to_owned()));
        let request = exchange(b"GET https://h/a HTTP/1.1\r\n\r\n")
            .unwrap()
            .request;
        assert_eq!(request.value("host"), Some("h"));
    }
}
