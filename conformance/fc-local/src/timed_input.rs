//! Reads a connection within the time limits and the memory of the server.

use std::io;
use std::time::{Duration, Instant};

use fcgate_http::answer::ByteStream as _;
use fcgate_http::clock;
use fcgate_http::request::{Input, Limits as Lengths, Wait};

use super::body_budget::{Reservation, SMALL};
use super::channel::Channel;
use super::server_state::ServerState;

/// The bytes of a connection.
pub(super) struct TimedInput<'a, 's> {
    channel: &'a Channel<'s>,
    server: &'a ServerState,
    /// The number of the connection.
    number: u64,
    /// How long the connection may have no request.
    idle_limit: Duration,
    /// The part that is being read, and when that began.
    part: Option<(Part, Instant)>,
    /// The time limit that the socket has for a read.
    read_timeout: Option<Duration>,
    reservation: Option<Reservation<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Nothing,
    Head,
    Body,
}

impl<'a, 's> TimedInput<'a, 's> {
    pub(super) fn new(
        channel: &'a Channel<'s>,
        server: &'a ServerState,
        number: u64,
        idle_limit: Duration,
    ) -> Self {
        Self {
            channel,
            server,
            number,
            idle_limit,
            part: None,
            read_timeout: None,
            reservation: None,
        }
    }

    /// Ends the time limits of the request, which has received. With `releases`, its memory is free again.
    pub(super) fn request_is_complete(&mut self, releases: bool) {
        self.part = None;
        if releases {
            self.reservation = None;
        }
    }

    /// Returns how long the read may take.
    fn time_left(&mut self, part: Part) -> io::Result<Duration> {
        let now = clock::now();
        let start = match self.part {
            Some((last, start)) if last == part => start,
            _ => now,
        };
        self.part = Some((part, start));
        let limits = &self.server.limits;
        let limit = match part {
            Part::Nothing => self.idle_limit,
            Part::Head => limits.head,
            Part::Body => limits.body,
        };
        let left = (start + limit).saturating_duration_since(now);
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(left)
    }

    /// Reserves memory for a long request.
    fn reserve(&mut self, received: usize, length: Option<usize>) {
        let longest = Lengths::default();
        let length = length.unwrap_or(longest.head + longest.body);
        if received >= SMALL && self.reservation.is_none() {
            self.reservation = Some(self.server.body_budget.reserve(length));
            // The wait for memory is not the client's time.
            self.part = None;
        }
    }
}

impl Input for TimedInput<'_, '_> {
    fn read(&mut self, wait: Wait, buffer: &mut [u8]) -> io::Result<usize> {
        let part = match wait {
            Wait::Request => Part::Nothing,
            Wait::Head => Part::Head,
            Wait::Body { received, length } => {
                self.reserve(received, length);
                Part::Body
            }
        };
        let left = self.time_left(part)?;
        if self.read_timeout != Some(left) {
            self.channel.socket().set_read_timeout(Some(left))?;
            self.read_timeout = Some(left);
        }
        if part == Part::Nothing {
            self.reservation = None;
            self.server
                .with_connections(|connections| connections.set_idle(self.number, clock::now()));
        }
        let read = self.channel.receive(buffer);
        if part == Part::Nothing {
            self.server.set_busy(self.number);
        }
        read.map_err(|error| match error.kind() {
            // The kind that a socket returns after its time limit depends on the system.
            io::ErrorKind::WouldBlock => io::ErrorKind::TimedOut.into(),
            _ => error,
        })
    }
}
