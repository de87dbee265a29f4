//! Reading a whole request.

use super::chunk::decode_chunks;
use super::error::RequestError;
use super::head;
use super::parts::{Framing, Request};

impl Request {
    /// Reads a whole request, such as one that the origin recorded.
    ///
    /// A body that is not chunked is everything that follows the head.
    ///
    /// # Errors
    ///
    /// When the bytes are not an HTTP/1.1 request, or end within its head or its chunks.
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        let end = head::find_end(bytes, &mut 0).ok_or(RequestError::CutHead)?;
        let (head, body) = bytes.split_at_checked(end).unwrap_or_default();
        head::parse(head)?.with_body(body.to_vec())
    }

    /// Adds what follows the head.
    pub(super) fn with_body(mut self, body: Vec<u8>) -> Result<Self, RequestError> {
        self.body = match self.framing {
            Framing::Chunked => decode_chunks(&body)?,
            Framing::Length(_) | Framing::None => body,
        };
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{Framing, Request, RequestError};

    #[test]
    fn a_request_is_split_into_its_parts() {
        let head = b"POST /a%2Fb?c HTTP/1.1\r\nX-Fc-A:  b \r\nHost:h\r\nx: \xfc\r\n\r\nhi";
        let request = Request::parse(head).unwrap();
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("POST", "/a%2Fb?c")
        );
        assert_eq!(request.minor_version, 1);
        assert_eq!(request.headers[0], ("X-Fc-A".to_owned(), " b ".to_owned()));
        assert_eq!(request.headers[1].1, "h");
        assert_eq!(request.value("X"), Some("\u{fc}"));
        assert_eq!(request.value("x-fc-a"), Some("b"));
        assert_eq!(
            (request.framing, request.body.as_slice()),
            (Framing::None, &b"hi"[..])
        );
    }

    #[test]
    fn chunks_are_decoded() {
        let text = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1;x\r\n!\r\n0\r\n\r\n";
        let request = Request::parse(text).unwrap();
        assert_eq!(
            (request.framing, request.body.as_slice()),
            (Framing::Chunked, &b"hi!"[..])
        );
    }

    #[test]
    fn an_incomplete_head_is_an_error() {
        let cut = Request::parse(b"POST /a HTTP/1.1\r\nX-Fc");
        assert_eq!(cut, Err(RequestError::CutHead));
    }
}
