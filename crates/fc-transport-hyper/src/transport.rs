//! The transport over the pooled client.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{Limits, StreamingTransport, Transport, TransportError, check_framing};
use http::header::CONTENT_LENGTH;
use http::uri::Scheme;
use http::{HeaderValue, Method, Request, Response};
use http_body::Body;
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{
    CaptureConnection, Connect, HttpConnector, capture_connection,
};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout, timeout_at};

use crate::body::{ResponseBody, whole};
use crate::error;
use crate::payload::Payload;

/// Longer than any service in reach takes to accept, shorter than a caller wants to wait for one that is not.
const CONNECT: Duration = Duration::from_secs(5);
/// The service gives up a connection after 90 s without a request, by a comment of its Go client.
const POOL_IDLE: Duration = Duration::from_secs(50);

/// A [`Transport`] over the pooled client of `hyper-util`.
///
/// Cheap to clone; clones share the connections.
pub struct HyperTransport<C> {
    client: Client<C, Payload>,
    limits: Limits,
}

impl HyperTransport<HttpConnector> {
    /// Plain HTTP with a connect limit of 5 s, for tests and examples. Without TLS the payload and a security
    /// token can be read on the way.
    pub fn http() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT));
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(POOL_IDLE)
            .retry_canceled_requests(false)
            .build(connector);
        Self::new(client)
    }
}

impl<C> HyperTransport<C> {
    /// Over this client, with the default [`Limits`].
    pub fn new(client: Client<C, Payload>) -> Self {
        Self {
            client,
            limits: Limits::default(),
        }
    }

    /// With these limits.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

impl<C: Connect + Clone + Send + Sync + 'static> HyperTransport<C> {
    /// The head of the response and the connection that it came on.
    async fn head(
        &self,
        mut request: Request<Payload>,
    ) -> Result<(Response<Incoming>, CaptureConnection), TransportError> {
        prepare(&mut request)?;
        let connection = capture_connection(&mut request);
        let sent = self.client.request(request).await;
        let mut response = sent.map_err(error::of_request)?;
        // What they hold is of no use above, and may hold the connection.
        response.extensions_mut().clear();
        if let Err(error) = check_framing(response.headers()) {
            poison(&connection);
            return Err(error);
        }
        Ok((response, connection))
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let (response, connection) = self.head(request.map(Payload::whole)).await?;
        let whole = whole(response, &self.limits).await;
        if whole.is_err() {
            poison(&connection);
        }
        whole
    }
}

/// The client reads a short body to its end as soon as it is dropped, and uses the connection again unless
/// told otherwise.
fn poison(connection: &CaptureConnection) {
    if let Some(connection) = connection.connection_metadata().as_ref() {
        connection.poison();
    }
}

/// Refuses what the client would refuse in a less certain way, and fills the gap that it leaves: it sends
/// no length with an empty body.
fn prepare(request: &mut Request<Payload>) -> Result<(), TransportError> {
    let scheme = request.uri().scheme();
    if scheme != Some(&Scheme::HTTP) && scheme != Some(&Scheme::HTTPS) {
        return Err(error::request("the URI is not an absolute one of HTTP"));
    }
    let headers = request.headers_mut();
    headers.remove(CONTENT_LENGTH);
    if request.body().is_end_stream() && request.method() == Method::POST {
        let zero = HeaderValue::from_static("0");
        request.headers_mut().insert(CONTENT_LENGTH, zero);
    }
    Ok(())
}

fn late(_: tokio::time::error::Elapsed) -> TransportError {
    error::timeout("the exchange took too long")
}

impl<C: Connect + Clone + Send + Sync + 'static> Transport for HyperTransport<C> {
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

impl<C: Connect + Clone + Send + Sync + 'static> StreamingTransport for HyperTransport<C> {
    type ResponseBody = ResponseBody;

    async fn stream<B>(&self, request: Request<B>) -> Result<Response<ResponseBody>, TransportError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let Some(length) = request.body().size_hint().exact() else {
            return Err(error::request("the body does not know its length"));
        };
        let head = self.head(request.map(|body| Payload::stream(body, length)));
        let deadline = self.limits.total.map(|total| Instant::now() + total);
        let (response, _) = match deadline {
            Some(deadline) => timeout_at(deadline, head).await.map_err(late)??,
            None => head.await?,
        };
        Ok(response.map(|body| ResponseBody::new(body, self.limits.idle, deadline)))
    }
}

impl<C> Clone for HyperTransport<C>
where
    C: Clone,
{
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            limits: self.limits,
        }
    }
}

impl<C> fmt::Debug for HyperTransport<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
