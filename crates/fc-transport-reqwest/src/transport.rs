//! The transport over a `reqwest` client with the settings of the caller.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{
    ExchangeLimits, StreamingTransport, TimeLimit, Transport, TransportError, check_framing,
};
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request, Response};
use http_body::Body;
use reqwest::ClientBuilder;
use tokio::time::{Instant, timeout, timeout_at};

use crate::body::{ResponseBody, read_complete};
use crate::clients::Clients;
use crate::error;
use crate::payload::ExactLength;

/// A [`Transport`] over a [`reqwest::Client`] that it builds.
///
/// It is cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    clients: Arc<Clients>,
    limits: ExchangeLimits,
}

impl ReqwestTransport {
    /// Makes a transport over the client that `settings` describes, with the default [`ExchangeLimits`].
    ///
    /// The transport builds the client again after a response that contradicts itself: `reqwest` has no way to close
    /// one connection, but a dropped client closes all of its idle ones. Requests that are being sent at that time
    /// finish on the old client. Whatever the settings are, the client follows no redirect, never retries, adds no
    /// `Referer` and decompresses nothing.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use fc_transport_reqwest::{ReqwestTransport, client_builder};
    ///
    /// // With the recommended settings:
    /// let transport = ReqwestTransport::new(client_builder)?;
    /// // With settings of your own:
    /// let transport = ReqwestTransport::new(|| client_builder().connect_timeout(Duration::from_secs(3)))?;
    /// # let _ = transport;
    /// # Ok::<(), reqwest::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The error of [`ClientBuilder::build`].
    pub fn new(
        settings: impl Fn() -> ClientBuilder + Send + Sync + 'static,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self {
            clients: Arc::new(Clients::new(settings)?),
            limits: ExchangeLimits::default(),
        })
    }

    /// Sets the limits of each exchange.
    #[must_use]
    pub fn limits(self, limits: ExchangeLimits) -> Self {
        Self { limits, ..self }
    }

    async fn head(
        &self,
        request: Request<reqwest::Body>,
    ) -> Result<reqwest::Response, TransportError> {
        let request = convert(request)?;
        let (client, generation) = self.clients.current().map_err(error::from_reqwest)?;
        let sent = client.execute(request).await;
        let mut response = sent.map_err(error::from_reqwest)?;
        // Drop the extensions: they are not used, and they may keep the connection open.
        response.extensions_mut().clear();
        if let Err(error) = check_framing(response.headers()) {
            self.clients.replace(generation);
            return Err(error);
        }
        Ok(response)
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut response = self.head(request.map(reqwest::Body::from)).await?;
        let body = read_complete(&mut response, &self.limits).await?;
        let mut complete = Response::new(body);
        *complete.status_mut() = response.status();
        *complete.version_mut() = response.version();
        *complete.headers_mut() = std::mem::take(response.headers_mut());
        Ok(complete)
    }
}

/// Refuses a URI that the conversion would change, and sets the `Content-Length` of an empty body, which the client
/// omits.
fn convert(mut request: Request<reqwest::Body>) -> Result<reqwest::Request, TransportError> {
    let headers = request.headers_mut();
    headers.remove(CONTENT_LENGTH);
    if request.body().is_end_stream() && request.method() == Method::POST {
        let zero = HeaderValue::from_static("0");
        request.headers_mut().insert(CONTENT_LENGTH, zero);
    }
    let uri = request.uri().clone();
    let request = reqwest::Request::try_from(request).map_err(error::from_reqwest)?;
    let url = request.url();
    if url.path() != uri.path() || url.query() != uri.query() {
        return Err(error::request(
            "the client would change the path or the query of the URI, which are signed",
        ));
    }
    Ok(request)
}

fn total_timeout(_: tokio::time::error::Elapsed) -> TransportError {
    TransportError::timeout(TimeLimit::Total)
}

impl Transport for ReqwestTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let exchange = self.exchange(request);
        match self.limits.total {
            Some(total) => timeout(total, exchange).await.map_err(total_timeout)?,
            None => exchange.await,
        }
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

impl StreamingTransport for ReqwestTransport {
    type ResponseBody = ResponseBody;

    async fn stream<B>(&self, request: Request<B>) -> Result<Response<ResponseBody>, TransportError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let Some(length) = request.body().size_hint().exact() else {
            return Err(error::request(
                "expected a request body with a known length",
            ));
        };
        let request = request.map(|body| reqwest::Body::wrap(ExactLength::new(body, length)));
        let deadline = self.limits.total.map(|total| Instant::now() + total);
        let head = self.head(request);
        let response = match deadline {
            Some(deadline) => timeout_at(deadline, head).await.map_err(total_timeout)??,
            None => head.await?,
        };
        if response.content_length() > Some(self.limits.streamed_body) {
            return Err(error::too_large());
        }
        let response = Response::<reqwest::Body>::from(response);
        Ok(response.map(|body| ResponseBody::new(body, &self.limits, deadline)))
    }
}
