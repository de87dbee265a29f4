//! The transport over the pooled client of `hyper-util`.

use std::error::Error;
use std::fmt;
use std::mem::take;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{
    ExchangeLimits, StreamingTransport, TimeLimit, Transport, TransportError, check_framing,
};
use http::header::{CONTENT_LENGTH, HOST};
use http::uri::Scheme;
use http::{HeaderValue, Method, Request, Response, Uri};
use http_body::Body;
use hyper::body::Incoming;
use hyper::rt::{Read, Write};
use hyper_util::client::legacy::connect::{Connect, Connection, HttpConnector, capture_connection};
use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout, timeout_at};
use tower_service::Service;

use crate::body::{ResponseBody, read_complete};
use crate::connector::ClosableConnector;
use crate::payload::Payload;
use crate::{connection, error, http_connector};

/// How long an idle connection is kept. The service closes it after 90 s, according to a comment in its Go client.
const POOL_IDLE: Duration = Duration::from_secs(50);

/// The maximum number of headers in a response; the default of hyper is 100.
const MAX_HEADERS: usize = 256;

/// A [`Transport`] over the pooled client of `hyper-util`.
///
/// It is cheap to clone; clones share the connections.
pub struct HyperTransport<C> {
    backend: Backend<C>,
    limits: ExchangeLimits,
}

/// The client that sends the requests.
///
/// Our own connector reaches the connection of a response without a cost for every request; a client of the caller
/// needs [`capture_connection`].
enum Backend<C> {
    CallersClient(Box<Client<C, Payload>>),
    /// A client over our own connector, as a function because its type depends on the connector inside.
    OwnClient(Arc<dyn Fn(Request<Payload>) -> ResponseFuture + Send + Sync>),
}

impl HyperTransport<HttpConnector> {
    /// Makes a transport for plain HTTP over [`http_connector()`], for tests and examples.
    ///
    /// Without TLS an attacker on the network can read the payload and the security token.
    pub fn http() -> Self {
        Self::with_connector(http_connector())
    }
}

impl<C> HyperTransport<C>
where
    C: Service<Uri> + Clone + Send + Sync + 'static,
    C::Response: Connection + Read + Write + Unpin + Send + 'static,
    C::Error: Into<Box<dyn Error + Send + Sync>>,
    C::Future: Unpin + Send + 'static,
{
    /// Makes a transport over this connector, for HTTP/1.1.
    ///
    /// It keeps an idle connection for 50 s and never retries. Each request is cheaper than with a client of your own
    /// in [`new`](Self::new). Connect timeout and TCP keepalive are settings of the connector: see [`http_connector()`].
    ///
    /// ```
    /// use fc_transport_hyper::{HyperTransport, http_connector};
    ///
    /// let transport = HyperTransport::with_connector(http_connector());
    /// # let _ = transport;
    /// ```
    pub fn with_connector(connector: C) -> Self {
        let client: Client<_, Payload> = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(POOL_IDLE)
            .retry_canceled_requests(false)
            .http1_max_headers(MAX_HEADERS)
            .build(ClosableConnector(connector));
        Self {
            backend: Backend::OwnClient(Arc::new(move |request| client.request(request))),
            limits: ExchangeLimits::default(),
        }
    }
}

impl<C> HyperTransport<C> {
    /// Makes a transport over this client, with the default [`ExchangeLimits`].
    pub fn new(client: Client<C, Payload>) -> Self {
        Self {
            backend: Backend::CallersClient(Box::new(client)),
            limits: ExchangeLimits::default(),
        }
    }

    /// Sets the limits of each exchange.
    #[must_use]
    pub fn limits(self, limits: ExchangeLimits) -> Self {
        Self { limits, ..self }
    }
}

