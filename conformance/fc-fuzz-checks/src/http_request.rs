//! The HTTP/1.1 reader of the local endpoint.
//!
//! The first byte of an input is the size of the pieces in which the rest arrives.

use fcgate_http::request::{Framing, Limits, Request, RequestError, RequestReader};

use crate::shown::assert_harmless;

const LIMITS: Limits = Limits {
    head: 8 * 1024,
    body: 64 * 1024,
};

/// Reads a request that arrives in pieces.
///
/// # Panics
///
/// If the result depends on the pieces, a request has a line end or a NUL in a field, two framings are accepted, a limit is
/// exceeded, or the body is not what its framing says.
pub fn check(input: &[u8]) {
    let Some((size, bytes)) = input.split_first() else {
        return;
    };
    let whole = RequestReader::new(LIMITS).advance(bytes);
    let pieces = in_pieces(bytes, usize::from(size % 64) + 1);
    match (&whole, &pieces) {
        (Ok(Some(length)), Ok(Some(other))) => assert_eq!(length, other),
        (Ok(Some(_)), _) | (_, Ok(Some(_))) => panic!("{whole:?} at once, {pieces:?} in pieces"),
        (Ok(None), Ok(None)) => return,
        // An error may appear before all pieces have arrived, and then be about what is missing.
        (Err(error), _) | (_, Err(error)) => {
            assert!(!format!("{error:?}").is_empty());
            return;
        }
    }
    let length = whole.ok().flatten().unwrap_or_default();
    assert!(length <= bytes.len());
    let text = bytes.get(..length).unwrap_or_default();
    let request = match Request::parse(text) {
        Ok(request) => request,
        Err(error) => panic!("a complete request cannot be parsed: {error:?}"),
    };
    check_request(&request, text);
}

fn in_pieces(bytes: &[u8], size: usize) -> Result<Option<usize>, RequestError> {
    let mut reader = RequestReader::new(LIMITS);
    let mut end = 0;
    while end < bytes.len() {
        end = (end + size).min(bytes.len());
        if let Some(length) = reader.advance(bytes.get(..end).unwrap_or_default())? {
            return Ok(Some(length));
        }
    }
    Ok(None)
}

fn check_request(request: &Request, text: &[u8]) {
    let texts = [&request.method, &request.target].into_iter();
    let fields = request
        .headers
        .iter()
        .flat_map(|(name, value)| [name, value]);
    for part in texts.chain(fields) {
        assert!(!part.contains(['\r', '\n', '\0']), "{part:?}");
    }
    assert!(request.body.len() <= LIMITS.body);
    let lengths: Vec<&str> = request.values("content-length").collect();
    let codings: Vec<&str> = request.values("transfer-encoding").collect();
    assert!(lengths.is_empty() || codings.is_empty(), "two framings");
    match request.framing {
        Framing::None => assert!(codings.is_empty() && request.body.is_empty()),
        Framing::Length(length) => {
            assert!(
                lengths.iter().all(|value| value.parse() == Ok(length)),
                "{lengths:?}"
            );
            assert_eq!(request.body.len(), length);
            assert!(text.ends_with(&request.body));
        }
        Framing::Chunked => {
            assert!(
                codings
                    .iter()
                    .all(|coding| coding.eq_ignore_ascii_case("chunked")),
                "{codings:?}"
            );
            let chunks = after_head(text).unwrap_or_default();
            assert_eq!(content(chunks).as_deref(), Some(request.body.as_slice()));
        }
    }
    assert_harmless(&format_args!("{}", request.minor_version));
}

/// What follows the first empty line after a line that is not empty. A line may end with LF alone (RFC 9112, 2.2).
fn after_head(text: &[u8]) -> Option<&[u8]> {
    let start = text.iter().position(|byte| !b"\r\n".contains(byte))?;
    let mut rest = text.get(start..)?;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let (line, after) = rest.split_at(end + 1);
        if line == b"\n" || line == b"\r\n" {
            return Some(after);
        }
        rest = after;
    }
}

/// The content of chunks (RFC 9112, 7.1), read line by line.
fn content(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let end = chunks.windows(2).position(|two| two == b"\r\n")?;
        let line = str::from_utf8(chunks.get(..end)?).unwrap_or_else(|error| {
            let valid = chunks.get(..error.valid_up_to()).unwrap_or_default();
            str::from_utf8(valid).unwrap_or_default()
        });
        let digits = line.split(|one: char| !one.is_ascii_hexdigit()).next()?;
        let size = usize::from_str_radix(digits, 16).ok()?;
        if size == 0 {
            return Some(content);
        }
        let data = chunks.get(end + 2..)?;
        content.extend_from_slice(data.get(..size)?);
        chunks = data.get(size..)?.strip_prefix(b"\r\n")?;
    }
}
