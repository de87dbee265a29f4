//! A captured exchange.

use std::fmt;

use jiff::Timestamp;

use fcgate_cases::oracle::{WireRequest, sha256_hex};
use fcgate_protocol::HeaderList;
use fcgate_text::redaction::redact_tokens;

/// One request, and its response if that was captured too.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Exchange {
    /// The request.
    pub request: CapturedRequest,
    /// The response.
    pub response: Option<CapturedResponse>,
    /// Assumptions of the reader, in sentences without a full stop.
    pub notes: Vec<String>,
    /// Whether a header that the manual wants signed must be signed. `fcgate serve` insists on it; no source shows
    /// that the service does.
    pub is_strict: bool,
}

impl Exchange {
    /// A request without a response.
    pub fn new(request: CapturedRequest) -> Self {
        Self {
            request,
            response: None,
            notes: Vec::new(),
            is_strict: false,
        }
    }
}

/// A request as it was on the wire; its `Debug` shows no value of a header, no query and no body.
#[derive(Clone)]
#[non_exhaustive]
pub struct CapturedRequest {
    /// The method as sent.
    pub method: String,
    /// The target as sent: path and query.
    pub target: String,
    /// The headers in wire order; each character of a value is one byte (Latin-1), outer spaces included.
    pub headers: HeaderList,
    /// The body.
    pub body: Body,
    /// The times at which it may have been sent; the search also tries times near them.
    pub sent: Vec<Timestamp>,
}

impl fmt::Debug for CapturedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("CapturedRequest")
            .field("method", &self.method)
            .field("path", &redact_tokens(self.path()))
            .field("headers", &names)
            .field("sent", &self.sent)
            .finish_non_exhaustive()
    }
}

/// The body of a captured request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// All its bytes.
    Whole(Vec<u8>),
    /// The lower-case hex SHA-256 of it.
    Digest(String),
    /// It was not captured.
    Unknown,
}

impl CapturedRequest {
    /// A request without headers and with an unknown body.
    pub fn new(method: impl Into<String>, target: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            target: target.into(),
            headers: HeaderList::new(),
            body: Body::Unknown,
            sent: Vec::new(),
        }
    }

    /// The first value of a header, without outer spaces.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.headers.get_trimmed(name)
    }

    /// The path as sent; an empty one is `/`.
    pub(super) fn path(&self) -> &str {
        match self.target.split('?').next() {
            None | Some("") => "/",
            Some(path) => path,
        }
    }

    /// The query as sent, without the question mark.
    pub(super) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The request for the oracle; an unknown body has the digest that is sent.
    pub(super) fn wire(&self) -> WireRequest {
        let digest = match &self.body {
            Body::Whole(body) => sha256_hex(body),
            Body::Digest(digest) => digest.clone(),
            Body::Unknown => self
                .value("x-acs-content-sha256")
                .map_or_else(|| sha256_hex(b""), str::to_owned),
        };
        WireRequest::new(&self.method, &self.target)
            .headers(&self.headers)
            .body_sha256(digest)
    }
}

/// A response as it was on the wire; its `Debug` shows no value of a header and no body.
#[derive(Clone)]
#[non_exhaustive]
pub struct CapturedResponse {
    /// The status.
    pub status: u16,
    /// The headers in wire order.
    pub headers: HeaderList,
    /// The body, as far as it was captured.
    pub body: Vec<u8>,
}

impl fmt::Debug for CapturedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("CapturedResponse")
            .field("status", &self.status)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

impl CapturedResponse {
    /// A response without headers and body.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: HeaderList::new(),
            body: Vec::new(),
        }
    }

    /// The first value of a header, without outer spaces.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.headers.get_trimmed(name)
    }
}
