//! The connections that are open.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Weak};

/// The connections that are open.
#[derive(Debug, Default)]
pub(super) struct OpenConnections {
    // Weak, so that the socket closes when its connection ends.
    streams: BTreeMap<u64, Weak<TcpStream>>,
    opened: u64,
    ended: u64,
}

impl OpenConnections {
    /// Adds a connection and returns its number.
    pub(super) fn add(&mut self, stream: &Arc<TcpStream>) -> u64 {
        self.opened += 1;
        self.streams.insert(self.opened, Arc::downgrade(stream));
        self.opened
    }

    /// Removes a connection that has ended.
    pub(super) fn remove(&mut self, number: u64) {
        self.streams.remove(&number);
        self.ended += 1;
    }

    /// The number of open connections.
    pub(super) fn count(&self) -> usize {
        self.streams.len()
    }

    /// The number of connections that have ended.
    pub(super) fn ended(&self) -> u64 {
        self.ended
    }

    /// Shuts down one direction of all connections, or both.
    pub(super) fn shut_down(&self, how: Shutdown) {
        for stream in self.streams.values().filter_map(Weak::upgrade) {
            // It fails when the client has already closed the connection.
            let _ = stream.shutdown(how);
        }
    }
}
