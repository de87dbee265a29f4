//! Reads the output of `curl -v`: `> ` before each sent line, `< ` before each received line.

use super::super::captured::{Body, CapturedRequest, CapturedResponse, Exchange};
use super::raw::{header, request, status};
use super::{Unreadable, latin1};
use fcgate_protocol::HeaderList;

/// Whether a text is the output of curl, judged by its first lines.
pub(super) fn is_curl(text: &[u8]) -> bool {
    lines(text)
        .take(400)
        .any(|line| line.starts_with(b"> ") || line.starts_with(b"< HTTP/"))
}

pub(super) fn exchange(text: &[u8]) -> Result<Exchange, Unreadable> {
    let mut sent = lines(text)
        .filter_map(|line| line.strip_prefix(b">"))
        .map(|line| line.strip_prefix(b" ").unwrap_or(line));
    let nothing =
        || Unreadable::new("the output of curl contains no request: no line starts with `> `");
    let start = sent.find(|line| !line.is_empty()).ok_or_else(nothing)?;
    let mut headers = HeaderList::new();
    for line in sent.by_ref().take_while(|line| !line.is_empty()) {
        let (name, value) = header(line)?;
        headers.push(name, value);
    }
    let mut read = Exchange::new(request(&latin1(start), headers)?);
    if sent.any(|line| !line.is_empty()) {
        let note = "the text has several requests, and the first one is explained";
        read.notes.push(note.to_owned());
    }
    read.request.body = body(&read.request);
    if read.request.body == Body::Unknown {
        let note = "curl does not show the body, so the digest header is assumed to be correct";
        read.notes.push(note.to_owned());
    }
    read.response = response(text);
    Ok(read)
}

pub(super) fn response(text: &[u8]) -> Option<CapturedResponse> {
    let mut lines = lines(text);
    let start = lines.find_map(|line| line.strip_prefix(b"< "))?;
    let mut response = CapturedResponse::new(status(&latin1(start)).ok()?);
    for line in lines.by_ref() {
        match line.strip_prefix(b"<").map(<[u8]>::trim_ascii_start) {
            Some(b"") => break,
            Some(line) => response.headers.extend(header(line).ok()),
            None => {}
        }
    }
    let body = lines
        .take_while(|line| !line.starts_with(b"> "))
        .filter(|line| !is_curl_message(line));
    response.body = body.collect::<Vec<_>>().join(&b'\n');
    Some(response)
}

/// Whether curl wrote this line about itself and not about the exchange.
fn is_curl_message(line: &[u8]) -> bool {
    let is_count = |mark: &[u8]| line.starts_with(mark) && line.ends_with(b" bytes data]");
    line.starts_with(b"* ") || line == b"*" || is_count(b"{ [") || is_count(b"} [")
}

/// The body of the request. The output of curl only shows whether it is empty.
fn body(request: &CapturedRequest) -> Body {
    let is_empty = match request.value("content-length") {
        Some(length) => length == "0",
        None => request.value("transfer-encoding").is_none(),
    };
    if is_empty {
        Body::Whole(Vec::new())
    } else {
        Body::Unknown
    }
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .map(without_meter)
}

/// Removes the progress meter of curl. It has no line end, so the next message follows on its line.
fn without_meter(line: &[u8]) -> &[u8] {
    let of_meter = |byte: &u8| byte.is_ascii_digit() || b" :-.kMGTP\r".contains(byte);
    let length = line.iter().take_while(|byte| of_meter(byte)).count();
    let Some((meter, rest)) = line.split_at_checked(length) else {
        return line;
    };
    let is_message = matches!(rest, [b'*' | b'<' | b'>', b' ', ..]);
    let is_meter = meter.split(|byte| *byte == b':').count() > 6;
    if is_message && is_meter { rest } else { line }
}

#[cfg(test)]
mod tests {
    use super::{Body, exchange};

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

    #[test]
    fn a_progress_meter_before_a_line_is_removed() {
        let meter =
            "100    15    0     0  100    15      0     74 --:--:-- --:--:-- --:--:--    74";
        let text = format!("> GET / HTTP/1.1\n> a: b\n> \n{meter}< HTTP/1.1 403 Forbidden\n< \n");
        let response = exchange(text.as_bytes()).unwrap().response;
        assert_eq!(response.map(|response| response.status), Some(403));
    }

    #[test]
    fn request_and_response_are_separated_from_messages_of_curl() {
        let read = exchange(TEXT.as_bytes()).unwrap();
        assert_eq!(read.request.headers[1].1, "value ");
        assert_eq!(read.request.body, Body::Unknown);
        let response = read.response.unwrap();
        assert_eq!((response.status, response.headers.len()), (403, 1));
        assert_eq!(response.body, b"{\"a\":\n1}\n");
        assert_eq!(read.notes.len(), 1);
    }
}
