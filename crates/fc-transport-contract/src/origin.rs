//! A loopback server that answers with given bytes.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A complete response whose body is `hello`.
pub const HELLO: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

/// How long [`Origin::next_request`] waits.
const PATIENCE: Duration = Duration::from_secs(10);

/// The bytes that answer one request.
#[derive(Debug, Clone)]
pub struct Reply {
    bytes: Vec<u8>,
    closes: bool,
}

impl Reply {
    /// A reply after which the connection stays open.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self {
            bytes,
            closes: false,
        }
    }

    /// A reply after which the origin closes the connection.
    pub fn closing(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self {
            bytes,
            closes: true,
        }
    }
}

/// A request that the origin received.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// The number of its connection, counted from 0.
    pub connection: usize,
    /// Its head and body.
    pub text: String,
}

impl Received {
    /// Whether the head has this line, which is given in lower case.
    pub fn has_line(&self, line: &str) -> bool {
        self.head().any(|other| other == line)
    }

    /// The lines of the head, in lower case.
    pub fn head(&self) -> impl Iterator<Item = String> {
        let head = self.text.split("\r\n\r\n").next().unwrap_or_default();
        head.lines().map(str::to_ascii_lowercase)
    }
}

/// A loopback server that answers each request with the next [`Reply`].
///
/// After the last reply it answers the next request by closing the connection.
#[derive(Debug)]
pub struct Origin {
    url: String,
    requests: Receiver<Received>,
    closed: Receiver<usize>,
}

impl Origin {
    /// Starts an origin; its threads live until the test process ends.
    pub fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<_> = replies.into_iter().collect();
        let replies = Arc::new(Mutex::new(replies.into_iter()));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/f?secret=1", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        let (closed_sender, closed) = channel();
        thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (mut stream, sender) = (stream.unwrap(), sender.clone());
                let closed = closed_sender.clone();
                let replies = Arc::clone(&replies);
                thread::spawn(move || {
                    serve(connection, &mut stream, &replies, &sender);
                    closed.send(connection)
                });
            }
        });
        Self {
            url,
            requests,
            closed,
        }
    }

    /// An origin that answers one request and keeps the connection open.
    pub fn replying(bytes: impl Into<Vec<u8>>) -> Self {
        Self::start([Reply::new(bytes)])
    }

    /// The URL that requests are sent to; its query holds the word `secret`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The next request; waits until it has arrived completely.
    pub fn next_request(&self) -> Received {
        self.requests.recv_timeout(PATIENCE).unwrap()
    }

    /// The number of the next connection that ends; waits for it.
    pub fn next_closed(&self) -> usize {
        self.closed.recv_timeout(PATIENCE).unwrap()
    }

    /// The next request, if one has arrived already.
    pub fn pending_request(&self) -> Option<Received> {
        self.requests.try_recv().ok()
    }
}

/// Answers the requests of one connection. Returns `None` when no reply is left or the peer is gone.
fn serve(
    connection: usize,
    stream: &mut TcpStream,
    replies: &Mutex<impl Iterator<Item = Reply>>,
    sender: &Sender<Received>,
) -> Option<()> {
    while let Some(text) = read_request(stream) {
        sender.send(Received { connection, text }).ok()?;
        let reply = replies.lock().unwrap().next()?;
        stream.write_all(&reply.bytes).ok()?;
        if reply.closes {
            break;
        }
    }
    Some(())
}

/// Reads one request with a `Content-Length`. Returns `None` when the peer closes before its end.
fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    while !is_complete(&text) {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        text.push_str(&String::from_utf8_lossy(buffer.get(..count)?));
    }
    Some(text)
}

fn is_complete(text: &str) -> bool {
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let head = head.to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
