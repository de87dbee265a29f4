//! A small HTTP server for the functions of the tests.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A request that the server received.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let headers = self.headers.iter();
        headers
            .filter(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }
}

/// A running server.
pub(crate) struct HttpServer {
    pub(crate) address: SocketAddr,
    /// The number of accepted connections.
    pub(crate) connections: Arc<AtomicUsize>,
}

impl HttpServer {
    /// A server that sends the bytes that `answer` returns. It closes the connection after an answer without a length.
    pub(crate) fn start(answer: impl Fn(&Received) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::speak(move |received, stream| {
            let bytes = answer(received);
            let has_length = bytes.windows(16).any(|part| part == b"Content-Length: ");
            stream.write_all(&bytes).is_ok() && has_length
        })
    }

    /// A server that writes to the stream itself. It reads the next request while `answer` returns true.
    pub(crate) fn speak(
        answer: impl Fn(&Received, &mut TcpStream) -> bool + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        thread::spawn(move || serve(&listener, &counter, &(Arc::new(answer) as Arc<Answer>)));
        Self {
            address,
            connections,
        }
    }

    /// The behaviour of a function that is forwarded to this server.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

pub(crate) type Answer = dyn Fn(&Received, &mut TcpStream) -> bool + Send + Sync;

/// Accepts connections, each in a thread of its own.
pub(crate) fn serve(listener: &TcpListener, counter: &AtomicUsize, answer: &Arc<Answer>) {
    for stream in listener.incoming() {
        counter.fetch_add(1, Ordering::Relaxed);
        let answer = Arc::clone(answer);
        thread::spawn(move || {
            let mut reader = BufReader::new(stream.unwrap());
            reader.get_ref().set_nodelay(true).unwrap();
            while let Some(received) = read(&mut reader) {
                if !answer(&received, reader.get_mut()) {
                    return;
                }
            }
        });
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Received> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        let line: String = line.into_iter().map(char::from).collect();
        if line.trim_end().is_empty() {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let mut words = lines[0].split(' ').map(str::to_owned);
    let mut received = Received {
        method: words.next()?,
        target: words.next()?,
        headers: Vec::new(),
        body: Vec::new(),
    };
    for line in &lines[1..] {
        let (name, value) = line.split_once(':')?;
        let pair = (name.to_owned(), value.trim().to_owned());
        received.headers.push(pair);
    }
    let length = received.all("content-length").first().copied();
    received.body = vec![0; length.unwrap_or("0").parse().unwrap()];
    reader.read_exact(&mut received.body).ok()?;
    Some(received)
}

/// An answer with status 200.
pub(crate) fn ok(body: &[u8]) -> Vec<u8> {
    answer("200 OK", "", body)
}

/// An answer with a length.
pub(crate) fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}
