//! HTTP/2 through the transports whose HTTP library has it.

use std::convert::Infallible;
use std::net::SocketAddr;

use bytes::Bytes;
use fc_transport::{ExchangeLimits, Transport, TransportErrorKind};
use fc_transport_hyper::HyperTransport;
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use http::{Request, Response, Version};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;

/// Returns the payload, and its length as a header.
async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_http2 = request.version() == Version::HTTP_2;
    let payload = request.into_body().collect().await.unwrap().to_bytes();
    let response = Response::builder()
        .header("x-is-http2", is_http2.to_string())
        .header("content-length", payload.len());
    Ok(response.body(Full::new(payload)).unwrap())
}

/// A server that speaks only HTTP/2, without TLS.
async fn server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let connection = http2::Builder::new(TokioExecutor::new())
                .serve_connection(TokioIo::new(stream), service_fn(answer));
            tokio::spawn(connection);
        }
    });
    address
}

fn hyper() -> HyperTransport<HttpConnector> {
    let mut client = Client::builder(TokioExecutor::new());
    HyperTransport::new(client.http2_only(true).build(HttpConnector::new()))
}

fn reqwest() -> ReqwestTransport {
    ReqwestTransport::new(|| client_builder().http2_prior_knowledge()).unwrap()
}

async fn send(transport: impl Transport, payload: &'static str) {
    let url = format!("http://{}/f", server().await);
    let request = || {
        Request::post(&url)
            .body(Bytes::from_static(payload.as_bytes()))
            .unwrap()
    };
    for _ in 0..2 {
        let response = transport.send(request()).await.unwrap();
        assert_eq!(response.version(), Version::HTTP_2);
        assert_eq!(response.headers()["x-is-http2"], "true");
        assert_eq!(response.body(), payload);
    }
}

async fn is_limited(transport: impl Transport) {
    let url = format!("http://{}/f", server().await);
    let request = Request::post(&url)
        .body(Bytes::from_static(b"hello"))
        .unwrap();
    let error = transport.send(request).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Protocol, "{error:?}");
}

#[tokio::test]
async fn a_payload_and_its_answer_go_over_http2() {
    for payload in ["", "hello"] {
        send(hyper(), payload).await;
        send(reqwest(), payload).await;
    }
}

#[tokio::test]
async fn the_body_limit_holds_over_http2() {
    let limits = ExchangeLimits::default().body(4);
    is_limited(hyper().limits(limits)).await;
    is_limited(reqwest().limits(limits)).await;
}
