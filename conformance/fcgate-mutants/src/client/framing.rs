//! Finds the end of a response, simple enough to find it in the wrong place.

use memchr::memmem;

use fcgate_protocol::{HeaderList, TransportClass};

/// A longer head is malformed.
const LONGEST_HEAD: usize = 128 * 1024;

/// A response.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) headers: HeaderList,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// Whether the error body contains this code.
    pub(crate) fn has_error_code(&self, code: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(code)
    }
}

/// A mistake in reading a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misreading {
    /// A body that the end of the connection cuts is complete.
    CutIsComplete,
    /// The first of several lengths counts, and chunks win over a length.
    ContradictionAllowed,
    /// An interim response is the response.
    InterimIsFinal,
    /// Bytes after the end of the body belong to the body.
    EndIgnored,
    /// Chunks are not decoded.
    ChunksNotDecoded,
    /// A body of which no byte arrived is complete.
    MissingIsEmpty,
    /// A chunked body may end after any chunk.
    LastChunkOptional,
    /// A chunk size that cannot be read ends the body.
    BadSizeEnds,
    /// A chunk size is read as a number of 64 bits, whatever its length.
    SizeWraps,
    /// A head that the end of the connection cuts is complete.
    CutHeadIsComplete,
    /// An interim response is the response, except 100.
    OnlyContinueIsInterim,
    /// A connection that is reset has ended.
    ResetIsEnd,
    /// The end of the time limit is the end of the connection.
    LimitIsEnd,
    /// A chunk size with an extension cannot be read.
    ExtensionsRefused,
    /// A head of more than 64 headers is malformed.
    ManyHeadersRefused,
    /// A head of more than 8 KiB is malformed.
    LongHeadRefused,
}

/// Reads the response; `None` until it is complete.
pub(crate) fn read(
    received: &[u8],
    ended: bool,
    misreading: Option<Misreading>,
) -> Result<Option<Received>, TransportClass> {
    let Some(end) = memmem::find(received, b"\r\n\r\n") else {
        let may_end = ended && misreading == Some(Misreading::CutHeadIsComplete);
        return match cut_head(received).filter(|_| may_end) {
            Some(received) => Ok(Some(received)),
            None if received.len() > LONGEST_HEAD => Err(TransportClass::Malformed),
            None => Ok(None),
        };
    };
    let (head, rest) = received.split_at(end + 4);
    let (status, headers) = head_of(head).ok_or(TransportClass::Malformed)?;
    let is_refused = match misreading {
        Some(Misreading::ManyHeadersRefused) => headers.iter().count() > 64,
        Some(Misreading::LongHeadRefused) => head.len() > 8 * 1024,
        _ => false,
    };
    if is_refused {
        return Err(TransportClass::Malformed);
    }
    let is_final = match misreading {
        Some(Misreading::InterimIsFinal) => true,
        Some(Misreading::OnlyContinueIsInterim) => status != 100,
        _ => false,
    };
    if (100..200).contains(&status) && !is_final {
        return read(rest, ended, misreading);
    }
    let body = if status < 200 {
        Some(Vec::new())
    } else {
        body(&headers, rest, ended, misreading)?
    };
    Ok(body.map(|body| Received {
        status,
        headers,
        body,
    }))
}

fn body(
    headers: &HeaderList,
    rest: &[u8],
    ended: bool,
    misreading: Option<Misreading>,
) -> Result<Option<Vec<u8>>, TransportClass> {
    let whole = || rest.to_vec();
    let lengths = headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let lengths: Vec<&str> = lengths.map(|(_, value)| value.as_str()).collect();
    let coding = headers.get("transfer-encoding");
    let contradicts = lengths.iter().any(|length| Some(length) != lengths.first())
        || (coding.is_some() && !lengths.is_empty());
    if contradicts && misreading != Some(Misreading::ContradictionAllowed) {
        return Err(TransportClass::Malformed);
    }
    let read = match (coding, lengths.first()) {
        (Some(_), _) if misreading == Some(Misreading::ChunksNotDecoded) => ended.then(whole),
        (Some(coding), _) if coding.eq_ignore_ascii_case("chunked") => {
            chunks(rest, ended, misreading)?
        }
        (Some(_), _) => return Err(TransportClass::Malformed),
        (None, None) => ended.then(whole),
        (None, Some(length)) => {
            let digits = length.bytes().all(|byte| byte.is_ascii_digit());
            let length = length.parse().ok().filter(|_| digits);
            let length: usize = length.ok_or(TransportClass::Malformed)?;
            match rest.get(..length) {
                Some(_) if misreading == Some(Misreading::EndIgnored) => Some(whole()),
                body => body.map(<[u8]>::to_vec),
            }
        }
    };
    let may_end = match misreading {
        Some(Misreading::CutIsComplete) => ended,
        Some(Misreading::MissingIsEmpty) => ended && rest.is_empty(),
        _ => false,
    };
    Ok(read.or_else(|| may_end.then(whole)))
}

/// The status of a head that ends early, with the headers that are complete.
fn cut_head(received: &[u8]) -> Option<Received> {
    let end = memmem::rfind(received, b"\r\n")?;
    let (status, headers) = head_of(received.get(..end)?)?;
    Some(Received {
        status,
        headers,
        body: Vec::new(),
    })
}

