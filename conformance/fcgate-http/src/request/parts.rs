//! The parts of one request.

use fcgate_protocol::HeaderList;

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The request target.
    pub target: String,
    /// The minor version of HTTP/1: 0 or 1.
    pub minor_version: u8,
    /// The headers in wire order, with all white space except one space after the colon. A character is a byte.
    pub headers: HeaderList,
    /// The content: without the framing of its chunks.
    pub body: Vec<u8>,
    /// The framing that delimits the body.
    pub framing: Framing,
    /// Whether the client closes the connection after the response.
    pub closes: bool,
}

/// The framing that delimits the body of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// The request has no body.
    None,
    /// A `Content-Length`.
    Length(usize),
    /// Chunks.
    Chunked,
}

impl Request {
    /// All values of a header, without their outer white space.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.get_all_trimmed(name)
    }

    /// The first value of a header, without its outer white space.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.headers.get_trimmed(name)
    }

    /// Whether the client waits for `100 Continue` before it sends the body.
    pub fn expects_continue(&self) -> bool {
        self.value("expect")
            .is_some_and(|value| value.eq_ignore_ascii_case("100-continue"))
    }
}
