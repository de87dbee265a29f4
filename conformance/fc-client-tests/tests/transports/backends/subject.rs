//! What the suite asks of an adapter.

use bytes::Bytes;
use fc_transport::{Limits, TransportError};
use http::{Request, Response};

use super::upload::Upload;

/// The HTTP implementation under an adapter: where two differ, an expectation may name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Hyper,
    Ureq,
}

impl Engine {
    /// What is expected of this one.
    pub(crate) fn pick<T>(self, hyper: T, ureq: T) -> T {
        match self {
            Self::Hyper => hyper,
            Self::Ureq => ureq,
        }
    }
}

/// An adapter with a client of its own: as the adapter's ready constructor makes it.
pub(crate) trait Subject: Send + Sync + 'static {
    const NAME: &'static str;
    const ENGINE: Engine;
    /// Whether a connection can be closed whose response head is refused by the adapter alone. Where it cannot,
    /// it must all the same never be used again.
    const CLOSES_REFUSED: bool = true;

    fn new(limits: Limits) -> Self;

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;
}

/// A body of a response that is still on the wire.
pub(crate) trait Incoming: Send {
    /// The next bytes; none at the end.
    fn next(&mut self) -> Option<Result<Bytes, TransportError>>;
}

/// The streaming half of an adapter.
pub(crate) trait Streaming: Subject {
    fn stream(
        &self,
        request: Request<Upload>,
    ) -> Result<Response<Box<dyn Incoming>>, TransportError>;
}

/// An adapter whose calls can be dropped while they run.
pub(crate) trait Cancelling: Subject {
    /// Starts the call and drops it when `moment` returns.
    fn abandon(&self, request: Request<Bytes>, moment: impl FnOnce());
}