impl<C: Connect + Clone + Send + Sync + 'static> HyperTransport<C> {
    /// Sends a request and returns the head of the response and its connection.
    async fn head(
        &self,
        mut request: Request<Payload>,
    ) -> Result<(Response<Incoming>, connection::Connection), TransportError> {
        prepare(&mut request)?;
        let (sent, captured) = match &self.backend {
            Backend::CallersClient(client) => {
                let captured = capture_connection(&mut request);
                (client.request(request), Some(captured))
            }
            Backend::OwnClient(client) => (client(request), None),
        };
        let mut response = sent.await.map_err(error::from_request_error)?;
        // Drop the extensions: they are not used, and they may keep the connection open.
        let mut extensions = take(response.extensions_mut());
        let connection = connection::Connection::new(captured, &mut extensions);
        if let Err(error) = check_framing(response.headers()) {
            drop(response);
            connection.close().await;
            return Err(error);
        }
        Ok((response, connection))
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let (response, connection) = self.head(request.map(Payload::in_memory)).await?;
        let response = read_complete(response, &self.limits).await;
        if response.is_err() {
            connection.close().await;
        }
        response
    }
}

/// Refuses a URI that the client would refuse with a less specific error, and sets the `Content-Length` of an empty
/// body, which the client omits.
fn prepare(request: &mut Request<Payload>) -> Result<(), TransportError> {
    let scheme = request.uri().scheme();
    if scheme != Some(&Scheme::HTTP) && scheme != Some(&Scheme::HTTPS) {
        return Err(error::request("expected an absolute http or https URI"));
    }
    let host = host(request.uri());
    let is_empty_post = request.body().is_end_stream() && request.method() == Method::POST;
    let headers = request.headers_mut();
    headers.remove(CONTENT_LENGTH);
    if is_empty_post {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if let Some(host) = host {
        headers.entry(HOST).or_insert(host);
    }
    Ok(())
}

/// The `Host` that the client would write, copied because the client formats it for every request.
///
/// `None` for a URI with a user or with the default port, which the client removes.
fn host(uri: &Uri) -> Option<HeaderValue> {
    let authority = uri.authority()?.as_str();
    let default_port = if uri.scheme() == Some(&Scheme::HTTPS) {
        ":443"
    } else {
        ":80"
    };
    let is_rewritten = authority.contains('@') || authority.ends_with(':');
    if is_rewritten || authority.ends_with(default_port) {
        return None;
    }
    HeaderValue::from_str(authority).ok()
}

fn total_timeout(_: tokio::time::error::Elapsed) -> TransportError {
    TransportError::timeout(TimeLimit::Total)
}

impl<C: Connect + Clone + Send + Sync + 'static> Transport for HyperTransport<C> {
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

impl<C: Connect + Clone + Send + Sync + 'static> StreamingTransport for HyperTransport<C> {
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
        let head = self.head(request.map(|body| Payload::stream(body, length)));
        let deadline = self.limits.total.map(|total| Instant::now() + total);
        let (response, connection) = match deadline {
            Some(deadline) => timeout_at(deadline, head).await.map_err(total_timeout)??,
            None => head.await?,
        };
        if response.body().size_hint().lower() > self.limits.streamed_body {
            drop(response);
            connection.close().await;
            return Err(error::too_large());
        }
        Ok(response.map(|body| ResponseBody::new(body, &self.limits, deadline)))
    }
}

impl<C> Clone for HyperTransport<C>
where
    C: Clone,
{
    fn clone(&self) -> Self {
        Self {
            backend: match &self.backend {
                Backend::CallersClient(client) => Backend::CallersClient(client.clone()),
                Backend::OwnClient(client) => Backend::OwnClient(Arc::clone(client)),
            },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_copied_if_the_client_would_write_the_same() {
        let host_of = |uri: &str| host(&uri.parse().unwrap());
        for (uri, expected) in [
            ("http://127.0.0.1:8080/f", Some("127.0.0.1:8080")),
            ("https://fc.example.com/f", Some("fc.example.com")),
            ("http://[::1]/f", Some("[::1]")),
            ("https://[::1]:80/f", Some("[::1]:80")),
            ("http://fc.example.com:80/f", None),
            ("https://fc.example.com:443/f", None),
            ("http://fc.example.com:/f", None),
            ("http://me@fc.example.com/f", None),
            ("/f", None),
        ] {
            assert_eq!(
                host_of(uri).as_ref().map(HeaderValue::as_bytes),
                expected.map(str::as_bytes),
                "{uri}"
            );
        }
    }
}
