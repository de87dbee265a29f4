//! Finds the end of a request in bytes that arrive in pieces.

use super::chunk::ChunkScanner;
use super::error::RequestError;
use super::head;
use super::parts::{Framing, Request};
use super::wait::Wait;

/// The first byte of a TLS handshake (RFC 8446, 5.1); no method starts with it.
const HANDSHAKE: u8 = 0x16;

/// The longest head and body that a reader accepts, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The head.
    pub head: usize,
    /// The content of the body.
    pub body: usize,
}

impl Limits {
    /// No limits.
    pub const NONE: Self = Self {
        head: usize::MAX,
        body: usize::MAX,
    };
}

impl Default for Limits {
    /// 64 KiB and 64 MiB, which is more than any client sends.
    fn default() -> Self {
        Self {
            head: 64 * 1024,
            body: 64 * 1024 * 1024,
        }
    }
}

/// Finds the end of one request in bytes that arrive in pieces.
#[derive(Debug, Default, Clone)]
pub struct RequestReader {
    limits: Limits,
    /// The offset up to which the end of the head was searched for.
    scanned: usize,
    head: Option<Head>,
}

#[derive(Debug, Clone)]
struct Head {
    request: Request,
    length: usize,
    chunks: ChunkScanner,
}

impl RequestReader {
    /// A reader with these limits.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// The length of the request at the start of `bytes`, when it is complete.
    ///
    /// `bytes` is everything that has arrived since the previous request ended.
    ///
    /// # Errors
    ///
    /// When the bytes cannot become a request, or exceed the limits.
    pub fn advance(&mut self, bytes: &[u8]) -> Result<Option<usize>, RequestError> {
        if bytes.first() == Some(&HANDSHAKE) {
            return Err(RequestError::Tls);
        }
        if self.head.is_none() {
            self.head = self.read_head(bytes)?;
        }
        let Some(head) = &mut self.head else {
            return Ok(None);
        };
        let body = bytes.get(head.length..).unwrap_or_default();
        let length = match head.request.framing {
            Framing::None => Some(0),
            Framing::Length(length) => (body.len() >= length).then_some(length),
            Framing::Chunked => head.chunks.advance(body, self.limits.body)?,
        };
        Ok(length.map(|length| head.length + length))
    }

    /// The request without its body, when its head is complete.
    pub fn head(&self) -> Option<&Request> {
        self.head.as_ref().map(|head| &head.request)
    }

    /// The request that is complete; `bytes` are all of it. `None` before its head is complete.
    pub(super) fn finish(self, mut bytes: Vec<u8>) -> Option<Result<Request, RequestError>> {
        let head = self.head?;
        bytes.drain(..head.length.min(bytes.len()));
        Some(head.request.with_body(bytes))
    }

    /// Returns the error if the client closes the connection after `bytes`; `None` between two requests.
    pub fn cut(&self, bytes: &[u8]) -> Option<RequestError> {
        let Some(head) = &self.head else {
            return (!head::is_blank(bytes)).then_some(RequestError::CutHead);
        };
        Some(match head.request.framing {
            Framing::Length(length) => RequestError::CutBody {
                received: bytes.len().saturating_sub(head.length),
                length,
            },
            Framing::Chunked | Framing::None => RequestError::CutChunks,
        })
    }

    /// The missing part after `bytes`.
    pub(super) fn waits_for(&self, bytes: &[u8]) -> Wait {
        match &self.head {
            None if head::is_blank(bytes) => Wait::Request,
            None => Wait::Head,
            Some(head) => Wait::Body {
                received: bytes.len(),
                length: match head.request.framing {
                    Framing::Length(length) => Some(head.length + length),
                    Framing::Chunked | Framing::None => None,
                },
            },
        }
    }

    fn read_head(&mut self, bytes: &[u8]) -> Result<Option<Head>, RequestError> {
        let end = head::find_end(bytes, &mut self.scanned);
        if end.unwrap_or(bytes.len()) > self.limits.head {
            return Err(RequestError::HeadTooLong(self.limits.head));
        }
        let Some(end) = end else {
            return Ok(None);
        };
        let request = head::parse(bytes.get(..end).unwrap_or_default())?;
        if matches!(request.framing, Framing::Length(length) if length > self.limits.body) {
            return Err(RequestError::BodyTooLong(self.limits.body));
        }
        Ok(Some(Head {
            request,
            length: end,
            chunks: ChunkScanner::default(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::{RequestError, RequestReader};

    #[test]
    fn a_request_is_complete_with_its_last_byte() {
        for request in [
            "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
            "\r\nGET / HTTP/1.1\nHost: h\n\n",
            "POST / HTTP/1.1\r\ncontent-length: 2\r\n\r\nhi",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        ] {
            let bytes = request.as_bytes();
            let mut reader = RequestReader::default();
            for cut in 0..bytes.len() {
                assert_eq!(
                    reader.advance(&bytes[..cut]),
                    Ok(None),
                    "{request} at {cut}"
                );
            }
            assert_eq!(reader.advance(bytes), Ok(Some(bytes.len())), "{request}");
        }
    }

    #[test]
    fn the_bytes_after_a_request_are_not_part_of_it() {
        let two = b"GET / HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n";
        assert_eq!(RequestReader::default().advance(two), Ok(Some(18)));
    }

    #[test]
    fn malformed_requests_are_rejected_with_their_reason() {
        let post = |rest: &str| format!("POST / HTTP/1.1\r\n{rest}");
        for (request, error) in [
            ("hello\r\n\r\n".to_owned(), RequestError::Head),
            (
                post("Content-Length: -1\r\n\r\n"),
                RequestError::ContentLength,
            ),
            (
                post("Content-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                RequestError::ContentLength,
            ),
            (
                post("Transfer-Encoding: gzip\r\n\r\n"),
                RequestError::TransferEncoding,
            ),
            (
                post("Content-Length: 99999999999\r\n\r\n"),
                RequestError::BodyTooLong(64 << 20),
            ),
            (
                post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
                RequestError::BothLengths,
            ),
            (
                post("Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                RequestError::ChunkSize,
            ),
            (
                post(&format!("A: {}", "a".repeat(70_000))),
                RequestError::HeadTooLong(64 << 10),
            ),
            ("\x16\x03\x01\x02".to_owned(), RequestError::Tls),
        ] {
            let read = RequestReader::default().advance(request.as_bytes());
            assert_eq!(read, Err(error), "{request:.60}");
        }
    }
}
