//! Keeps the exact bytes of every request, and passes them on to the common server.
//!
//! An HTTP library hides the version, the framing and the spelling of what arrives. The relay reads the same bytes
//! before the server does. A request is recorded before it reaches the server, so that every request that has a
//! response has a record. It is passed on when it is complete, because the server panics if a body is cut off.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use fcgate_http::loopback;
use fcgate_http::request::{Limits, Request, RequestReader};

use super::open_cases::OpenCases;

/// The most bytes of one read.
const READ: usize = 16 * 1024;

/// A listener that records requests and passes all bytes on. One thread serves all its connections; dropping it ends
/// the thread and closes the connections.
#[derive(Debug)]
pub(super) struct Relay {
    address: SocketAddr,
    /// Ends the thread when it is dropped.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Relay {
    /// Listens on a free loopback port in front of `server`.
    pub(super) fn start(server: SocketAddr, cases: Arc<OpenCases>) -> io::Result<Self> {
        let listener = loopback::listen()?;
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("relay".into()).spawn(move || {
            runtime.block_on(async {
                tokio::spawn(accept(listener, server, cases));
                // It ends with an error when the sender is dropped.
                let _ = stopped.await;
            });
        })?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address on which it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(
    listener: std::net::TcpListener,
    server: SocketAddr,
    cases: Arc<OpenCases>,
) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        // After an error the port refuses connections: no client waits for an answer.
        let (client, _) = listener
            .accept()
            .await
            .inspect_err(|error| cases.fail(error))?;
        // An error ends this connection only; the client sees that it is closed.
        tokio::spawn(relay(client, server, Arc::clone(&cases)));
    }
}

/// Passes the bytes of one connection on, in both directions, until the client closes it.
async fn relay(client: TcpStream, server: SocketAddr, cases: Arc<OpenCases>) -> io::Result<()> {
    // It blocks only while the machine has no free port.
    let server = loopback::connect(server).inspect_err(|error| cases.fail_server(error))?;
    server.set_nonblocking(true)?;
    let server = TcpStream::from_std(server).inspect_err(|error| cases.fail(error))?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut client, to_client) = client.into_split();
    let (server, mut to_server) = server.into_split();
    let responses = tokio::spawn(pass_responses_on(server, to_client));
    let mut recorder = Recorder::new(&cases);
    let mut buffer = vec![0; READ];
    let mut complete = Vec::new();
    loop {
        let Ok(count) = client.read(&mut buffer).await else {
            // The client has reset the connection. A reset leaves no port of this machine in use either.
            responses.abort();
            let _ = to_server.as_ref().set_zero_linger();
            to_server.forget();
            return Ok(());
        };
        let bytes = buffer.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            return to_server.shutdown().await;
        }
        let result = recorder.receive(bytes, &mut complete);
        let sent = to_server.write_all(&complete).await;
        complete.clear();
        if let Err(error) = result.and(sent) {
            // This closes the connection to the client.
            responses.abort();
            return Err(error);
        }
    }
}

/// Passes the responses of the server on until it closes the connection.
async fn pass_responses_on(mut server: OwnedReadHalf, mut client: OwnedWriteHalf) {
    let mut buffer = vec![0; READ];
    // An error means that one side has closed the connection.
    while let Ok(count @ 1..) = server.read(&mut buffer).await {
        let bytes = buffer.get(..count).unwrap_or_default();
        if client.write_all(bytes).await.is_err() {
            break;
        }
    }
    let _ = client.shutdown().await;
    // The server has closed its side. Without a reset the port would stay in use for a minute, and a run has
    // thousands of connections.
    let _ = server.as_ref().set_zero_linger();
}

/// Records the requests of one connection.
struct Recorder<'a> {
    cases: &'a OpenCases,
    /// The bytes since the end of the previous request; `None` after bytes that are not a request.
    unfinished: Option<Vec<u8>>,
    /// The number of these bytes that the server already has.
    passed_on: usize,
    reader: RequestReader,
}

impl<'a> Recorder<'a> {
    fn new(cases: &'a OpenCases) -> Self {
        Self {
            cases,
            unfinished: Some(Vec::new()),
            passed_on: 0,
            reader: RequestReader::new(Limits::NONE),
        }
    }

    /// Records the requests that these bytes complete, and passes them on.
    fn receive(&mut self, bytes: &[u8], server: &mut impl io::Write) -> io::Result<()> {
        let Some(unfinished) = &mut self.unfinished else {
            return server.write_all(bytes);
        };
        unfinished.extend_from_slice(bytes);
        loop {
            match self.reader.advance(unfinished) {
                Ok(Some(length)) => {
                    let rest = unfinished.split_off(length);
                    self.cases.record(unfinished, &rest);
                    server.write_all(after(unfinished, self.passed_on))?;
                    *unfinished = rest;
                    self.passed_on = 0;
                    self.reader = RequestReader::new(Limits::NONE);
                }
                Ok(None) => {
                    // The client sends its body after the server has replied to the head.
                    if self.reader.head().is_some_and(Request::expects_continue) {
                        server.write_all(after(unfinished, self.passed_on))?;
                        self.passed_on = unfinished.len();
                    }
                    return Ok(());
                }
                Err(_) => {
                    self.cases.record(unfinished, b"");
                    let has_head = self.reader.head().is_some();
                    let unfinished = self.unfinished.take().unwrap_or_default();
                    if has_head {
                        return Err(io::ErrorKind::InvalidData.into());
                    }
                    // The server answers a head that it cannot read.
                    return server.write_all(after(&unfinished, self.passed_on));
                }
            }
        }
    }
}

fn after(bytes: &[u8], offset: usize) -> &[u8] {
    bytes.get(offset..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{OpenCases, Recorder};

    /// Returns the bytes that reach the server after each of the pieces.
    fn passed_on(pieces: &[&str]) -> Vec<String> {
        let cases = OpenCases::default();
        let mut recorder = Recorder::new(&cases);
        let receive = |piece: &&str| {
            let mut server = Vec::new();
            let result = recorder.receive(piece.as_bytes(), &mut server);
            let text = String::from_utf8(server).unwrap();
            result.map_or_else(|error| error.kind().to_string(), |()| text)
        };
        pieces.iter().map(receive).collect()
    }

    #[test]
    fn a_request_reaches_the_server_when_it_is_complete() {
        let head = "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n";
        let whole = [head, "abc"].concat();
        assert_eq!(passed_on(&[head, "ab", "c"]), ["", "", &whole]);
        let two = [&whole, head].concat();
        assert_eq!(passed_on(&[&two, "abc"]), [&*whole, &whole]);
    }

    #[test]
    fn a_head_that_expects_100_continue_reaches_the_server_before_the_body() {
        let head = "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
        assert_eq!(passed_on(&[head, "ab", "c"]), [head, "ab", "c"]);
    }

    #[test]
    fn the_server_answers_a_head_that_is_not_http_but_receives_no_broken_body() {
        assert_eq!(passed_on(&["hello\r\n\r\n", "x"]), ["hello\r\n\r\n", "x"]);
        let broken = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
        assert_eq!(passed_on(&[broken]), ["invalid data"]);
    }
}
