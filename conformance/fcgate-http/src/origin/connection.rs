//! One connection, played step by step.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use socket2::SockRef;

use super::heard::Heard;
use super::record::Record;
use super::script::{Play, Step};

/// The most bytes of one read.
const READ: usize = 64 * 1024;

/// Plays on a connection; the socket is closed when it returns.
pub(super) fn play(stream: Arc<TcpStream>, play: &Play, record: &Record, index: usize) {
    // A drip is one segment for each byte; without this the kernel would gather them.
    let _ = stream.set_nodelay(true);
    let mut player = Player {
        stream,
        record,
        index,
        requests: 0,
        moved: 0,
    };
    // An error means that the peer is gone or the origin is being dropped: the play is over.
    let _ = match play {
        Play::Steps(steps) => player.round(steps),
        Play::ByRequest(script) => player
            .step(&Step::ReadRequest)
            .and_then(|()| player.round(&script.list(record.request()))),
    };
    drop(player);
    record.note(index, Heard::end);
}

struct Player<'a> {
    stream: Arc<TcpStream>,
    record: &'a Record,
    index: usize,
    /// How many requests the steps have read.
    requests: usize,
    /// How many bytes were read and sent.
    moved: usize,
}

impl Player<'_> {
    fn round(&mut self, steps: &[Step]) -> io::Result<()> {
        loop {
            let before = self.moved;
            let mut again = false;
            for step in steps {
                match step {
                    Step::Again => again = true,
                    Step::Reset => return self.reset(),
                    Step::Hold => {
                        self.record.hold();
                        return Ok(());
                    }
                    Step::Stall => return self.drain(),
                    Step::Close => return self.close(),
                    step => self.step(step)?,
                }
                if again {
                    break;
                }
            }
            if !again || self.moved == before {
                return self.close();
            }
        }
    }

    fn step(&mut self, step: &Step) -> io::Result<()> {
        match step {
            Step::ReadHead => self.read_until(Heard::has_head),
            Step::ReadRequest => {
                self.read_until(|heard, number| heard.invocations() > number)?;
                self.requests += 1;
                Ok(())
            }
            Step::Read(bytes) => self.read_bytes(*bytes),
            Step::Send(bytes) => self.send(bytes),
            Step::Flood(bytes) => loop {
                self.send(bytes)?;
            },
            Step::Drip(bytes, pause) => self.drip(bytes, *pause),
            Step::Pause(length) => self.pause(*length),
            Step::Stall | Step::Hold | Step::Close | Step::Reset | Step::Again => Ok(()),
        }
    }

    fn read_until(&mut self, enough: impl Fn(&Heard, usize) -> bool) -> io::Result<()> {
        let number = self.requests;
        while self.record.of(self.index, |heard| enough(heard, number)) == Some(false) {
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

    /// Reads until the peer goes away, which is what it waits for.
    fn drain(&mut self) -> io::Result<()> {
        loop {
            self.read(READ)?;
        }
    }

    fn read(&mut self, most: usize) -> io::Result<usize> {
        let mut buffer = vec![0; most];
        let count = self.stream.as_ref().read(&mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        self.record.note(self.index, |heard| heard.hear(bytes));
        self.moved += count;
        Ok(count)
    }

    fn send(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let count = self.stream.as_ref().write(bytes)?;
            self.record.note(self.index, |heard| heard.say(count));
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
        if self.record.pause(length) {
            Ok(())
        } else {
            Err(io::ErrorKind::Interrupted.into())
        }
    }

    fn close(&mut self) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)?;
        self.drain()
    }

    fn reset(&self) -> io::Result<()> {
        // With a linger time of zero the close that follows is a reset.
        SockRef::from(self.stream.as_ref()).set_linger(Some(Duration::ZERO))
    }
}
