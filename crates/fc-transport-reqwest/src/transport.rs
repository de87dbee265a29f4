//! The transport over a `reqwest` client of the caller.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{ExchangeLimits, StreamingTransport, Transport, TransportError, check_framing};
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request, Response};
use http_body::Body;
use reqwest::{Client, ClientBuilder, redirect, retry};
use tokio::time::{Instant, timeout, timeout_at};

use crate::body::{ResponseBody, read_complete};
use crate::error;
use crate::payload::ExactLength;

/// The connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept. The service closes it after 90 s, according to a comment in its Go client.
const POOL_IDLE: Duration = Duration::from_secs(50);

/// Makes a client builder with the recommended settings: HTTP/1.1, no redirects, no referer, no retries, no proxy
/// from the environment, and a connect timeout of 5 s. The caller adds TLS, a proxy or other limits.
pub fn client_builder() -> ClientBuilder {
    Client::builder()
        .http1_only()
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .no_proxy()
        .tcp_nodelay(true)
        .pool_idle_timeout(POOL_IDLE)
        .connect_timeout(CONNECT_TIMEOUT)
}

/// A [`Transport`] over a [`reqwest::Client`].
///
/// It is cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: Client,
    limits: ExchangeLimits,
    /// The number of refused responses; the client keeps their connections.
    refused: Arc<AtomicU64>,
}

impl ReqwestTransport {
    /// Makes a transport over this client, with the default [`ExchangeLimits`].
    ///
    /// The settings of the client apply; [`client_builder`] has the recommended ones.
    pub fn new(client: Client) -> Self {
        Self {
            client,
            limits: ExchangeLimits::default(),
            refused: Arc::default(),
        }
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
        let mut request = convert(request)?;
        self.avoid_refused_connections(&mut request);
        let url = request.url().clone();
        let mut response = self
            .client
            .execute(request)
            .await
            .map_err(error::from_reqwest)?;
        // Drop the extensions: they are not used, and they may keep the connection open.
        response.extensions_mut().clear();
        if *response.url() != url {
            return Err(error::redirected());
        }
        if let Err(error) = check_framing(response.headers()) {
            self.count_refused();
            return Err(error);
        }
        Ok(response)
    }

    fn count_refused(&self) {
        self.refused.fetch_add(1, Ordering::AcqRel);
    }

    /// Changes the user name of the URL, so that no request is sent on the connection of a refused response.
    ///
    /// The client reads a short dropped body to its end and uses the connection again, and it has no setting against
    /// that. But it pools connections by authority. With another user name, which is not sent, it makes a new one.
    fn avoid_refused_connections(&self, request: &mut reqwest::Request) {
        let refused = self.refused.load(Ordering::Acquire);
        if refused > 0 {
            // This fails only for a URL without a host.
            let _ = request.url_mut().set_username(&refused.to_string());
        }
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut response = self.head(request.map(reqwest::Body::from)).await?;
        let body = read_complete(&mut response, &self.limits).await;
        let body = body.inspect_err(|_| self.count_refused())?;
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
    error::timeout("the exchange exceeded ExchangeLimits::total")
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
        let response = Response::<reqwest::Body>::from(response);
        Ok(response.map(|body| ResponseBody::new(body, self.limits.idle, deadline)))
    }
}
