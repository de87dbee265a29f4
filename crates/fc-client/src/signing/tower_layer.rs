//! The signer as a `tower` layer.

use std::error::Error;
use std::mem::replace;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use fc_sign::CredentialsProvider;
use http::Request;
use tower_layer::Layer;
use tower_service::Service;

use super::RequestSigner;

type BoxError = Box<dyn Error + Send + Sync>;

/// A `tower` layer that signs requests whose body is in memory.
///
/// For a client with another body type, convert it inside of this layer, for example with `map_request`.
#[derive(Debug)]
pub struct SigningLayer<P>(Arc<RequestSigner<P>>);

impl<P> SigningLayer<P> {
    /// Makes a layer from a signer.
    pub fn new(signer: RequestSigner<P>) -> Self {
        Self(Arc::new(signer))
    }
}

impl<P> Clone for SigningLayer<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S, P> Layer<S> for SigningLayer<P> {
    type Service = SigningService<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        SigningService {
            inner,
            signer: Arc::clone(&self.0),
        }
    }
}

/// The service of a [`SigningLayer`].
#[derive(Debug)]
pub struct SigningService<S, P> {
    inner: S,
    signer: Arc<RequestSigner<P>>,
}

impl<S: Clone, P> Clone for SigningService<S, P> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            signer: Arc::clone(&self.signer),
        }
    }
}

impl<S, P, B> Service<Request<B>> for SigningService<S, P>
where
    S: Service<Request<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    P: CredentialsProvider + 'static,
    B: AsRef<[u8]> + Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        // The service that is ready is the one to call; its clone may not be.
        let clone = self.inner.clone();
        let mut inner = replace(&mut self.inner, clone);
        let signer = Arc::clone(&self.signer);
        Box::pin(async move {
            signer.sign(&mut request).await?;
            inner.call(request).await.map_err(Into::into)
        })
    }
}
