//! The transport over the pooled client.

use std::error::Error;
use std::fmt;
use std::mem::take;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{Limits, StreamingTransport, Transport, TransportError, check_framing};
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

use crate::body::{ResponseBody, whole};
use crate::connector::Closing;
use crate::payload::Payload;
use crate::{connection, error};

/// Longer than any service in reach takes to accept, shorter than a caller wants to wait for one that is not.
const CONNECT: Duration = Duration::from_secs(5);
/// The service gives up a connection after 90 s without a request, by a comment of its Go client.
const POOL_IDLE: Duration = Duration::from_secs(50);

/// A [`Transport`] over the pooled client of `hyper-util`.
///
/// Cheap to clone; clones share the connections.
pub struct HyperTransport<C> {
    backend: Backend<C>,
    limits: Limits,
}

/// The client, by who made it: only over a connector of our own is there a way to a response's connection that
/// costs nothing until it is needed.
enum Backend<C> {
    Given(Box<Client<C, Payload>>),
    /// The client over our own connector. Its type cannot be told from that of the connector inside.
    Own(Arc<dyn Fn(Request<Payload>) -> ResponseFuture + Send + Sync>),
}

impl HyperTransport<HttpConnector> {
    /// Plain HTTP with a connect limit of 5 s, for tests and examples. Without TLS the payload and a security
    /// token can be read on the way.
    pub fn http() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT));
        connector.set_nodelay(true);
        Self::over(connector)
    }
}

impl<C> HyperTransport<C>
where
    C: Service<Uri> + Clone + Send + Sync + 'static,
    C::Response: Connection + Read + Write + Unpin + Send + 'static,
    C::Error: Into<Box<dyn Error + Send + Sync>>,
    C::Future: Unpin + Send + 'static,
{
    /// Over a client of its own with this connector, for HTTP/1.1: it keeps an idle connection for 50 s and
    /// repeats nothing. It costs less for each request than a client of yours in [`new`](Self::new).
    ///
    /// ```
    /// use fc_transport_hyper::HyperTransport;
    /// use hyper_util::client::legacy::connect::HttpConnector;
    ///
    /// let mut connector = HttpConnector::new();
    /// connector.set_nodelay(true);
    /// let transport = HyperTransport::over(connector);
    /// # let _ = transport;
    /// ```
    pub fn over(connector: C) -> Self {
        let client: Client<_, Payload> = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(POOL_IDLE)
            .retry_canceled_requests(false)
            .build(Closing(connector));
        Self {
            backend: Backend::Own(Arc::new(move |request| client.request(request))),
            limits: Limits::default(),
        }
    }
}

impl<C> HyperTransport<C> {
    /// Over this client, with the default [`Limits`].
    pub fn new(client: Client<C, Payload>) -> Self {
        Self {
            backend: Backend::Given(Box::new(client)),
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
    ) -> Result<(Response<Incoming>, connection::Connection), TransportError> {
        prepare(&mut request)?;
        let (sent, captured) = match &self.backend {
            Backend::Given(client) => {
                let captured = capture_connection(&mut request);
                (client.request(request), Some(captured))
            }
            Backend::Own(client) => (client(request), None),
        };
        let mut response = sent.await.map_err(error::of_request)?;
        // What else they hold is of no use above, and may hold the connection.
        let mut extensions = take(response.extensions_mut());
        let connection = connection::Connection::of(captured, &mut extensions);
        if let Err(error) = check_framing(response.headers()) {
            drop(response);
            connection.end().await;
            return Err(error);
        }
        Ok((response, connection))
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let (response, connection) = self.head(request.map(Payload::whole)).await?;
        let whole = whole(response, &self.limits).await;
        if whole.is_err() {
            connection.end().await;
        }
        whole
    }
}

/// Refuses what the client would refuse in a less certain way, and fills the gap that it leaves: it sends
/// no length with an empty body.
fn prepare(request: &mut Request<Payload>) -> Result<(), TransportError> {
    let scheme = request.uri().scheme();
    if scheme != Some(&Scheme::HTTP) && scheme != Some(&Scheme::HTTPS) {
        return Err(error::request("the URI is not an absolute one of HTTP"));
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

/// The host as the client would write it, which formats it anew for every request. None where there is more to it
/// than a copy: the client drops the scheme's own port and a user.
fn host(uri: &Uri) -> Option<HeaderValue> {
    let authority = uri.authority()?.as_str();
    let own_port = if uri.scheme() == Some(&Scheme::HTTPS) {
        ":443"
    } else {
        ":80"
    };
    let needs_care = authority.contains('@') || authority.ends_with(':');
    if needs_care || authority.ends_with(own_port) {
        return None;
    }
    HeaderValue::from_str(authority).ok()
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
            backend: match &self.backend {
                Backend::Given(client) => Backend::Given(client.clone()),
                Backend::Own(client) => Backend::Own(Arc::clone(client)),
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
    fn the_host_is_copied_where_the_client_would_write_the_same() {
        let of = |uri: &str| host(&uri.parse().unwrap());
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
                of(uri).as_ref().map(HeaderValue::as_bytes),
                expected.map(str::as_bytes),
                "{uri}"
            );
        }
    }
}
