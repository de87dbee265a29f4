//! Answers the requests of one connection.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use fcgate_http::answer::{Next, Player, Step};
use fcgate_http::clock;
use fcgate_http::request::{Incoming, RequestStream};

use super::body_budget::SMALL;
use super::received_request::ReceivedRequest;
use super::server_state::ServerState;
use super::timed_input::TimedInput;

/// How long an answer that does not end waits for the client to close the connection.
const LONGEST_STALL: Duration = Duration::from_secs(600);
/// How long a connection is read after an answer that the client may not expect.
const LINGER: Duration = Duration::from_secs(2);

/// An open connection. Dropping it ends the connection, and records a panic of its thread.
pub(super) struct Connection {
    stream: Arc<TcpStream>,
    pub(super) server: Arc<ServerState>,
    number: u64,
}

impl Connection {
    /// Registers an accepted connection.
    pub(super) fn new(stream: TcpStream, server: &Arc<ServerState>) -> Self {
        let stream = Arc::new(stream);
        let number = server.with_connections(|connections| connections.add(&stream));
        if server.is_closing() {
            // What has arrived can still be read.
            let _ = stream.shutdown(Shutdown::Read);
        }
        Self {
            stream,
            server: Arc::clone(server),
            number,
        }
    }

    /// Answers requests until the connection ends.
    ///
    /// # Errors
    ///
    /// When the client closed the connection or the server shuts down; every request was recorded before.
    pub(super) fn answer_requests(&self) -> io::Result<()> {
        let (stream, server) = (&*self.stream, &*self.server);
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(server.limits.answer))?;
        let mut requests = RequestStream::new(TimedInput::new(stream, server, self.number));
        loop {
            let send_continue = || (&mut &*stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
            let incoming = match requests.next(send_continue)? {
                Incoming::Request(request) => Ok(ReceivedRequest::from(request)),
                // The server cut this request by shutting down: that is not a mistake of the client.
                Incoming::Malformed(error) if error.is_cut() && server.is_closing() => {
                    server.lose(|losses| losses.cut_by_stop += 1);
                    return Ok(());
                }
                Incoming::Malformed(error) => Err(error),
                Incoming::End => return Ok(()),
            };
            let answering = server.begin();
            let exchange = server.judge(answering.number, &incoming);
            let closes = incoming.as_ref().map_or(true, |received| received.closes);
            let steps = exchange.response.steps(server.slow, closes);
            server.keep(&incoming, exchange);
            let is_malformed = incoming.is_err();
            // An answer can take long, so it does not hold the memory of its request.
            drop(incoming);
            let length: usize = steps.iter().map(Step::length).sum();
            requests.input().request_is_complete(length <= SMALL);
            stream.set_read_timeout(Some(LONGEST_STALL))?;
            let next = Player::new(stream, server).play(&steps);
            if is_malformed {
                drop(answering);
                return self.linger();
            }
            drop(answering);
            if next.is_err() && server.is_closing() && requests.has_unread_bytes() {
                server.lose(|losses| losses.cut_by_stop += 1);
            }
            if next? == Next::Drop || closes {
                return Ok(());
            }
        }
    }
}

impl Connection {
    /// Closes the sending half, and reads for a while: closing a socket with unread bytes would reset the
    /// connection, and the client might lose the answer.
    fn linger(&self) -> io::Result<()> {
        let mut stream = &*self.stream;
        stream.shutdown(Shutdown::Write)?;
        let end = clock::now() + LINGER;
        let mut ignored = vec![0; SMALL];
        loop {
            let left = end.saturating_duration_since(clock::now());
            if left.is_zero() {
                return Ok(());
            }
            stream.set_read_timeout(Some(left))?;
            if stream.read(&mut ignored)? == 0 {
                return Ok(());
            }
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if thread::panicking() {
            self.server.lose(|losses| losses.panicked += 1);
        }
        self.server
            .with_connections(|connections| connections.remove(self.number));
    }
}
