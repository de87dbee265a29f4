//! A request that the server received.

use std::ops::Deref;

use fcgate_cases::oracle::WireRequest;
use fcgate_http::request::{Framing, Request};
use fcgate_protocol::{HeaderList, Scheme};

/// A complete request that the server received.
#[derive(Debug, Clone)]
pub(super) struct ReceivedRequest(Request);

impl ReceivedRequest {
    /// The subject of checks when the client sent bytes that are not a request.
    pub(super) fn unreadable() -> Self {
        Self(Request {
            method: String::new(),
            target: "/".to_owned(),
            minor_version: 1,
            headers: HeaderList::new(),
            body: Vec::new(),
            framing: Framing::None,
            closes: true,
        })
    }

    /// Returns the request for the oracle, which verifies this scheme.
    pub(super) fn request(&self, scheme: Scheme) -> WireRequest {
        WireRequest::new(&self.method, &self.target)
            .headers(&self.headers)
            .signed_body(scheme, &self.body)
    }
}

impl From<Request> for ReceivedRequest {
    fn from(request: Request) -> Self {
        Self(request)
    }
}

impl Deref for ReceivedRequest {
    type Target = Request;

    fn deref(&self) -> &Request {
        &self.0
    }
}
