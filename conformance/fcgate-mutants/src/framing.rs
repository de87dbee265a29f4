//! Where a response ends, plain enough to find it in the wrong place.

use memchr::memmem;

use fcgate_protocol::{HeaderList, TransportClass};

/// A head that is longer never ends.
const LONGEST_HEAD: usize = 128 * 1024;

/// What came back.
#[derive(Debug, Clone)]
pub(super) struct Received {
    pub(super) status: u16,
    pub(super) headers: HeaderList,
    pub(super) body: Vec<u8>,
}

/// What goes wrong where a response is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misreading {
    /// What has come when the connection ends is all of it.
    CutIsWhole,
    /// Of several lengths the first one counts, and of a length and chunks the chunks.
    ContradictionAllowed,
    /// An interim response is the response.
    InterimIsFinal,
    /// Whatever has come belongs to the body.
    EndUnheeded,
    /// The body is never in chunks.
    ChunksUnread,
}

/// The response, once all of it is there.
pub(super) fn read(
    received: &[u8],
    ended: bool,
    wrongly: Option<Misreading>,
) -> Result<Option<Received>, TransportClass> {
    let Some(end) = memmem::find(received, b"\r\n\r\n") else {
        let endless = received.len() > LONGEST_HEAD;
        return if endless {
            Err(TransportClass::Malformed)
        } else {
            Ok(None)
        };
    };
    let (head, rest) = received.split_at(end + 4);
    let (status, headers) = head_of(head).ok_or(TransportClass::Malformed)?;
    if (100..200).contains(&status) && wrongly != Some(Misreading::InterimIsFinal) {
        return read(rest, ended, wrongly);
    }
    let body = if status < 200 {
        Some(Vec::new())
    } else {
        body(&headers, rest, ended, wrongly)?
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
    wrongly: Option<Misreading>,
) -> Result<Option<Vec<u8>>, TransportClass> {
    let whole = || rest.to_vec();
    let lengths = headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let lengths: Vec<&str> = lengths.map(|(_, value)| value.as_str()).collect();
    let coding = headers.get("transfer-encoding");
    let contradicts = lengths.iter().any(|length| Some(length) != lengths.first())
        || (coding.is_some() && !lengths.is_empty());
    if contradicts && wrongly != Some(Misreading::ContradictionAllowed) {
        return Err(TransportClass::Malformed);
    }
    let read = match (coding, lengths.first()) {
        (Some(_), _) if wrongly == Some(Misreading::ChunksUnread) => ended.then(whole),
        (Some(coding), _) if coding.eq_ignore_ascii_case("chunked") => chunks(rest)?,
        (Some(_), _) => return Err(TransportClass::Malformed),
        (None, None) => ended.then(whole),
        (None, Some(length)) => {
            let digits = length.bytes().all(|byte| byte.is_ascii_digit());
            let length = length.parse().ok().filter(|_| digits);
            let length: usize = length.ok_or(TransportClass::Malformed)?;
            match rest.get(..length) {
                Some(_) if wrongly == Some(Misreading::EndUnheeded) => Some(whole()),
                body => body.map(<[u8]>::to_vec),
            }
        }
    };
    Ok(read.or_else(|| (ended && wrongly == Some(Misreading::CutIsWhole)).then(whole)))
}

fn head_of(head: &[u8]) -> Option<(u16, HeaderList)> {
    let head: String = head.iter().copied().map(char::from).collect();
    let mut lines = head.trim_end_matches("\r\n").split("\r\n");
    let mut words = lines.next()?.splitn(3, ' ');
    words.next().filter(|word| word.starts_with("HTTP/1."))?;
    let status = words.next()?.parse().ok()?;
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_owned(), super::spelling::trim(value).to_owned()))
    };
    Some((status, lines.map(header).collect::<Option<_>>()?))
}

/// The chunks put together, once the trailers behind the last one have ended.
fn chunks(mut rest: &[u8]) -> Result<Option<Vec<u8>>, TransportClass> {
    let mut body = Vec::new();
    loop {
        let Some(end) = memmem::find(rest, b"\r\n") else {
            return Ok(None);
        };
        let (line, after) = rest.split_at(end);
        let size = String::from_utf8_lossy(line);
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| TransportClass::Malformed)?;
        if size == 0 {
            // The line end before the empty line may be that of the last chunk itself.
            return Ok(memmem::find(after, b"\r\n\r\n").map(|_| body));
        }
        let after = after.get(2..).unwrap_or_default();
        let (Some(chunk), Some(next)) = (after.get(..size), after.get(size.saturating_add(2)..))
        else {
            return Ok(None);
        };
        body.extend_from_slice(chunk);
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::{Misreading, read};
    use fcgate_protocol::TransportClass;

    const CUT: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel";
    const CHUNKS: &[u8] =
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n0\r\na: b\r\n\r\n";

    fn body(text: &[u8], ended: bool, wrongly: Option<Misreading>) -> Option<Vec<u8>> {
        read(text, ended, wrongly).unwrap().map(|one| one.body)
    }

    #[test]
    fn a_response_is_there_once_it_has_ended() {
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
    fn what_contradicts_itself_is_malformed() {
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
    fn each_misreading_is_one() {
        let more = [CUT, b"lo+"].concat();
        assert_eq!(
            body(CUT, true, Some(Misreading::CutIsWhole)).unwrap(),
            b"hel"
        );
        assert_eq!(
            body(&more, false, Some(Misreading::EndUnheeded)).unwrap(),
            b"hello+"
        );
        assert!(
            body(CHUNKS, true, Some(Misreading::ChunksUnread))
                .unwrap()
                .len()
                > 5
        );
        let interim = b"HTTP/1.1 103 Early\r\n\r\n";
        let read = read(interim, false, Some(Misreading::InterimIsFinal)).unwrap();
        assert_eq!(read.unwrap().status, 103);
    }
}
