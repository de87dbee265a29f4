//! The transport as a `tower` service.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use fc_transport::{Transport, TransportError};
use http::{Request, Response};
use hyper_util::client::legacy::connect::Connect;
use tower_service::Service;

use crate::HyperTransport;

/// Each call is one [`send`](Transport::send). The service is always ready, because the client opens connections when
/// it needs them.
impl<C: Connect + Clone + Send + Sync + 'static> Service<Request<Bytes>> for HyperTransport<C> {
    type Response = Response<Bytes>;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Bytes>, TransportError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let transport = self.clone();
        Box::pin(async move { transport.send(request).await })
    }
}
