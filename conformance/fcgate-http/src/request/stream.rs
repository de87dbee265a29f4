//! The requests of one connection.

use std::io::{self, Read};

use super::error::RequestError;
use super::head;
use super::parts::Request;
use super::reader::{Limits, RequestReader};
use super::wait::Wait;

/// The most bytes of one read of a head, with a short body. The memory of a read is filled with zeros first.
const READ_OF_HEAD: usize = 8 * 1024;
/// The most bytes of one read of a body.
const READ_OF_BODY: usize = 64 * 1024;

/// The source of the bytes of a connection. Everything that can be read is one.
///
/// A source with time limits returns [`io::ErrorKind::TimedOut`].
pub trait Input {
    /// Reads bytes; `wait` is what the reader waits for.
    ///
    /// # Errors
    ///
    /// When the connection fails, or the bytes did not arrive in time.
    fn read(&mut self, wait: Wait, buffer: &mut [u8]) -> io::Result<usize>;
}

impl<R: Read> Input for R {
    fn read(&mut self, _wait: Wait, buffer: &mut [u8]) -> io::Result<usize> {
        Read::read(self, buffer)
    }
}

/// Reads request after request from a connection.
#[derive(Debug)]
pub struct RequestStream<I> {
    input: I,
    /// The bytes that have arrived since the previous request ended.
    buffer: Vec<u8>,
    limits: Limits,
}

/// The next thing that a connection delivers.
#[derive(Debug)]
pub enum Incoming {
    /// A whole request.
    Request(Request),
    /// Bytes that are not a whole request. The connection cannot be read any further.
    Malformed(RequestError),
    /// The client closed the connection between two requests.
    End,
}

impl<I: Input> RequestStream<I> {
    /// Reads requests from `input`.
    pub fn new(input: I) -> Self {
        Self::with_limits(input, Limits::default())
    }

    /// Reads requests of limited length from `input`.
    pub fn with_limits(input: I, limits: Limits) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            limits,
        }
    }

    /// The source of the bytes.
    pub fn input(&mut self) -> &mut I {
        &mut self.input
    }

    /// Reads the next request; calls `send_continue` when the client waits for `100 Continue`.
    ///
    /// # Errors
    ///
    /// When the connection fails or is silent between two requests. A request that has started is never lost.
    pub fn next(&mut self, send_continue: impl FnOnce() -> io::Result<()>) -> io::Result<Incoming> {
        let mut send_continue = Some(send_continue);
        let mut reader = RequestReader::new(self.limits);
        loop {
            match reader.advance(&self.buffer) {
                Ok(Some(length)) => return Ok(self.take(reader, length)),
                Ok(None) => {}
                Err(error) => return Ok(Incoming::Malformed(error)),
            }
            if reader.head().is_some_and(Request::expects_continue)
                && let Some(send_continue) = send_continue.take()
                && send_continue().is_err()
                && let Some(error) = reader.cut(&self.buffer)
            {
                return Ok(Incoming::Malformed(error));
            }
            let wait = reader.waits_for(&self.buffer);
            let error = match self.read(wait) {
                Ok(1..) => continue,
                Ok(_) => None,
                Err(error) => Some(error),
            };
            let is_late = |error: &io::Error| error.kind() == io::ErrorKind::TimedOut;
            return match (reader.cut(&self.buffer), error) {
                (Some(_), Some(error)) if is_late(&error) => {
                    Ok(Incoming::Malformed(if reader.head().is_some() {
                        RequestError::SlowBody
                    } else {
                        RequestError::SlowHead
                    }))
                }
                (Some(error), _) => Ok(Incoming::Malformed(error)),
                (None, Some(error)) => Err(error),
                (None, None) => Ok(Incoming::End),
            };
        }
    }

    /// Whether bytes of a further request were read.
    pub fn has_unread_bytes(&self) -> bool {
        !head::is_blank(&self.buffer)
    }

    fn take(&mut self, reader: RequestReader, length: usize) -> Incoming {
        let rest = self.buffer.split_off(length);
        let request = std::mem::replace(&mut self.buffer, rest);
        match reader.finish(request) {
            Some(Ok(request)) => Incoming::Request(request),
            Some(Err(error)) => Incoming::Malformed(error),
            None => Incoming::Malformed(RequestError::CutHead),
        }
    }

    fn read(&mut self, wait: Wait) -> io::Result<usize> {
        let start = self.buffer.len();
        let most = match wait {
            Wait::Request | Wait::Head => READ_OF_HEAD,
            Wait::Body { length: None, .. } => READ_OF_BODY,
            Wait::Body {
                length: Some(length),
                ..
            } => {
                let rest = length.saturating_sub(start);
                // The whole request and one read after it: no growth beyond that.
                self.buffer.reserve_exact(rest + READ_OF_BODY);
                rest.clamp(READ_OF_HEAD, READ_OF_BODY)
            }
        };
        self.buffer.resize(start + most, 0);
        let read = loop {
            let free = self.buffer.get_mut(start..).unwrap_or_default();
            match self.input.read(wait, free) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        let count = read.as_ref().copied().unwrap_or_default();
        self.buffer.truncate(start + count);
        read
    }
}

#[cfg(test)]
mod tests {
    use super::super::parts::Framing;
    use super::{Incoming, RequestError, RequestStream};

    fn read(bytes: &[u8]) -> Incoming {
        RequestStream::new(bytes).next(|| Ok(())).unwrap()
    }

    #[test]
    fn a_body_is_read_by_its_length_or_by_its_chunks() {
        for (request, framing) in [
            (
                &b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nhi!and"[..],
                Framing::Length(3),
            ),
            (
                b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n1;x=y\r\n!\r\n0\r\nT: v\r\n\r\n",
                Framing::Chunked,
            ),
        ] {
            let Incoming::Request(request) = read(request) else {
                panic!()
            };
            assert_eq!((request.body.as_slice(), request.framing), (&b"hi!"[..], framing));
        }
    }

    #[test]
    fn pipelined_requests_are_read_one_by_one() {
        let mut stream = RequestStream::new(&b"GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n"[..]);
        for target in ["/1", "/2"] {
            let Incoming::Request(request) = stream.next(|| Ok(())).unwrap() else {
                panic!()
            };
            assert_eq!(request.target, target);
        }
        assert!(matches!(stream.next(|| Ok(())).unwrap(), Incoming::End));
    }

    #[test]
    fn a_connection_that_ends_within_a_request_is_malformed() {
        assert!(matches!(read(b""), Incoming::End));
        assert!(matches!(read(b"\r\n"), Incoming::End));
        for (request, in_body) in [
            (
                "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi",
                RequestError::CutBody {
                    received: 1,
                    length: 2,
                },
            ),
            (
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
                RequestError::CutChunks,
            ),
        ] {
            for cut in 1..request.len() {
                let Incoming::Malformed(error) = read(&request.as_bytes()[..cut]) else {
                    panic!("{cut}")
                };
                assert!(
                    error.to_string().contains("closed the connection"),
                    "{error}"
                );
            }
            let Incoming::Malformed(error) = read(&request.as_bytes()[..request.len() - 1]) else {
                panic!()
            };
            assert_eq!(error, in_body);
        }
    }

    #[test]
    fn a_client_that_expects_100_continue_receives_it() {
        let mut sent = false;
        let request = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
        let read = RequestStream::new(&request[..]).next(|| {
            sent = true;
            Ok(())
        });
        assert!(matches!(read.unwrap(), Incoming::Malformed(_)));
        assert!(sent);
    }
}
