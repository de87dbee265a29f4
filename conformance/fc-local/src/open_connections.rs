//! The connections that are open.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// How long a connection must have had no request before it is closed to make room for another.
pub(super) const SHORTEST_IDLE: Duration = Duration::from_millis(100);

/// The connections that are open.
#[derive(Debug, Default)]
pub(super) struct OpenConnections {
    open: BTreeMap<u64, Open>,
    opened: u64,
    ended: u64,
}

#[derive(Debug)]
struct Open {
    // Weak, so that the socket closes when its connection ends.
    stream: Weak<TcpStream>,
    activity: Activity,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Activity {
    /// A request is being received or answered.
    Busy,
    /// There is no request, since this time.
    Idle(Instant),
    /// It is being closed to make room.
    Closing,
}

impl OpenConnections {
    /// Adds a connection and returns its number.
    pub(super) fn add(&mut self, stream: &Arc<TcpStream>) -> u64 {
        self.opened += 1;
        let open = Open {
            stream: Arc::downgrade(stream),
            activity: Activity::Busy,
        };
        self.open.insert(self.opened, open);
        self.opened
    }

    /// Removes a connection that has ended.
    pub(super) fn remove(&mut self, number: u64) {
        self.open.remove(&number);
        self.ended += 1;
    }

    /// The number of open connections.
    pub(super) fn count(&self) -> usize {
        self.open.len()
    }

    /// Whether a request is being received or answered.
    pub(super) fn has_request(&self) -> bool {
        let mut open = self.open.values();
        open.any(|open| open.activity == Activity::Busy)
    }

    /// The number of connections that have ended.
    pub(super) fn ended(&self) -> u64 {
        self.ended
    }

    /// Records that a connection waits for a request.
    pub(super) fn set_idle(&mut self, number: u64, now: Instant) {
        self.set(number, Activity::Idle(now));
    }

    /// Records that a request arrives on a connection.
    pub(super) fn set_busy(&mut self, number: u64) {
        self.set(number, Activity::Busy);
    }

    fn set(&mut self, number: u64, activity: Activity) {
        let open = self.open.get_mut(&number);
        if let Some(open) = open.filter(|open| open.activity != Activity::Closing) {
            open.activity = activity;
        }
    }

    /// Closes the connection that has been without a request for the longest time. A request that has already
    /// arrived on it is still answered.
    pub(super) fn close_longest_idle(&mut self, now: Instant) {
        let idle = self
            .open
            .values_mut()
            .filter_map(|open| match open.activity {
                Activity::Idle(since) if since + SHORTEST_IDLE <= now => Some((since, open)),
                _ => None,
            });
        if let Some((_, open)) = idle.min_by_key(|(since, _)| *since) {
            open.activity = Activity::Closing;
            shut_down(&open.stream, Shutdown::Read);
        }
    }

    /// Shuts down one direction of all connections, or both.
    pub(super) fn shut_down(&self, how: Shutdown) {
        for open in self.open.values() {
            shut_down(&open.stream, how);
        }
    }
}

fn shut_down(stream: &Weak<TcpStream>, how: Shutdown) {
    if let Some(stream) = stream.upgrade() {
        // It fails when the client has already closed the connection.
        let _ = stream.shutdown(how);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::time::Duration;

    use fcgate_http::clock;

    use super::{OpenConnections, SHORTEST_IDLE};

    #[test]
    fn only_the_longest_idle_connection_is_closed() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let open = || {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let stream = Arc::new(listener.accept().unwrap().0);
            stream.set_nonblocking(true).unwrap();
            (client, stream)
        };
        let pairs = [open(), open(), open()];
        let mut connections = OpenConnections::default();
        let now = clock::now();
        for ((_, stream), idle) in pairs.iter().zip([Some(1), Some(0), None]) {
            let number = connections.add(stream);
            if let Some(later) = idle {
                connections.set_idle(number, now + Duration::from_secs(later));
            }
        }
        let is_closed = |at: usize| matches!((&*pairs[at].1).read(&mut [0]), Ok(0));
        connections.close_longest_idle(now);
        assert!(!(0..3).any(is_closed), "none was idle for long enough");
        connections.close_longest_idle(now + SHORTEST_IDLE);
        connections.close_longest_idle(now + SHORTEST_IDLE);
        assert_eq!([0, 1, 2].map(is_closed), [false, true, false]);
    }
}
