//! Transports that send one request and return one complete response.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::TransportError;

/// An asynchronous HTTP client that keeps the contract in the documentation of this crate.
///
/// The request has an absolute URI, a payload and every header except `Host` and `Content-Length`, which the
/// transport writes. Dropping the future closes the connection.
pub trait Transport: Send + Sync {
    /// Sends the request once and returns the complete response, whatever its status.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send;

    /// Waits on the timer of the runtime.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send;
}

/// A blocking HTTP client that keeps the contract in the documentation of this crate.
pub trait BlockingTransport: Send + Sync {
    /// Sends the request once and returns the complete response, whatever its status.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if there is no complete response.
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;

    /// Blocks the thread for this time.
    fn sleep(&self, duration: Duration);
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<T: Transport + ?Sized> Transport for $pointer {
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

        impl<T: BlockingTransport + ?Sized> BlockingTransport for $pointer {
            fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
                (**self).send(request)
            }

            fn sleep(&self, duration: Duration) {
                (**self).sleep(duration);
            }
        }
    )*};
}

forward!(&T, Arc<T>);
