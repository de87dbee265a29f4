//! The interface between the suite and an adapter.

use bytes::Bytes;
use fc_transport::{ExchangeLimits, TransportError};
use http::{Request, Response};

use super::upload::Upload;

/// The HTTP implementation of an adapter, for expectations that differ between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Hyper,
    Ureq,
}

impl Engine {
    /// The value for this implementation.
    pub(crate) fn pick<T>(self, hyper: T, ureq: T) -> T {
        match self {
            Self::Hyper => hyper,
            Self::Ureq => ureq,
        }
    }
}

/// An adapter with the client of its ready constructor.
pub(crate) trait Subject: Send + Sync + 'static {
    const NAME: &'static str;
    const ENGINE: Engine;

    fn new(limits: ExchangeLimits) -> Self;

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;
}

/// A response body that is still being received.
pub(crate) trait Incoming: Send {
    /// The next bytes; `None` at the end.
    fn next(&mut self) -> Option<Result<Bytes, TransportError>>;
}

/// The streaming interface of an adapter.
pub(crate) trait Streaming: Subject {
    fn stream(
        &self,
        request: Request<Upload>,
    ) -> Result<Response<Box<dyn Incoming>>, TransportError>;
}

/// An adapter with calls that can be dropped while they run.
pub(crate) trait Cancelling: Subject {
    /// Starts the call and drops it when `moment` returns.
    fn abandon(&self, request: Request<Bytes>, moment: impl FnOnce());
}
