//! Answers the requests of one connection.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use fcgate_http::answer::{ByteStream as _, Next, Player, Step};
use fcgate_http::clock;
use fcgate_http::request::{Incoming, RequestError, RequestStream, TlsFailure};

use super::body_budget::SMALL;
use super::channel::Channel;
use super::received_request::ReceivedRequest;
use super::server_state::ServerState;
use super::timed_input::TimedInput;
use super::tls;

/// How long an answer that does not end waits for the client to close the connection.
const LONGEST_STALL: Duration = Duration::from_secs(600);
/// How long a connection is read after an answer that the client may not expect.
const LINGER: Duration = Duration::from_secs(2);

/// An open connection. Dropping it ends the connection, and records a panic of its thread.
pub(super) struct Connection {
    stream: Arc<TcpStream>,
    pub(super) server: Arc<ServerState>,
    number: u64,
    /// How long it may have no request.
    pub(super) idle_limit: Duration,
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
            idle_limit: server.limits.idle,
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
        let channel = match self.handshake()? {
            Some(Ok(channel)) => channel,
            Some(Err(failure)) => {
                self.keep_handshake_failure(failure);
                return Ok(());
            }
            None => return Ok(()),
        };
        let ended = self.converse(&channel);
        if let Some(failure) = ended.as_ref().err().and_then(tls::failure_of_read) {
            // With TLS 1.3 the client may refuse the certificate after the handshake of the server.
            self.keep_handshake_failure(failure);
        } else if server.tls.is_some() {
            // The client can tell this end from a cut connection.
            let _ = channel.close_sending_half();
        }
        ended
    }

    /// Does the TLS handshake, if the server has TLS. `None` if the client closed the connection without a byte.
    fn handshake(&self) -> io::Result<Option<Result<Channel<'_>, TlsFailure>>> {
        let (stream, server) = (&*self.stream, &*self.server);
        let Some(tls) = &server.tls else {
            return Ok(Some(Ok(Channel::Plain(stream))));
        };
        server.with_connections(|connections| connections.set_idle(self.number, clock::now()));
        stream.set_read_timeout(Some(self.idle_limit))?;
        let count = stream.peek(&mut [0])?;
        server.set_busy(self.number);
        if count == 0 {
            return Ok(None);
        }
        let connection = tls.handshake(stream, clock::now() + server.limits.head);
        Ok(Some(
            connection.map(|connection| Channel::tls(stream, connection)),
        ))
    }

    fn keep_handshake_failure(&self, failure: TlsFailure) {
        if self.server.is_closing() {
            return self.server.lose(|losses| losses.cut_by_stop += 1);
        }
        let answering = self.server.begin();
        let incoming = Err(RequestError::TlsHandshake(failure));
        let exchange = self.server.judge(answering.number, &incoming);
        self.server.keep(&incoming, exchange);
    }

    fn converse(&self, channel: &Channel<'_>) -> io::Result<()> {
        let (stream, server) = (channel.socket(), &*self.server);
        let input = TimedInput::new(channel, server, self.number, self.idle_limit);
        let mut requests = RequestStream::new(input);
        loop {
            let send_continue = || channel.send_all(b"HTTP/1.1 100 Continue\r\n\r\n");
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
            if steps.iter().any(Step::reads) {
                stream.set_read_timeout(Some(LONGEST_STALL))?;
            }
            let next = Player::new(channel, server).play(&steps);
            if is_malformed {
                drop(answering);
                return linger(channel);
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

/// Closes the sending half, and reads for a while: closing a socket with unread bytes would reset the connection,
/// and the client might lose the answer.
pub(super) fn linger(channel: &Channel<'_>) -> io::Result<()> {
    channel.close_sending_half()?;
    let end = clock::now() + LINGER;
    let mut ignored = vec![0; SMALL];
    loop {
        let left = end.saturating_duration_since(clock::now());
        if left.is_zero() {
            return Ok(());
        }
        channel.socket().set_read_timeout(Some(left))?;
        if channel.receive(&mut ignored)? == 0 {
            return Ok(());
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if thread::panicking() {
            self.server.lose(|losses| losses.panicked += 1);
        }
        self.server.remove_connection(self.number);
    }
}
