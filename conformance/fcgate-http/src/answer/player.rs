//! Plays steps on a connection.

use std::io;
use std::net::TcpStream;
use std::time::Duration;

use super::byte_stream::ByteStream;
use super::observer::Observer;
use super::step::Step;

/// The most bytes of one read.
const READ: usize = 64 * 1024;

/// The action of the server after a list of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The connection is still open and can play another list.
    Continue,
    /// The player must play the same list again.
    Again,
    /// The steps ended the connection: drop the socket.
    Drop,
}

/// Plays steps on one connection.
#[derive(Debug)]
pub struct Player<'a, O, S = TcpStream> {
    stream: &'a S,
    observer: &'a O,
    /// The number of requests that the steps have read.
    requests: usize,
    /// The number of bytes that were read and sent.
    moved: usize,
}

impl<'a, O: Observer, S: ByteStream> Player<'a, O, S> {
    /// A player for this connection, which reports to `observer`.
    pub fn new(stream: &'a S, observer: &'a O) -> Self {
        Self {
            stream,
            observer,
            requests: 0,
            moved: 0,
        }
    }

    /// Plays a list of steps once.
    ///
    /// # Errors
    ///
    /// When the client has closed the connection or the server shuts down.
    pub fn play(&mut self, steps: &[Step]) -> io::Result<Next> {
        let before = self.moved;
        for step in steps {
            match step {
                Step::ReadHead => self.read_until(O::has_head)?,
                Step::ReadRequest => {
                    self.read_until(O::has_request)?;
                    self.requests += 1;
                }
                Step::Read(bytes) => self.read_bytes(*bytes)?,
                Step::Send(bytes) => self.send(bytes)?,
                Step::Flood(bytes) => loop {
                    self.send(bytes)?;
                },
                Step::Drip(bytes, pause) => self.drip(bytes, *pause)?,
                Step::Pause(length) => self.pause(*length)?,
                Step::Stall => self.drain()?,
                Step::Hold => {
                    self.observer.hold();
                    return Ok(Next::Drop);
                }
                Step::Close => self.close()?,
                Step::Reset => return self.reset(),
                Step::Again if self.moved == before => return Ok(Next::Continue),
                Step::Again => return Ok(Next::Again),
            }
        }
        Ok(Next::Continue)
    }

    fn read_until(&mut self, enough: impl Fn(&O, usize) -> bool) -> io::Result<()> {
        while !enough(self.observer, self.requests) {
            self.read(READ)?;
        }
        Ok(())
    }

    fn read_bytes(&mut self, mut missing: usize) -> io::Result<()> {
        while missing > 0 {
            missing -= self.read(missing.min(READ))?;
        }
        Ok(())
    }

    /// Reads until the client closes the connection, which [`read`](Self::read) reports as an error.
    fn drain(&mut self) -> io::Result<()> {
        loop {
            self.read(READ)?;
        }
    }

    fn read(&mut self, most: usize) -> io::Result<usize> {
        let mut buffer = vec![0; most];
        let count = self.stream.receive(&mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        self.observer.received(bytes);
        self.moved += count;
        Ok(count)
    }

    fn send(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let count = self.stream.send(bytes)?;
            self.observer.sent(count);
            self.moved += count;
            bytes = bytes.get(count..).unwrap_or_default();
        }
        Ok(())
    }

    fn drip(&mut self, bytes: &[u8], pause: Duration) -> io::Result<()> {
        for byte in bytes {
            self.send(&[*byte])?;
            self.pause(pause)?;
        }
        Ok(())
    }

    fn pause(&self, length: Duration) -> io::Result<()> {
        if self.observer.pause(length) {
            Ok(())
        } else {
            Err(io::ErrorKind::Interrupted.into())
        }
    }

    fn close(&mut self) -> io::Result<()> {
        self.stream.close_sending_half()?;
        self.drain()
    }

    fn reset(&self) -> io::Result<Next> {
        self.stream.reset_when_dropped()?;
        Ok(Next::Drop)
    }
}
