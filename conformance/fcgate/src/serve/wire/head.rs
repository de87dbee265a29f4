//! The head of a request: its lines as they are, and what they say of the body.

use std::io::{self, BufRead, Read as _};

use fcgate_protocol::HeaderList;

use super::{Arrived, Framing, LONGEST_BODY, Malformed};

/// More than any client sends.
const LONGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 256;

/// What came of a head.
pub(super) enum Head {
    /// The bytes up to the empty line; one without an end is refused when it is parsed.
    Whole(Vec<u8>),
    /// The client has gone within it.
    Cut,
    /// The client has gone before it.
    None,
}

pub(super) fn read(input: &mut impl BufRead) -> io::Result<Head> {
    let mut head = Vec::new();
    loop {
        let start = head.len();
        let left = LONGEST_HEAD.saturating_sub(start) as u64;
        let read = input.by_ref().take(left).read_until(b'\n', &mut head);
        let line = head.get(start..).unwrap_or_default();
        match line {
            _ if read.is_err() && !head.is_empty() => return Ok(Head::Cut),
            // Empty lines in front of a request are of no account.
            b"\r\n" | b"\n" if start == 0 => head.clear(),
            b"\r\n" | b"\n" => return Ok(Head::Whole(head)),
            [.., b'\n'] => {}
            _ if head.len() >= LONGEST_HEAD => return Ok(Head::Whole(head)),
            _ if head.is_empty() => return read.map(|_| Head::None),
            _ => return Ok(Head::Cut),
        }
    }
}

pub(super) fn parse(head: &[u8]) -> Result<Arrived, Malformed> {
    let mut slots = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut slots);
    let whole = match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => true,
        Ok(httparse::Status::Partial) => false,
        Err(_) => {
            return Err(Malformed::new(
                "its head is not that of an HTTP/1.1 request",
            ));
        }
    };
    let (Some(method), Some(target), true) = (parsed.method, parsed.path, whole) else {
        return Err(Malformed::new("its head has no end within 64 KiB"));
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
        _ => return Err(Malformed::new("its Transfer-Encoding is not `chunked`")),
    };
    Ok(arrived)
}

/// The header lines as they are: a parser would trim the values.
fn raw_headers(head: &[u8]) -> HeaderList {
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
pub(super) fn length(arrived: &Arrived) -> Result<Option<usize>, Malformed> {
    let lengths: Vec<&str> = arrived.values("content-length").collect();
    if arrived.framing == Framing::Chunked && !lengths.is_empty() {
        return Err(Malformed::new(
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
        Some(length) if length > LONGEST_BODY => {
            Err(Malformed::new("its body is longer than 64 MiB"))
        }
        _ => Err(Malformed::new("its Content-Length is not one number")),
    }
}
