//! One request, read from a connection as it is on the wire.

use std::fmt;
use std::io::{self, BufRead, Read as _};

use crate::oracle::WireRequest;
use crate::protocol::Headers;

/// More than any client sends.
const LONGEST_HEAD: usize = 64 * 1024;
const LONGEST_BODY: usize = 64 * 1024 * 1024;
const MOST_HEADERS: usize = 256;

/// A request that could be read to its end.
#[derive(Debug, Clone)]
pub(super) struct Arrived {
    pub(super) method: String,
    pub(super) target: String,
    /// In wire order; of a value only the one blank behind the colon is taken away. A character is a byte.
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
    pub(super) framing: Framing,
    /// Whether the client wants the connection closed.
    pub(super) last: bool,
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// In no way: there is none.
    None,
    Length,
    Chunked,
}

/// What cannot be read as a request; nothing that follows on the connection can be either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Malformed(pub(super) &'static str);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What came on a connection.
#[derive(Debug)]
pub(super) enum Incoming {
    Request(Arrived),
    Malformed(Malformed),
    /// The client has gone, between two requests or within one.
    End,
}

impl Arrived {
    /// All values of a header, outer white space trimmed as HTTP does.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let headers = self.headers.iter();
        let named = headers.filter(move |(other, _)| other.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.trim_matches([' ', '\t']))
    }

    /// The first value of a header.
    pub(super) fn value<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.values(name).next()
    }

    /// The same for the oracle.
    pub(super) fn request(&self) -> WireRequest {
        WireRequest::new(&self.method, &self.target)
            .headers(&self.headers)
            .body(&self.body)
    }
}

/// Reads the next request; `go_on` tells a client that waits for it to send its body.
pub(super) fn next(
    input: &mut impl BufRead,
    go_on: impl FnOnce() -> io::Result<()>,
) -> io::Result<Incoming> {
    let Some(head) = head(input)? else {
        return Ok(Incoming::End);
    };
    let mut arrived = match read_head(&head) {
        Ok(arrived) => arrived,
        Err(malformed) => return Ok(Incoming::Malformed(malformed)),
    };
    let length = match length(&arrived) {
        Ok(length) => length,
        Err(malformed) => return Ok(Incoming::Malformed(malformed)),
    };
    let waits = arrived.value("expect");
    if waits.is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
        go_on()?;
    }
    let body = match length {
        Some(length) => {
            arrived.framing = Framing::Length;
            exactly(input, length)?
        }
        None if arrived.framing == Framing::Chunked => match chunks(input)? {
            Ok(body) => body,
            Err(malformed) => return Ok(Incoming::Malformed(malformed)),
        },
        None => Some(Vec::new()),
    };
    Ok(match body {
        Some(body) => Incoming::Request(Arrived { body, ..arrived }),
        None => Incoming::End,
    })
}

/// The bytes up to the empty line; nothing where the client has gone before.
fn head(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    loop {
        let start = head.len();
        let left = LONGEST_HEAD.saturating_sub(start) as u64;
        input.by_ref().take(left).read_until(b'\n', &mut head)?;
        let line = head.get(start..).unwrap_or_default();
        match line {
            // Empty lines in front of a request are of no account.
            b"\r\n" | b"\n" if start == 0 => head.clear(),
            b"\r\n" | b"\n" => return Ok(Some(head)),
            [] if head.len() < LONGEST_HEAD => return Ok(None),
            // A head without an end is read as one and then refused.
            [.., b'\n'] => {}
            _ if head.len() >= LONGEST_HEAD => return Ok(Some(head)),
            _ => return Ok(None),
        }
    }
}

fn read_head(head: &[u8]) -> Result<Arrived, Malformed> {
    let mut slots = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut slots);
    let whole = match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => true,
        Ok(httparse::Status::Partial) => false,
        Err(_) => return Err(Malformed("its head is not that of an HTTP/1.1 request")),
    };
    let (Some(method), Some(target), true) = (parsed.method, parsed.path, whole) else {
        return Err(Malformed("its head has no end within 64 KiB"));
    };
    let mut arrived = Arrived {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: raw_headers(head),
        body: Vec::new(),
        framing: Framing::None,
        last: false,
    };
    arrived.last = parsed.version == Some(0)
        || arrived
            .values("connection")
            .any(|value| value.to_ascii_lowercase().contains("close"));
    let codings: Vec<&str> = arrived.values("transfer-encoding").collect();
    arrived.framing = match codings.as_slice() {
        [] => Framing::None,
        [coding] if coding.eq_ignore_ascii_case("chunked") => Framing::Chunked,
        _ => return Err(Malformed("its Transfer-Encoding is not `chunked`")),
    };
    Ok(arrived)
}

/// The header lines as they are: a parser would trim the values.
fn raw_headers(head: &[u8]) -> Headers {
    let lines = head.split(|byte| *byte == b'\n').skip(1);
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let latin_1 = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
    lines
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (name, value) = line.split_at_checked(colon)?;
            let value = value.get(1..).unwrap_or_default();
            let value = value.strip_prefix(b" ").unwrap_or(value);
            Some((latin_1(name), latin_1(value)))
        })
        .collect()
}

