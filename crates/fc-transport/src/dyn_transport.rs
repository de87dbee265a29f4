//! The object-safe form of a transport.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::{Transport, TransportError};

/// A future on the heap, which borrows the transport.
type BoxedFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The object-safe form of [`Transport`], for code that must not depend on the type of its transport.
///
/// Every transport implements it, and `Arc<dyn DynTransport>` is a transport. It allocates a future for each call.
/// [`BlockingTransport`](crate::BlockingTransport) is object-safe itself.
///
/// ```
/// use std::sync::Arc;
///
/// use fc_transport::{DynTransport, Transport};
///
/// fn choose(is_test: bool, real: impl Transport + 'static, fake: impl Transport + 'static) -> Arc<dyn DynTransport> {
///     if is_test { Arc::new(fake) } else { Arc::new(real) }
/// }
/// ```
pub trait DynTransport: Send + Sync {
    /// The same as [`Transport::send`].
    fn send_boxed(
        &self,
        request: Request<Bytes>,
    ) -> BoxedFuture<'_, Result<Response<Bytes>, TransportError>>;

    /// The same as [`Transport::sleep`].
    fn sleep_boxed(&self, duration: Duration) -> BoxedFuture<'_, ()>;
}

impl<T: Transport> DynTransport for T {
    fn send_boxed(
        &self,
        request: Request<Bytes>,
    ) -> BoxedFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.send(request))
    }

    fn sleep_boxed(&self, duration: Duration) -> BoxedFuture<'_, ()> {
        Box::pin(self.sleep(duration))
    }
}

impl Transport for dyn DynTransport + '_ {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        self.send_boxed(request)
    }

    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        self.sleep_boxed(duration)
    }
}

impl fmt::Debug for dyn DynTransport + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DynTransport")
    }
}