fn head_of(head: &[u8]) -> Option<(u16, HeaderList)> {
    let head: String = head.iter().copied().map(char::from).collect();
    let mut lines = head.trim_end_matches("\r\n").split("\r\n");
    let mut words = lines.next()?.splitn(3, ' ');
    words.next().filter(|word| word.starts_with("HTTP/1."))?;
    let status = words.next()?.parse().ok()?;
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((
            name.to_owned(),
            crate::signing::encoding::trim(value).to_owned(),
        ))
    };
    Some((status, lines.map(header).collect::<Option<_>>()?))
}

/// Joins the chunks, once the trailers after the last one have ended.
fn chunks(
    mut rest: &[u8],
    ended: bool,
    misreading: Option<Misreading>,
) -> Result<Option<Vec<u8>>, TransportClass> {
    let mut body = Vec::new();
    let may_end = ended && misreading == Some(Misreading::LastChunkOptional);
    loop {
        let Some(end) = memmem::find(rest, b"\r\n") else {
            return Ok((may_end && rest.is_empty()).then_some(body));
        };
        let (line, after) = rest.split_at(end);
        let size = match chunk_size(line, misreading) {
            Some(size) => size,
            None if misreading == Some(Misreading::BadSizeEnds) => return Ok(Some(body)),
            None => return Err(TransportClass::Malformed),
        };
        if size == 0 {
            // The line end before the empty line may be that of the last chunk itself.
            return Ok(memmem::find(after, b"\r\n\r\n").map(|_| body));
        }
        let after = after.get(2..).unwrap_or_default();
        let (Some(chunk), Some(next)) = (after.get(..size), after.get(size.saturating_add(2)..))
        else {
            return Ok(None);
        };
        if after.get(size..size + 2) != Some(b"\r\n") {
            return Err(TransportClass::Malformed);
        }
        body.extend_from_slice(chunk);
        rest = next;
    }
}

/// The size in a chunk line, without its extensions.
fn chunk_size(line: &[u8], misreading: Option<Misreading>) -> Option<usize> {
    let text = String::from_utf8_lossy(line);
    let digits = match misreading {
        Some(Misreading::ExtensionsRefused) => text.as_ref(),
        _ => text.split(';').next().unwrap_or_default().trim(),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let kept = match misreading {
        Some(Misreading::SizeWraps) => digits.get(digits.len().saturating_sub(16)..)?,
        _ => digits,
    };
    usize::from_str_radix(kept, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{Misreading, read};
    use fcgate_protocol::TransportClass;

    const CUT: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel";
    const CHUNKS: &[u8] =
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n0\r\na: b\r\n\r\n";

    fn body(text: &[u8], ended: bool, misreading: Option<Misreading>) -> Option<Vec<u8>> {
        read(text, ended, misreading).unwrap().map(|one| one.body)
    }

    #[test]
    fn a_response_is_complete_at_its_framed_end() {
        assert_eq!(body(CUT, true, None), None);
        assert_eq!(
            body(&[CUT, b"lo+"].concat(), false, None).unwrap(),
            b"hello"
        );
        assert_eq!(body(CHUNKS, false, None).unwrap(), b"hel");
        assert_eq!(body(&CHUNKS[..CHUNKS.len() - 1], true, None), None);
        let until_the_end = b"HTTP/1.0 200 OK\r\n\r\nhello";
        assert_eq!(body(until_the_end, false, None), None);
        assert_eq!(body(until_the_end, true, None).unwrap(), b"hello");
        let interim = [b"HTTP/1.1 100 Continue\r\n\r\n", CHUNKS].concat();
        assert_eq!(body(&interim, false, None).unwrap(), b"hel");
    }

    #[test]
    fn contradicting_framing_is_malformed() {
        for text in [
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 3\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\ncontent-length: +5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\nhello",
            "ICY 200 OK\r\n\r\nhello",
        ] {
            let read = read(text.as_bytes(), true, None);
            assert_eq!(read.unwrap_err(), TransportClass::Malformed, "{text}");
        }
    }

    #[test]
    fn each_misreading_changes_the_result() {
        let more = [CUT, b"lo+"].concat();
        assert_eq!(
            body(CUT, true, Some(Misreading::CutIsComplete)).unwrap(),
            b"hel"
        );
        assert_eq!(
            body(&more, false, Some(Misreading::EndIgnored)).unwrap(),
            b"hello+"
        );
        assert!(
            body(CHUNKS, true, Some(Misreading::ChunksNotDecoded))
                .unwrap()
                .len()
                > 5
        );
        let of = |text: &[u8], misreading| body(text, true, Some(misreading)).unwrap();
        assert_eq!(of(&CUT[..CUT.len() - 3], Misreading::MissingIsEmpty), b"");
        assert_eq!(of(&CUT[..30], Misreading::CutHeadIsComplete), b"");
        let no_last_chunk = &CHUNKS[..CHUNKS.len() - 11];
        assert_eq!(of(no_last_chunk, Misreading::LastChunkOptional), b"hel");
        let with_size = |size: &str| {
            let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            format!("{head}{size}\r\nhel\r\n0\r\n\r\n").into_bytes()
        };
        assert_eq!(of(&with_size("zz"), Misreading::BadSizeEnds), b"");
        let wide = with_size("10000000000000003");
        assert_eq!(of(&wide, Misreading::SizeWraps), b"hel");
        let interim = b"HTTP/1.1 103 Early\r\n\r\n";
        let read = read(interim, false, Some(Misreading::InterimIsFinal)).unwrap();
        assert_eq!(read.unwrap().status, 103);
    }
}
