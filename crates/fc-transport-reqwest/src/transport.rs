//! The transport over a client of the caller.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{Limits, StreamingTransport, Transport, TransportError, check_framing};
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request, Response};
use http_body::Body;
use reqwest::{Client, ClientBuilder, redirect, retry};
use tokio::time::{Instant, timeout, timeout_at};

use crate::body::{ResponseBody, whole};
use crate::error;
use crate::payload::Exact;

/// Longer than any service in reach takes to accept, shorter than a caller wants to wait for one that is not.
const CONNECT: Duration = Duration::from_secs(5);
/// The service gives up a connection after 90 s without a request, by a comment of its Go client.
const POOL_IDLE: Duration = Duration::from_secs(50);

/// What a client should begin with: HTTP/1.1, no redirects, no referer, no retries, no proxy from the
/// environment, and a connect limit of 5 s. TLS, a proxy or another limit are added by the caller.
pub fn client_builder() -> ClientBuilder {
    Client::builder()
        .http1_only()
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .no_proxy()
        .tcp_nodelay(true)
        .pool_idle_timeout(POOL_IDLE)
        .connect_timeout(CONNECT)
}

/// A [`Transport`] over a [`reqwest::Client`].
///
/// Cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: Client,
    limits: Limits,
    /// How many responses were refused, on connections that the client keeps all the same.
    refused: Arc<AtomicU64>,
}

impl ReqwestTransport {
    /// Over this client, with the default [`Limits`]. What the client is set to holds: see
    /// [`client_builder`] for what it should be.
    pub fn new(client: Client) -> Self {
        Self {
            client,
            limits: Limits::default(),
            refused: Arc::default(),
        }
    }

    /// With these limits.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    async fn head(
        &self,
        request: Request<reqwest::Body>,
    ) -> Result<reqwest::Response, TransportError> {
        let mut request = convert(request)?;
        self.leave_refused(&mut request);
        let asked = request.url().clone();
        let mut response = self.client.execute(request).await.map_err(error::of)?;
        // What they hold is of no use above, and may hold the connection.
        response.extensions_mut().clear();
        if *response.url() != asked {
            return Err(error::redirected());
        }
        if let Err(error) = check_framing(response.headers()) {
            self.refuse();
            return Err(error);
        }
        Ok(response)
    }

    fn refuse(&self) {
        self.refused.fetch_add(1, Ordering::AcqRel);
    }

    /// The client reads a short body to its end as soon as it is dropped, uses the connection again and has no
    /// way to forbid that. But it keeps connections by authority: under a user name, which is not sent,
    /// it has none of those made before.
    fn leave_refused(&self, request: &mut reqwest::Request) {
        let refused = self.refused.load(Ordering::Acquire);
        if refused > 0 {
            // Only a URL without a host has no room for a name.
            let _ = request.url_mut().set_username(&refused.to_string());
        }
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut response = self.head(request.map(reqwest::Body::from)).await?;
        let body = whole(&mut response, &self.limits).await;
        let body = body.inspect_err(|_| self.refuse())?;
        let mut whole = Response::new(body);
        *whole.status_mut() = response.status();
        *whole.version_mut() = response.version();
        *whole.headers_mut() = std::mem::take(response.headers_mut());
        Ok(whole)
    }
}

/// Refuses what the conversion would change, and fills the gap that the client leaves: it sends no length
/// with an empty body.
fn convert(mut request: Request<reqwest::Body>) -> Result<reqwest::Request, TransportError> {
    let headers = request.headers_mut();
    headers.remove(CONTENT_LENGTH);
    if request.body().is_end_stream() && request.method() == Method::POST {
        let zero = HeaderValue::from_static("0");
        request.headers_mut().insert(CONTENT_LENGTH, zero);
    }
    let uri = request.uri().clone();
    let request = reqwest::Request::try_from(request).map_err(error::of)?;
    let url = request.url();
    if url.path() != uri.path() || url.query() != uri.query() {
        return Err(error::request("the client would send another URI"));
    }
    Ok(request)
}

fn late(_: tokio::time::error::Elapsed) -> TransportError {
    error::timeout("the exchange took too long")
}

impl Transport for ReqwestTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let exchange = self.exchange(request);
        match self.limits.total {
            Some(total) => timeout(total, exchange).await.map_err(late)?,
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
            return Err(error::request("the body does not know its length"));
        };
        let request = request.map(|body| reqwest::Body::wrap(Exact::new(body, length)));
        let deadline = self.limits.total.map(|total| Instant::now() + total);
        let head = self.head(request);
        let response = match deadline {
            Some(deadline) => timeout_at(deadline, head).await.map_err(late)??,
            None => head.await?,
        };
        let response = Response::<reqwest::Body>::from(response);
        Ok(response.map(|body| ResponseBody::new(body, self.limits.idle, deadline)))
    }
}
