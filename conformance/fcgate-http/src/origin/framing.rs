//! Where a request ends: the plain reading of well-formed requests.

/// The length of the head at the front of `bytes`, with its empty line, when it is whole.
pub(super) fn head_length(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some(end + 4)
}

/// The length of the request at the front of `bytes`, when it is whole.
pub(super) fn request_length(bytes: &[u8]) -> Option<usize> {
    let (head, body) = bytes.split_at_checked(head_length(bytes)?)?;
    let body_length = if field(head, "transfer-encoding").is_some() {
        chunks_length(body)?
    } else {
        field(head, "content-length").map_or(Some(0), |value| value.parse().ok())?
    };
    (body.len() >= body_length).then_some(head.len() + body_length)
}

/// The value of the first field of that lower-case name.
fn field(head: &[u8], name: &str) -> Option<String> {
    String::from_utf8_lossy(head)
        .split("\r\n")
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().to_owned())
}

/// The length of a chunked body without trailers, when it is whole.
fn chunks_length(body: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = body.get(at..)?;
        let line = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..line)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        at = at.checked_add(line + 2 + size + 2)?;
        if size == 0 {
            return (body.len() >= at).then_some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::request_length;

    #[test]
    fn a_request_is_whole_with_its_last_byte() {
        for request in [
            "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST / HTTP/1.1\r\ncontent-length: 2\r\n\r\nhi",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        ] {
            let bytes = request.as_bytes();
            assert_eq!(request_length(bytes), Some(bytes.len()), "{request}");
            for cut in 0..bytes.len() {
                assert_eq!(request_length(&bytes[..cut]), None, "{request} at {cut}");
            }
        }
    }

    #[test]
    fn what_follows_belongs_to_the_next_request() {
        let two = b"GET / HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n";
        assert_eq!(request_length(two), Some(18));
    }
}
