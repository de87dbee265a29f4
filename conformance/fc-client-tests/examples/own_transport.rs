//! Your own transport in 60 lines: blocking HTTP/1.0 over a socket of the standard library.
//!
//! It needs no network: a fake endpoint on loopback verifies the signature.
#![expect(clippy::print_stdout, reason = "an example prints its result")]
#![expect(
    clippy::disallowed_methods,
    reason = "a blocking transport waits by sleeping"
)]

use std::error::Error;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use bytes::Bytes;
use fc_invoke::{BlockingClient, Endpoint, InvokeFunctionInput, Scheme, Target};
use fc_sign::Credentials;
use fc_transport::{BlockingTransport, TransportError, TransportErrorKind as Kind, check_framing};
use fcgate_cases::corpus::CannedAnswer;
use fcgate_protocol as protocol;
use fcgate_runner::endpoint;
use http::header::CONTENT_LENGTH;
use http::uri::{Authority, PathAndQuery};
use http::{HeaderValue, Request, Response, Uri};

/// One connection for each request, with time limits for the connect and for each read. A response longer than 64 MiB
/// counts as truncated. HTTP/1.0 has no chunks. For TLS, wrap the stream in a `rustls::StreamOwned`.
struct PlainSocket;

impl BlockingTransport for PlainSocket {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let stream = connect(request.uri())
            .map_err(|error| TransportError::new(Kind::Connect, "no connection").because(error))?;
        let received = exchange(stream, &request).map_err(|error| match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => {
                TransportError::new(Kind::Timeout, "no response before the time limit")
            }
            _ => TransportError::new(Kind::Interrupted, "connection lost").because(error),
        })?;
        let response = parse(&received)
            .ok_or_else(|| TransportError::new(Kind::Protocol, "the response is not HTTP"))?;
        check_framing(response.headers())?;
        let length = HeaderValue::from(response.body().len());
        let whole = response.headers().get(CONTENT_LENGTH) == Some(&length);
        let cut = || TransportError::new(Kind::Interrupted, "the response was truncated");
        whole.then_some(response).ok_or_else(cut)
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

fn connect(uri: &Uri) -> io::Result<TcpStream> {
    // This transport has no TLS, so it rejects https URIs.
    let authority = uri.authority().filter(|_| uri.scheme_str() == Some("http"));
    let mut addresses = authority.map_or("", Authority::as_str).to_socket_addrs()?;
    let address = addresses.next().ok_or(ErrorKind::NotFound)?;
    let stream = TcpStream::connect_timeout(&address, Duration::from_secs(3))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    Ok(stream)
}

fn exchange(mut stream: TcpStream, request: &Request<Bytes>) -> io::Result<Bytes> {
    let (method, uri) = (request.method(), request.uri());
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let host = uri.authority().map_or("", Authority::as_str);
    let mut sent = format!("{method} {path} HTTP/1.0\r\nHost: {host}\r\n").into_bytes();
    for (name, value) in request.headers() {
        sent.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    write!(sent, "Content-Length: {}\r\n\r\n", request.body().len())?;
    stream.write_all(&sent)?;
    stream.write_all(request.body())?;
    let mut received = Vec::new();
    stream.take(64 << 20).read_to_end(&mut received)?;
    Ok(received.into())
}

fn parse(received: &Bytes) -> Option<Response<Bytes>> {
    let end = received.windows(4).position(|four| four == b"\r\n\r\n")?;
    let mut lines = std::str::from_utf8(received.get(..end)?).ok()?.lines();
    let status = lines.next()?.strip_prefix("HTTP/1.")?.get(2..5)?;
    let mut response = Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(':')?;
        response = response.header(name, value.trim());
    }
    response.body(received.slice(end + 4..)).ok()
}

fn main() -> Result<(), Box<dyn Error>> {
    let service = service()?;
    let endpoint: Endpoint = service.uri().parse()?;
    let credentials = Credentials::new(KEY_ID.parse()?, KEY_SECRET.parse()?);
    let client = BlockingClient::new(PlainSocket, endpoint, Scheme::Fc, credentials);

    let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
    let input = InvokeFunctionInput::builder(target)
        .payload(r#"{"name":"world"}"#)
        .build()?;
    let success = client.invoke(&input)?.into_result()?;
    println!("payload: {}", String::from_utf8_lossy(success.payload()));
    Ok(())
}

const KEY_ID: &str = "FCTESTACCESSKEYID01";
const KEY_SECRET: &str = "fcTestAccessKeySecret0123456789";

/// The fake endpoint.
fn service() -> io::Result<endpoint::Endpoint> {
    let answer = CannedAnswer::new(200, r#"{"greeting":"hello world"}"#)
        .header("X-Fc-Request-Id", "1a2b3c4d-0000-1111-2222-333344445555");
    let credentials = protocol::Credentials::new(KEY_ID, KEY_SECRET);
    let service = endpoint::Endpoint::start()?;
    service.play("demoFunction", protocol::Scheme::Fc, credentials, answer);
    Ok(service)
}