/// The length that the head tells, where it tells one.
fn length(arrived: &Arrived) -> Result<Option<usize>, Malformed> {
    let lengths: Vec<&str> = arrived.values("content-length").collect();
    if arrived.framing == Framing::Chunked && !lengths.is_empty() {
        return Err(Malformed(
            "it has both Content-Length and Transfer-Encoding",
        ));
    }
    let [first, rest @ ..] = lengths.as_slice() else {
        return Ok(None);
    };
    let plain = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    let length = first.parse().ok().filter(|_| plain);
    match length {
        Some(length) if length <= LONGEST_BODY && rest.iter().all(|other| other == first) => {
            Ok(Some(length))
        }
        Some(length) if length > LONGEST_BODY => Err(Malformed("its body is longer than 64 MiB")),
        _ => Err(Malformed("its Content-Length is not one number")),
    }
}

/// So many bytes; nothing where the client has gone before.
fn exactly(input: &mut impl BufRead, length: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    input.by_ref().take(length as u64).read_to_end(&mut bytes)?;
    Ok((bytes.len() == length).then_some(bytes))
}

/// The content of a chunked body; its extensions and trailers are of no account.
fn chunks(input: &mut impl BufRead) -> io::Result<Result<Option<Vec<u8>>, Malformed>> {
    let mut body = Vec::new();
    loop {
        let Some(line) = line(input)? else {
            return Ok(Ok(None));
        };
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return Ok(Err(Malformed("a chunk does not begin with its length")));
        };
        if size == 0 {
            return trailers(input).map(|ended| Ok(ended.then_some(body)));
        }
        if size > LONGEST_BODY - body.len() {
            return Ok(Err(Malformed("its body is longer than 64 MiB")));
        }
        let Some(chunk) = exactly(input, size)? else {
            return Ok(Ok(None));
        };
        body.extend_from_slice(&chunk);
        match line_end(input)? {
            Some(true) => {}
            Some(false) => return Ok(Err(Malformed("a chunk is longer than its length"))),
            None => return Ok(Ok(None)),
        }
    }
}

/// Reads up to the empty line behind the last chunk; false where the client has gone before.
fn trailers(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        match line(input)? {
            None => return Ok(false),
            Some(line) if line.is_empty() => return Ok(true),
            Some(_) => {}
        }
    }
}

fn line_end(input: &mut impl BufRead) -> io::Result<Option<bool>> {
    let end = exactly(input, 2)?;
    Ok(end.map(|end| end == b"\r\n"))
}

/// A short line without its end.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    input.by_ref().take(8 * 1024).read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Framing, Incoming, next};

    fn read(bytes: &[u8]) -> Incoming {
        next(&mut &*bytes, || Ok(())).unwrap()
    }

    #[test]
    fn values_keep_their_white_space_and_every_byte() {
        let head = b"POST /a%2Fb?c HTTP/1.1\r\nX-Fc-A:  b \r\nHost:h\r\nx: \xfc\r\n\r\n";
        let Incoming::Request(arrived) = read(head) else {
            panic!()
        };
        assert_eq!(arrived.target, "/a%2Fb?c");
        assert_eq!(arrived.headers[0], ("X-Fc-A".to_owned(), " b ".to_owned()));
        assert_eq!(arrived.headers[1].1, "h");
        assert_eq!(arrived.value("X"), Some("\u{fc}"));
        assert_eq!(arrived.framing, Framing::None);
    }

    #[test]
    fn a_body_is_read_by_its_length_or_by_its_chunks() {
        for (request, framing) in [
            (&b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nhi!and"[..], Framing::Length),
            (
                b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n1;x=y\r\n!\r\n0\r\nT: v\r\n\r\n",
                Framing::Chunked,
            ),
        ] {
            let Incoming::Request(arrived) = read(request) else {
                panic!()
            };
            assert_eq!((arrived.body.as_slice(), arrived.framing), (&b"hi!"[..], framing));
        }
    }

    #[test]
    fn what_is_no_request_is_told() {
        for (request, words) in [
            ("hello\r\n\r\n", "not that of an HTTP/1.1 request"),
            (
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "not one number",
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "not one number",
            ),
            (
                "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
                "not `chunked`",
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
                "64 MiB",
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "both",
            ),
            (
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "begin with its length",
            ),
        ] {
            let Incoming::Malformed(malformed) = read(request.as_bytes()) else {
                panic!("{request:?}")
            };
            assert!(malformed.to_string().contains(words), "{malformed}");
        }
        let endless = format!("POST / HTTP/1.1\r\nA: {}", "a".repeat(70_000));
        assert!(matches!(read(endless.as_bytes()), Incoming::Malformed(_)));
    }

    #[test]
    fn a_client_that_goes_away_sends_no_request() {
        let whole = "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi";
        for cut in 0..whole.len() {
            assert!(
                matches!(read(whole[..cut].as_bytes()), Incoming::End),
                "{cut}"
            );
        }
    }

    #[test]
    fn who_waits_for_the_permission_to_go_on_gets_it() {
        let mut asked = false;
        let request = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi";
        next(&mut &request[..], || {
            asked = true;
            Ok(())
        })
        .unwrap();
        assert!(asked);
    }
}
