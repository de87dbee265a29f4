//! A connector that connects to one address for every URL.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use http::Uri;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

/// Connects to `address` without TLS, and records the requested URL.
#[derive(Clone)]
pub(super) struct Connector {
    address: SocketAddr,
    requested: Arc<Mutex<Option<Uri>>>,
}

impl Connector {
    pub(super) fn to(address: SocketAddr) -> Self {
        Self {
            address,
            requested: Arc::default(),
        }
    }

    /// The last URL for which a connection was requested.
    pub(super) fn requested(&self) -> Option<Uri> {
        self.requested.lock().unwrap().clone()
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<TcpStream>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, url: Uri) -> Self::Future {
        *self.requested.lock().unwrap() = Some(url);
        let address = self.address;
        Box::pin(async move { TcpStream::connect(address).await.map(TokioIo::new) })
    }
}
