//! One HTTP/1.1 exchange on a connection of its own, plain enough to do it wrongly.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use memchr::memmem;

use crate::clock;
use crate::protocol::{BuildOutput, Headers, TransportClass};

/// A longer response is a flood.
const MOST_HEARD: usize = 2 * 1024 * 1024;

/// What came back.
#[derive(Debug, Clone)]
pub(super) struct Received {
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
}

/// How messages are sent and read.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    deadline: Instant,
    /// Whether the Host header names the port.
    pub(super) host_with_port: bool,
}

impl Exchange {
    pub(super) fn within(limit: Duration) -> Self {
        Self {
            deadline: clock::now() + limit,
            host_with_port: true,
        }
    }

    /// Sends a request and reads the response.
    pub(super) fn send(&self, request: &BuildOutput) -> Result<Received, TransportClass> {
        let (authority, target) = parts(&request.url).ok_or(TransportClass::Connect)?;
        let mut stream = TcpStream::connect(authority).map_err(|_| TransportClass::Connect)?;
        self.write(&mut stream, request, authority, &target)
            .map_err(|error| class(&error))?;
        let mut heard = Vec::new();
        loop {
            if let Some(received) = read(&heard, false)? {
                return Ok(received);
            }
            let left = self.left().map_err(|error| class(&error))?;
            let mut some = [0; 16384];
            let count = stream
                .set_read_timeout(Some(left))
                .and_then(|()| stream.read(&mut some))
                .map_err(|error| class(&error))?;
            heard.extend_from_slice(some.get(..count).unwrap_or_default());
            if heard.len() > MOST_HEARD {
                return Err(TransportClass::Malformed);
            }
            if count == 0 {
                return read(&heard, true)?.ok_or(TransportClass::Truncated);
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
        let mut head = format!(
            "{} {target} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {}\r\nconnection: close\r\n",
            request.method,
            request.body.len()
        );
        for (name, value) in &request.headers {
            head = head + name + ": " + value + "\r\n";
        }
        head.push_str("\r\n");
        let mut message = super::spelling::bytes(&head);
        message.extend_from_slice(&request.body);
        stream.set_write_timeout(Some(self.left()?))?;
        stream.write_all(&message)
    }

    /// The time that is left.
    fn left(&self) -> io::Result<Duration> {
        Some(self.deadline.saturating_duration_since(clock::now()))
            .filter(|left| !left.is_zero())
            .ok_or_else(|| ErrorKind::TimedOut.into())
    }
}

/// The response, once all of it is there.
fn read(received: &[u8], ended: bool) -> Result<Option<Received>, TransportClass> {
    let Some(end) = memmem::find(received, b"\r\n\r\n") else {
        return Ok(None);
    };
    let (head, rest) = received.split_at(end + 4);
    let (status, headers) = head_of(head).ok_or(TransportClass::Malformed)?;
    if (100..200).contains(&status) {
        return read(rest, ended);
    }
    let body = body(&headers, rest, ended)?;
    Ok(body.map(|body| Received {
        status,
        headers,
        body,
    }))
}

fn body(headers: &Headers, rest: &[u8], ended: bool) -> Result<Option<Vec<u8>>, TransportClass> {
    let value = |name| super::signable::value(headers, name);
    if value("transfer-encoding").is_some() {
        return chunks(rest);
    }
    let Some(length) = value("content-length") else {
        return Ok(ended.then(|| rest.to_vec()));
    };
    let length: usize = length.parse().map_err(|_| TransportClass::Malformed)?;
    match rest.get(..length) {
        Some(body) => Ok(Some(body.to_vec())),
        None => Ok(None),
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

fn head_of(head: &[u8]) -> Option<(u16, Headers)> {
    let head: String = head.iter().copied().map(char::from).collect();
    let mut lines = head.trim_end_matches("\r\n").split("\r\n");
    let mut words = lines.next()?.splitn(3, ' ');
    words.next().filter(|word| word.starts_with("HTTP/1."))?;
    let status = words.next()?.parse().ok()?;
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_owned(), super::spelling::trim(value).to_owned()))
    };
    Some((status, lines.map(header).collect::<Option<_>>()?))
}

/// The chunks put together, once the last one is there.
fn chunks(mut rest: &[u8]) -> Result<Option<Vec<u8>>, TransportClass> {
    let mut body = Vec::new();
    loop {
        let Some(end) = memmem::find(rest, b"\r\n") else {
            return Ok(None);
        };
        let (line, after) = rest.split_at(end);
        let size = String::from_utf8_lossy(line);
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| TransportClass::Malformed)?;
        let after = after.get(2..).unwrap_or_default();
        if size == 0 {
            return Ok(Some(body));
        }
        let (Some(chunk), Some(next)) = (after.get(..size), after.get(size.saturating_add(2)..))
        else {
            return Ok(None);
        };
        body.extend_from_slice(chunk);
        rest = next;
    }
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
