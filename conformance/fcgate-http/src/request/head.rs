//! The head of a request.

use fcgate_protocol::HeaderList;

use super::error::RequestError;
use super::header_line::parse_header_line;
use super::parts::{Framing, Request};

/// The most headers of a request: more than any client sends.
const MAX_HEADERS: usize = 256;

/// Returns the length of the head at the start of `bytes`, with its empty line.
///
/// `scanned` is the offset at which the search continues when more bytes have arrived. Empty lines before a
/// request are ignored.
pub(super) fn find_end(bytes: &[u8], scanned: &mut usize) -> Option<usize> {
    loop {
        let rest = bytes.get(*scanned..)?;
        let length = rest.iter().position(|byte| *byte == b'\n')? + 1;
        let is_empty = matches!(rest.get(..length), Some(b"\n" | b"\r\n"));
        let is_first = is_blank(bytes.get(..*scanned)?);
        *scanned += length;
        if is_empty && !is_first {
            return Some(*scanned);
        }
    }
}

/// Whether the bytes are only line ends, which may precede a request.
pub(super) fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b'\r' | b'\n'))
}

/// Reads a whole head, with its empty line.
pub(super) fn parse(head: &[u8]) -> Result<Request, RequestError> {
    let mut slots = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut slots);
    let status = parsed.parse(head).map_err(|_| RequestError::Head)?;
    let (Some(method), Some(target), Some(minor_version), true) = (
        parsed.method,
        parsed.path,
        parsed.version,
        status.is_complete(),
    ) else {
        return Err(RequestError::Head);
    };
    let mut request = Request {
        method: method.to_owned(),
        target: target.to_owned(),
        minor_version,
        headers: headers(head),
        body: Vec::new(),
        framing: Framing::None,
        closes: false,
    };
    let is_1_0 = minor_version == 0;
    let closes = |option: &str| option.trim().eq_ignore_ascii_case("close");
    request.closes = is_1_0
        || request
            .values("connection")
            .any(|value| value.split(',').any(closes));
    request.framing = framing(&request)?;
    // HTTP/1.0 has no chunks (RFC 9112, 6.1).
    if is_1_0 && request.framing == Framing::Chunked {
        return Err(RequestError::TransferEncoding);
    }
    Ok(request)
}

/// The header lines with every byte: `httparse` would trim the values.
fn headers(head: &[u8]) -> HeaderList {
    let lines = head.trim_ascii_start().split(|byte| *byte == b'\n').skip(1);
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines
        .filter_map(|line| parse_header_line(line).ok())
        .collect()
}

fn framing(request: &Request) -> Result<Framing, RequestError> {
    let codings: Vec<&str> = request.values("transfer-encoding").collect();
    let lengths: Vec<&str> = request.values("content-length").collect();
    match (codings.as_slice(), lengths.as_slice()) {
        ([], []) => Ok(Framing::None),
        ([], [first, rest @ ..]) => {
            let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
            let length = first.parse().ok().filter(|_| is_number);
            length
                .filter(|_| rest.iter().all(|other| other == first))
                .map(Framing::Length)
                .ok_or(RequestError::ContentLength)
        }
        ([coding], []) if coding.eq_ignore_ascii_case("chunked") => Ok(Framing::Chunked),
        ([coding], _) if coding.eq_ignore_ascii_case("chunked") => Err(RequestError::BothLengths),
        _ => Err(RequestError::TransferEncoding),
    }
}
