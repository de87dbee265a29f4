//! The request reader accepts no request that hyper refuses, and refuses more only where the gate wants it to.

use std::cell::Cell;
use std::convert::Infallible;
use std::rc::Rc;

use bytes::Bytes;
use fcgate_http::request::{Incoming, RequestStream};
use http_body_util::{BodyExt as _, Empty};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// Whether hyper hands the request with its whole body to a service.
async fn is_accepted_by_hyper(request: &[u8]) -> bool {
    let (mut client, server) = tokio::io::duplex(256 * 1024);
    let accepted = Rc::new(Cell::new(false));
    let seen = Rc::clone(&accepted);
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let seen = Rc::clone(&seen);
        async move {
            seen.set(request.into_body().collect().await.is_ok());
            Ok::<_, Infallible>(hyper::Response::new(Empty::<Bytes>::new()))
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .half_close(true)
        .serve_connection(TokioIo::new(server), service);
    let exchange = async {
        client.write_all(request).await?;
        client.shutdown().await?;
        client.read_to_end(&mut Vec::new()).await
    };
    // hyper reports a refused request as an error of the connection; the service is then not called.
    let _ = tokio::join!(connection, exchange);
    accepted.get()
}

fn is_accepted_here(request: &[u8]) -> bool {
    let read = RequestStream::new(request).next(|| Ok(()));
    matches!(read, Ok(Incoming::Request(_)))
}

fn post(headers: &str, body: &str) -> String {
    format!("POST /a HTTP/1.1\r\nHost: h\r\n{headers}\r\n{body}")
}

fn chunked(body: &str) -> String {
    post("Transfer-Encoding: chunked\r\n", body)
}

/// A request, and whether both readers accept it.
fn same_answers() -> Vec<(String, bool)> {
    let head = |line: &str| format!("{line}\r\nHost: h\r\n\r\n");
    let header = |line: &str| format!("GET / HTTP/1.1\r\n{line}\r\n\r\n");
    let length = |value: &str, body: &str| post(&format!("Content-Length: {value}\r\n"), body);
    let long_extension = "x".repeat(20_000);
    vec![
        // Chunks.
        (chunked("5\r\nhello\r\n0\r\n\r\n"), true),
        (chunked("0005\r\nhello\r\n0\r\n\r\n"), true),
        (chunked("A\r\n0123456789\r\n000\r\n\r\n"), true),
        (chunked("5 \r\nhello\r\n0\r\n\r\n"), true),
        (chunked("5;a=b\r\nhello\r\n0\r\n\r\n"), true),
        (chunked("5\r\nhello\r\n0\r\nA: b\r\n\r\n"), true),
        (chunked("+5\r\nhello\r\n0\r\n\r\n"), false),
        (chunked("-5\r\nhello\r\n0\r\n\r\n"), false),
        (chunked("0x5\r\nhello\r\n0\r\n\r\n"), false),
        (chunked("5_0\r\nhello\r\n0\r\n\r\n"), false),
        (chunked("\r\nhello\r\n0\r\n\r\n"), false),
        (chunked(";a\r\nhello\r\n0\r\n\r\n"), false),
        (chunked("5\nhello\r\n0\r\n\r\n"), false),
        (chunked("5;a\nb\r\nhello\r\n0\r\n\r\n"), false),
        (chunked("5\rhello\r\n0\r\n\r\n"), false),
        (chunked("5\r\nhello\n0\r\n\r\n"), false),
        (chunked("5\r\nhello!\r\n0\r\n\r\n"), false),
        (chunked("11111111111111111\r\nhello\r\n0\r\n\r\n"), false),
        (chunked("5\r\nhello\r\n0\r\nA b\r\n\r\n"), false),
        (chunked("5\r\nhello\r\n0\r\n"), false),
        (chunked("5\r\nhel"), false),
        (
            chunked(&format!("5;{long_extension}\r\nhello\r\n0\r\n\r\n")),
            false,
        ),
        // Lengths.
        (length("5", "hello"), true),
        (length("005", "hello"), true),
        (length("+5", "hello"), false),
        (length("-5", "hello"), false),
        (length("5 5", "hello"), false),
        (length("0x5", "hello"), false),
        (length("", "hello"), false),
        (length("5", "hell"), false),
        (length("99999999999999999999", "hello"), false),
        (
            post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
            true,
        ),
        (
            post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"),
            false,
        ),
        (post("Transfer-Encoding: gzip\r\n", "hello"), false),
        (
            post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"),
            false,
        ),
        (
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(),
            false,
        ),
        // The request line.
        (head("GET / HTTP/1.1"), true),
        (head("\r\nGET / HTTP/1.1"), true),
        (head("GET http://h/a HTTP/1.1"), true),
        (head(" GET / HTTP/1.1"), false),
        (head("GET  / HTTP/1.1"), false),
        (head("GET / HTTP/1.1 "), false),
        (head("GET / HTTP/2.0"), false),
        (head("GET / HTTP/1.2"), false),
        (head("GET /"), false),
        (head("GET / http/1.1"), false),
        (head("G@T / HTTP/1.1"), false),
        (head("GET /a\tb HTTP/1.1"), false),
        (head("GET /a\u{0}b HTTP/1.1"), false),
        // Header lines.
        (header("A: b"), true),
        (header("A:b"), true),
        (header("A:\tb\t"), true),
        (header("A:"), true),
        (header("A : b"), false),
        (header("A\t: b"), false),
        (header(" A: b"), false),
        (header("A: b\r\n c"), false),
        (header("A: b\rc"), false),
        (header("A: b\u{0}c"), false),
        (header("A: b\u{7f}c"), false),
        (header("A b"), false),
        (header(": b"), false),
        (header("A@: b"), false),
        ("GET / HTTP/1.1\nA: b\n\n".to_owned(), true),
    ]
}

#[tokio::test]
async fn the_reader_accepts_and_refuses_what_hyper_does() {
    let mut different = Vec::new();
    for (request, expected) in same_answers() {
        let hyper = is_accepted_by_hyper(request.as_bytes()).await;
        let here = is_accepted_here(request.as_bytes());
        if (hyper, here) != (expected, expected) {
            different.push(format!("hyper {hyper}, here {here}: {request:.120?}"));
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}

#[tokio::test]
async fn the_reader_refuses_framing_that_hyper_repairs() {
    for request in [
        post(
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "0\r\n\r\n",
        ),
        post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
        post("Content-Length: 5, 5\r\n", "hello"),
    ] {
        assert!(!is_accepted_here(request.as_bytes()), "{request:?}");
    }
}
