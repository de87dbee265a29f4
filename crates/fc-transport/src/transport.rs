//! One request, one complete response.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::TransportError;

/// An asynchronous HTTP client, by the contract in the crate's documentation.
///
/// The request has an absolute URI, its payload and every header but `Host` and `Content-Length`, which
/// the transport writes. Dropping the future closes the connection.
pub trait Transport: Send + Sync {
    /// Sends the request once and gives the complete response, whatever its status.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send;

    /// Waits: an asynchronous transport knows the timer of its runtime.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send;
}

/// A blocking HTTP client, by the same contract.
pub trait BlockingTransport: Send + Sync {
    /// Sends the request once and gives the complete response, whatever its status.
    ///
    /// # Errors
    ///
    /// When there is no complete response; see [`TransportErrorKind`](crate::TransportErrorKind).
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;

    /// Blocks the thread.
    fn sleep(&self, duration: Duration);
}

impl<T: Transport> Transport for &T {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        (**self).send(request)
    }

    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        (**self).sleep(duration)
    }
}

impl<T: BlockingTransport> BlockingTransport for &T {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request)
    }

    fn sleep(&self, duration: Duration) {
        (**self).sleep(duration);
    }
}
