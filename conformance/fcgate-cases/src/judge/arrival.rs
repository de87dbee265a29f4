//! The requests that the endpoint received for one case.

use fcgate_protocol::HeaderList;
use jiff::Timestamp;

/// What the endpoint received for one case.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "filled by the endpoint")]
pub struct Arrivals {
    /// The authority of the endpoint: host and port.
    pub authority: String,
    /// The function name under which the client invoked the function of the case.
    pub function: String,
    /// The requests in the order of arrival.
    pub requests: Vec<Arrival>,
}

/// One request that arrived for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "created by the endpoint")]
pub enum Arrival {
    /// A request at the endpoint.
    Request(Box<ArrivedRequest>),
    /// Bytes at the endpoint that are not a request, with the reason.
    Unreadable(String),
    /// A request at the target of a redirect; `None` if it cannot be read.
    Redirected(Option<Box<ArrivedRequest>>),
}

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "filled by the endpoint")]
pub struct ArrivedRequest {
    /// The method.
    pub method: String,
    /// The request target: path and query, still percent-encoded.
    pub target: String,
    /// The minor version of HTTP/1.
    pub minor_version: u8,
    /// The headers in wire order. Each character of a value is one byte (Latin-1).
    pub headers: HeaderList,
    /// The content, without the framing of its chunks.
    pub body: Vec<u8>,
    /// The time of arrival by the clock of the endpoint.
    pub time: Timestamp,
    /// What is wrong with the form of the message although it can be read, such as a line end without CR.
    pub fault: Option<&'static str>,
    /// Whether the run had no earlier request with the nonce of this one.
    pub has_new_nonce: bool,
}

impl Arrivals {
    /// Creates the requests of a case; none has arrived yet.
    pub fn new(authority: impl Into<String>, function: impl Into<String>) -> Self {
        Self {
            authority: authority.into(),
            function: function.into(),
            requests: Vec::new(),
        }
    }

    /// The requests at the endpoint that could be read.
    pub fn readable(&self) -> impl Iterator<Item = &ArrivedRequest> {
        self.requests.iter().filter_map(|arrival| match arrival {
            Arrival::Request(request) => Some(request.as_ref()),
            Arrival::Unreadable(_) | Arrival::Redirected(_) => None,
        })
    }
}
