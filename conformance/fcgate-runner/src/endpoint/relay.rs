//! Keeps the exact bytes of every request, and passes them on to the common server.
//!
//! An HTTP library hides the version, the framing and the spelling of what arrives. The relay reads the same bytes
//! before the server does. A request is recorded before its last byte reaches the server, so that every request
//! that has a response has a record.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use fcgate_http::answer::ByteStream as _;
use fcgate_http::loopback;
use fcgate_http::request::{Limits, RequestReader};

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
        recorder.receive(bytes);
        (&*server).write_all(bytes)?;
    }
}

/// Records the requests of one connection.
struct Recorder<'a> {
    cases: &'a OpenCases,
    /// The bytes since the end of the previous request; `None` after bytes that are not a request.
    unfinished: Option<Vec<u8>>,
    reader: RequestReader,
}

impl<'a> Recorder<'a> {
    fn new(cases: &'a OpenCases) -> Self {
        Self {
            cases,
            unfinished: Some(Vec::new()),
            reader: RequestReader::new(Limits::NONE),
        }
    }

    fn receive(&mut self, bytes: &[u8]) {
        let Some(unfinished) = &mut self.unfinished else {
            return;
        };
        unfinished.extend_from_slice(bytes);
        loop {
            match self.reader.advance(unfinished) {
                Ok(Some(length)) => {
                    let rest = unfinished.split_off(length);
                    self.cases.record(unfinished, &rest);
                    *unfinished = rest;
                    self.reader = RequestReader::new(Limits::NONE);
                }
                Ok(None) => return,
                Err(_) => {
                    self.cases.record(unfinished, b"");
                    self.unfinished = None;
                    return;
                }
            }
        }
    }
}
