//! Reads the bytes of one HTTP/1 response; everything but a whole and unambiguous one is refused.

use super::source::Pair;

/// A complete response as a client library hands it out: the framing is gone, trailers too.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    /// Values are Latin-1 text, one character for each byte.
    pub(super) headers: Vec<Pair>,
    pub(super) body: Vec<u8>,
}

/// `None` for interim, truncated, overlong and contradictory responses, and for what is not HTTP.
pub(super) fn read(bytes: &[u8]) -> Option<Response> {
    let mut slots = [httparse::EMPTY_HEADER; 256];
    let mut head = httparse::Response::new(&mut slots);
    let httparse::Status::Complete(length) = head.parse(bytes).ok()? else {
        return None;
    };
    let status = head.code.filter(|status| *status >= 200)?;
    let rest = bytes.get(length..)?;
    let headers: Vec<Pair> = head
        .headers
        .iter()
        .map(|header| {
            let value = header
                .value
                .iter()
                .copied()
                .map(char::from)
                .collect::<String>();
            Pair(
                header.name.to_owned(),
                value.trim_matches([' ', '\t']).to_owned(),
            )
        })
        .collect();
    let values = |name: &str| -> Vec<&str> {
        headers
            .iter()
            .filter(|header| header.is(name))
            .map(|header| header.1.as_str())
            .collect()
    };
    let body = match (
        values("transfer-encoding").as_slice(),
        values("content-length").as_slice(),
    ) {
        _ if matches!(status, 204 | 304) => rest.is_empty().then(Vec::new)?,
        ([coding], []) if coding.eq_ignore_ascii_case("chunked") => dechunked(rest)?,
        ([], [length]) => {
            let length: usize = length.parse().ok()?;
            (rest.len() == length).then(|| rest.to_vec())?
        }
        // The end of the connection ends the body.
        ([], []) => rest.to_vec(),
        _ => return None,
    };
    Some(Response {
        status,
        headers,
        body,
    })
}

fn dechunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let httparse::Status::Complete((skip, size)) = httparse::parse_chunk_size(rest).ok()?
        else {
            return None;
        };
        rest = rest.get(skip..)?;
        if size == 0 {
            // Trailers may follow; an empty line ends them.
            return (rest == b"\r\n" || rest.ends_with(b"\r\n\r\n")).then_some(body);
        }
        let size = usize::try_from(size).ok()?;
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::record::source::Pair;

    #[test]
    fn a_counted_body_is_read_and_outer_white_space_goes() {
        let response =
            read(b"HTTP/1.1 200\r\nContent-Length: 2\r\nX-A:  \t r1 \t\r\n\r\nok").unwrap();
        assert_eq!(response.status, 200);
        assert_eq!(response.headers.last(), Some(&Pair::new("X-A", "r1")));
        assert_eq!(response.body, b"ok");
    }

    #[test]
    fn chunks_are_joined_and_trailers_dropped() {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        let with = |tail: &[u8]| read(&[head.as_slice(), tail].concat());
        let response = with(b"5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-T: 1\r\n\r\n").unwrap();
        assert_eq!(response.body, b"hello world");
        assert_eq!(response.headers.len(), 1);
        assert_eq!(with(b"5\r\nhello\r\n6\r\n wo"), None);
        assert_eq!(with(b"b\r\nhello world\r\n"), None);
        assert_eq!(with(b"zz\r\nhello\r\n0\r\n\r\n"), None);
    }

    #[test]
    fn the_connection_may_end_a_body_that_has_no_length() {
        assert_eq!(
            read(b"HTTP/1.0 200 OK\r\n\r\nhello").unwrap().body,
            b"hello"
        );
    }

    #[test]
    fn what_is_not_one_whole_response_is_refused() {
        assert_eq!(read(b"this is not http"), None);
        assert_eq!(read(b"HTTP/1.1 200 OK\r\nX-Fc-Req"), None);
        assert_eq!(
            read(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok"),
            None
        );
        assert_eq!(
            read(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nok"),
            None
        );
        let two = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nok";
        assert_eq!(read(two), None);
        assert_eq!(
            read(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
            None
        );
    }
}
