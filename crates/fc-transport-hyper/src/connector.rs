//! A connector that makes closable connections.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Uri;
use tower_service::Service;

use crate::connection::Closable;

/// A connector that makes the connections of another connector closable.
#[derive(Clone)]
pub(crate) struct ClosableConnector<C>(pub(crate) C);

impl<C: Service<Uri>> Service<Uri> for ClosableConnector<C>
where
    C::Future: Unpin,
{
    type Response = Closable<C::Response>;
    type Error = C::Error;
    type Future = Connecting<C::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), C::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Connecting(self.0.call(uri))
    }
}

pub(crate) struct Connecting<F>(F);

impl<F, T, E> Future for Connecting<F>
where
    F: Future<Output = Result<T, E>> + Unpin,
{
    type Output = Result<Closable<T>, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let connected = ready!(Pin::new(&mut self.0).poll(context));
        Poll::Ready(connected.map(Closable::new))
    }
}
