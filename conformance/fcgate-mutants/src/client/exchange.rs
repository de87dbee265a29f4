//! One HTTP/1.1 exchange on a new connection, simple enough to make mistakes in it.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use fcgate_http::answer::ByteStream as _;
use fcgate_http::clock;
use fcgate_protocol::{BuildOutput, TransportClass};

use crate::client::framing::{self, Misreading, Received};

/// A longer response is malformed.
const MAX_RESPONSE: usize = 2 * 1024 * 1024;

/// What the time limit applies to: correct is the whole call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limited {
    Call,
    EachAttempt,
    EachRead,
}

/// How messages are sent and read.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    deadline: Instant,
    limit: Duration,
    /// Whether the Host header has the port.
    pub(crate) host_with_port: bool,
    /// The number of Host headers.
    pub(crate) hosts: usize,
    /// The version of HTTP in the request line.
    pub(crate) version: &'static str,
    /// What ends a line of the head.
    pub(crate) line_end: &'static str,
    /// What is sent after the body.
    pub(crate) after_the_body: &'static str,
    /// Whether Content-Length counts the characters of the body.
    pub(crate) length_in_characters: bool,
    /// What the time limit applies to.
    pub(crate) limited: Limited,
    /// The mistake in reading the response.
    pub(crate) misreading: Option<Misreading>,
}

impl Exchange {
    pub(crate) fn within(limit: Duration) -> Self {
        Self {
            deadline: clock::now() + limit,
            limit,
            host_with_port: true,
            hosts: 1,
            version: "HTTP/1.1",
            line_end: "\r\n",
            after_the_body: "",
            length_in_characters: false,
            limited: Limited::Call,
            misreading: None,
        }
    }

    /// Changes the time limit, which starts again.
    pub(crate) fn with_limit(&mut self, change: impl FnOnce(Duration) -> Duration) {
        self.limit = change(self.limit);
        self.deadline = clock::now() + self.limit;
    }

    /// The time in which another attempt may start.
    pub(crate) fn time_for_another(&self) -> Duration {
        if self.limited == Limited::EachAttempt {
            return self.limit;
        }
        self.deadline.saturating_duration_since(clock::now())
    }

    /// Sends a request and reads the response.
    pub(crate) fn send(&self, request: &BuildOutput) -> Result<Received, TransportClass> {
        let (authority, target) = parts(&request.url).ok_or(TransportClass::Connect)?;
        let mut stream = TcpStream::connect(authority).map_err(|_| TransportClass::Connect)?;
        self.write(&mut stream, request, authority, &target)
            .map_err(|error| class(&error))?;
        let mut received_bytes = Vec::new();
        loop {
            if let Some(received) = framing::read(&received_bytes, false, self.misreading)? {
                // Otherwise the port would stay in use for a minute, and the search for a mistake opens thousands
                // of connections. If this fails, the connection closes as any other.
                let _ = stream.reset_when_dropped();
                return Ok(received);
            }
            let left = self.left().map_err(|error| class(&error))?;
            let mut some = [0; 16384];
            let read = stream
                .set_read_timeout(Some(left))
                .and_then(|()| stream.read(&mut some));
            let count = match read {
                Err(error) if self.is_end(&error) => 0,
                read => read.map_err(|error| class(&error))?,
            };
            received_bytes.extend_from_slice(some.get(..count).unwrap_or_default());
            if received_bytes.len() > MAX_RESPONSE {
                return Err(TransportClass::Malformed);
            }
            if count == 0 {
                let _ = stream.reset_when_dropped();
                let received = framing::read(&received_bytes, true, self.misreading)?;
                return received.ok_or(TransportClass::Truncated);
            }
        }
    }

    fn write(
        &self,
        stream: &mut TcpStream,
        request: &BuildOutput,
        authority: &str,
        target: &str,
    ) -> io::Result<()> {
        let host = match authority.split_once(':') {
            Some((host, _)) if !self.host_with_port => host,
            _ => authority,
        };
        let length = if self.length_in_characters {
            String::from_utf8_lossy(&request.body).chars().count()
        } else {
            request.body.len()
        };
        let mut lines = vec![
            format!("{} {target} {}", request.method, self.version),
            format!("content-length: {length}"),
            "connection: close".to_owned(),
        ];
        lines.extend((0..self.hosts).map(|_| format!("host: {host}")));
        let headers = request.headers.iter();
        lines.extend(headers.map(|(name, value)| format!("{name}: {value}")));
        let head = lines.join(self.line_end) + self.line_end + self.line_end;
        let mut message = crate::signing::encoding::bytes(&head);
        message.extend_from_slice(&request.body);
        message.extend_from_slice(self.after_the_body.as_bytes());
        stream.set_write_timeout(Some(self.left()?))?;
        stream.write_all(&message)
    }

    /// Whether the mistake is to read on as if the connection had ended.
    fn is_end(&self, error: &io::Error) -> bool {
        match self.misreading {
            Some(Misreading::ResetIsEnd) => error.kind() == ErrorKind::ConnectionReset,
            Some(Misreading::LimitIsEnd) => class(error) == TransportClass::Timeout,
            _ => false,
        }
    }

    /// The remaining time.
    fn left(&self) -> io::Result<Duration> {
        if self.limited == Limited::EachRead {
            return Ok(self.limit);
        }
        Some(self.deadline.saturating_duration_since(clock::now()))
            .filter(|left| !left.is_zero())
            .ok_or_else(|| ErrorKind::TimedOut.into())
    }
}

/// Authority and request target of an absolute URL.
fn parts(url: &str) -> Option<(&str, String)> {
    let rest = url.strip_prefix("http://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    let slash = if target.starts_with('/') { "" } else { "/" };
    Some((authority, format!("{slash}{target}")))
}

fn class(error: &io::Error) -> TransportClass {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => TransportClass::Timeout,
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => {
            TransportClass::Truncated
        }
        _ => TransportClass::Other,
    }
}
