//! A plain hyper server in a separate process.

use std::convert::Infallible;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::failure::Failure;

/// The argument that makes this program the server.
pub(crate) const WORD: &str = "serve";

/// The headers of a typical response.
const HEADERS: [(&str, &str); 7] = [
    ("content-type", "application/octet-stream"),
    ("x-fc-request-id", "1a2b3c4d-0000-1111-2222-333344445555"),
    ("x-fc-code-checksum", "5697641582914695457"),
    ("x-fc-instance-id", "c-0123abcd"),
    ("x-fc-invocation-duration", "10"),
    ("x-fc-invocation-service-version", "LATEST"),
    ("x-fc-max-memory-usage", "50.37"),
];
/// The bytes of the longest payload.
const LONGEST: usize = 1 << 20;
/// The length of a typical log tail.
const LOG: usize = 159;

/// The running server. Dropping it stops the server.
pub(crate) struct Server {
    child: Child,
    uri: String,
}

impl Server {
    pub(crate) fn start() -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(WORD)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().ok_or("the server has no output")?;
        let mut uri = String::new();
        BufReader::new(stdout).read_line(&mut uri)?;
        let uri = uri.trim().to_owned();
        Ok(Self { child, uri })
    }

    pub(crate) fn uri(&self) -> &str {
        &self.uri
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Prints its address, and serves until stdin is closed.
pub(crate) fn run() -> Result<(), Failure> {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(serve())
}

async fn serve() -> Result<(), Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
    let answer = answer()?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let answer = answer.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let answer = answer.clone();
            async move {
                let sent = request.into_body().collect().await;
                let len = sent.map_or(0, |sent| sent.to_bytes().len());
                Ok::<_, Infallible>(answer.map(|result| Full::new(result.slice(..len))))
            }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// The response with the longest result; a result is as long as the payload of its request.
fn answer() -> Result<Response<Bytes>, Failure> {
    let mut answer = Response::new(Bytes::from(vec![b'y'; LONGEST]));
    for (name, value) in HEADERS {
        answer.headers_mut().insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    let log = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, [b'l'; LOG]);
    answer.headers_mut().insert("x-fc-log-result", log.parse()?);
    Ok(answer)
}
