//! A plain HTTP exchange over loopback: the floor of everything that needs a server.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use http::Request;

/// A connection on which one request follows another.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    /// Sends a request and reads the response, which must have the status 200.
    pub(crate) fn exchange(&mut self, request: &[u8]) {
        self.0.get_mut().write_all(request).unwrap();
        let head = read_message(&mut self.0).unwrap();
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    }
}

/// Reads a message and returns its head; `None` at the end of the connection.
fn read_message(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let (mut head, mut length) = (String::new(), 0_u64);
    loop {
        let start = head.len();
        if stream.read_line(&mut head).ok()? == 0 {
            return None;
        }
        let line = head.get(start..)?.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    std::io::copy(&mut stream.take(length), &mut std::io::sink()).ok()?;
    Some(head)
}

/// A server that answers every request with `hello`; it ends with the process.
pub(crate) fn plain_server() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(|| answer(stream));
        }
    });
    address
}

fn answer(stream: TcpStream) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut stream = BufReader::new(stream);
    loop {
        read_message(&mut stream)?;
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        stream.get_mut().write_all(answer).ok()?;
    }
}

/// A request as it is on the wire.
pub(crate) fn wire(request: &Request<Vec<u8>>, host: &str) -> Vec<u8> {
    let (method, path) = (request.method(), request.uri().path());
    let mut wire = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n").into_bytes();
    for (name, value) in request.headers() {
        wire.extend(format!("{name}: ").bytes());
        wire.extend(value.as_bytes());
        wire.extend(b"\r\n");
    }
    wire.extend(format!("Content-Length: {}\r\n\r\n", request.body().len()).bytes());
    wire.extend(request.body());
    wire
}
