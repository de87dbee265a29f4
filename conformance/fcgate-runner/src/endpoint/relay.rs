//! Keeps the exact bytes of every request, and passes them on to the common server.
//!
//! An HTTP library hides the version, the framing and the spelling of what arrives. The relay reads the same bytes
//! before the server does. A request is recorded before it reaches the server, so that every request that has a
//! response has a record. It is passed on when it is complete, because the server panics if a body is cut off.

use std::io::{self, Read as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use fcgate_http::answer::ByteStream as _;
use fcgate_http::loopback;
use fcgate_http::request::{Limits, Request, RequestReader};

use super::open_cases::OpenCases;

/// The most bytes of one read.
const READ: usize = 64 * 1024;

/// A listener that records requests and passes all bytes on; dropping it ends the listener.
#[derive(Debug)]
pub(super) struct Relay {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    acceptor: Option<JoinHandle<()>>,
}

impl Relay {
    /// Listens on a free loopback port in front of `server`.
    pub(super) fn start(server: SocketAddr, cases: Arc<OpenCases>) -> io::Result<Self> {
        let listener = loopback::listen()?;
        let address = listener.local_addr()?;
        let stopping = Arc::new(AtomicBool::new(false));
        let is_stopping = Arc::clone(&stopping);
        let acceptor = thread::Builder::new().name("relay".into()).spawn(move || {
            while let Ok((client, _)) = listener.accept() {
                if is_stopping.load(Ordering::SeqCst) {
                    break;
                }
                let cases = Arc::clone(&cases);
                // An error ends this connection only; the client sees that it is closed.
                thread::spawn(move || relay(&client, server, &cases));
            }
        })?;
        Ok(Self {
            address,
            stopping,
            acceptor: Some(acceptor),
        })
    }

    /// The address on which it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // The acceptor blocks in `accept`; one more connection wakes it.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

/// Passes the bytes of one connection on, in both directions, until the client closes it.
fn relay(mut client: &TcpStream, server: SocketAddr, cases: &OpenCases) -> io::Result<()> {
    let server = Arc::new(loopback::connect(server)?);
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let responses = (Arc::clone(&server), client.try_clone()?);
    thread::spawn(move || {
        let (server, mut client) = responses;
        // An error means that one side has closed the connection.
        let _ = io::copy(&mut &*server, &mut client);
        let _ = client.shutdown(Shutdown::Write);
        // The server has closed its side. Without a reset the port would stay in use for a minute, and a run has
        // thousands of connections.
        let _ = server.reset_when_dropped();
    });
    let mut recorder = Recorder::new(cases);
    let mut buffer = vec![0; READ];
    loop {
        let count = client.read(&mut buffer).unwrap_or_default();
        let bytes = buffer.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            return server.shutdown(Shutdown::Write);
        }
        if let Err(error) = recorder.receive(bytes, &mut &*server) {
            // This ends the thread of the responses too, which closes the connection to the client.
            let _ = server.shutdown(Shutdown::Both);
            return Err(error);
        }
    }
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
