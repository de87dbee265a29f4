//! A response as bytes.

use fcgate_protocol::HeaderList;

/// A response that a fake server sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers in wire order, without those of the framing.
    pub headers: HeaderList,
    /// The body.
    pub body: Vec<u8>,
}

/// The framing that delimits the body of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFraming {
    /// `Content-Length`.
    Length,
    /// `Transfer-Encoding: chunked`.
    Chunked,
}

impl Response {
    /// A response with this status, no headers and no body.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: HeaderList::new(),
            body: Vec::new(),
        }
    }

    /// Status line and headers, the empty line included.
    ///
    /// With `close` the head announces that the connection closes after the response. A character of a header
    /// is sent as one byte (Latin-1).
    pub fn head(&self, framing: BodyFraming, close: bool) -> Vec<u8> {
        let status = self.status;
        let reason = http::StatusCode::from_u16(status).ok();
        let reason = reason.and_then(|status| status.canonical_reason());
        let first = format!("HTTP/1.1 {status} {}\r\n", reason.unwrap_or("Unknown"));
        let length = self.body.len().to_string();
        let framing = match framing {
            BodyFraming::Length => ["Content-Length", ": ", &length, "\r\n"],
            BodyFraming::Chunked => ["Transfer-Encoding", ": ", "chunked", "\r\n"],
        };
        let end = if close {
            "Connection: close\r\n\r\n"
        } else {
            "\r\n"
        };
        let headers = self.headers.iter();
        let headers = headers.flat_map(|(name, value)| [name, ": ", value, "\r\n"]);
        let texts = [first.as_str()].into_iter().chain(headers);
        let texts = texts.chain(framing).chain([end]);
        let mut head = Vec::with_capacity(texts.clone().map(str::len).sum());
        for text in texts {
            let bytes = text.chars().map(|one| u8::try_from(one).unwrap_or(b'?'));
            head.extend(bytes);
        }
        head
    }

    /// Head and body with a `Content-Length`.
    pub fn to_bytes(&self, close: bool) -> Vec<u8> {
        let mut bytes = self.head(BodyFraming::Length, close);
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Head and body in chunks of `size` bytes.
    pub fn to_chunked_bytes(&self, size: usize, close: bool) -> Vec<u8> {
        let mut bytes = self.head(BodyFraming::Chunked, close);
        for chunk in self.body.chunks(size.max(1)) {
            bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            bytes.extend_from_slice(chunk);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"0\r\n\r\n");
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::Response;

    #[test]
    fn a_response_is_framed_by_its_length_or_by_chunks() {
        let mut response = Response::new(200);
        response.headers.push("A", "\u{fc}");
        response.body = b"hi!".to_vec();
        let whole = response.to_bytes(true);
        assert_eq!(
            whole,
            b"HTTP/1.1 200 OK\r\nA: \xfc\r\nContent-Length: 3\r\nConnection: close\r\n\r\nhi!"
        );
        let chunked = response.to_chunked_bytes(2, false);
        assert!(chunked.ends_with(b"chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n"));
    }
}
