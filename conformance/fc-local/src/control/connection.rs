//! Answers the requests of one connection of the control interface.

use std::io::{self, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use fcgate_http::answer::Response;
use fcgate_http::clock;
use fcgate_http::request::{Incoming, Input, Limits, Request, RequestError, RequestStream, Wait};
use serde_json::Value;

use crate::channel::Channel;
use crate::connection::linger;

use super::control_error::ControlError;
use super::guard;
use super::resources::Resources;

/// The longest request. A list of answers may have several results of some megabytes.
const LONGEST: Limits = Limits {
    head: 16 * 1024,
    body: 16 << 20,
};
/// How long a connection may have no request, and how long a request may take to arrive.
const IDLE: Duration = Duration::from_secs(60);
const WHOLE_REQUEST: Duration = Duration::from_secs(30);

/// Answers requests until the connection ends.
pub(super) fn answer_requests(stream: &TcpStream, resources: Resources<'_>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(WHOLE_REQUEST))?;
    let input = TimedStream { stream, end: None };
    let mut requests = RequestStream::with_limits(input, LONGEST);
    loop {
        let send_continue = || (&mut &*stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
        let request = match requests.next(send_continue)? {
            Incoming::Request(request) => request,
            Incoming::Malformed(error) if error.can_be_answered() => {
                send(stream, Err(unreadable(error)), true)?;
                return linger(&Channel::Plain(stream));
            }
            Incoming::Malformed(_) | Incoming::End => return Ok(()),
        };
        requests.input().end = None;
        let closes = request.closes;
        send(stream, answer(&request, resources), closes)?;
        if closes {
            return Ok(());
        }
    }
}

fn answer(request: &Request, resources: Resources<'_>) -> Result<Value, ControlError> {
    guard::check(request)?;
    resources.answer(request)
}

/// Sends an answer.
pub(super) fn send(
    mut stream: &TcpStream,
    answer: Result<Value, ControlError>,
    closes: bool,
) -> io::Result<()> {
    let (status, json) = match answer {
        Ok(json) => (200, json),
        Err(error) => (error.status, error.json()),
    };
    let mut response = Response::new(status);
    for (name, value) in [
        ("Content-Type", "application/json"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ] {
        response.headers.push(name.to_owned(), value.to_owned());
    }
    response.body = format!("{json}\n").into_bytes();
    stream.write_all(&response.to_bytes(closes))
}

fn unreadable(error: RequestError) -> ControlError {
    let (status, code) = match error {
        RequestError::BodyTooLong(_) => (413, "TooLarge"),
        RequestError::HeadTooLong(_) => (431, "TooLarge"),
        RequestError::SlowHead | RequestError::SlowBody => (408, "TooSlow"),
        _ => (400, "UnreadableRequest"),
    };
    let expected = "an HTTP/1.1 request with a head of at most 16 KiB and a body of at most 16 MiB";
    ControlError::new(status, code, expected)
        .found(&error.to_string())
        .next("correct the request, and send it on a new connection")
}

/// A connection with a time limit for each request.
struct TimedStream<'a> {
    stream: &'a TcpStream,
    /// The time at which the request that is being read must be whole.
    end: Option<Instant>,
}

impl Input for TimedStream<'_> {
    fn read(&mut self, wait: Wait, buffer: &mut [u8]) -> io::Result<usize> {
        let now = clock::now();
        let left = if wait == Wait::Request {
            IDLE
        } else {
            let end = *self.end.get_or_insert(now + WHOLE_REQUEST);
            end.saturating_duration_since(now)
        };
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        let read = io::Read::read(&mut &*self.stream, buffer);
        read.map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => io::ErrorKind::TimedOut.into(),
            _ => error,
        })
    }
}
