//! The interface between a player and the server of its connection.

use std::time::Duration;

/// The server of a connection. It receives what the player reads and sends, and ends the player's waits.
pub trait Observer {
    /// Receives the bytes that the player has read.
    fn received(&self, bytes: &[u8]) {
        let _ = bytes;
    }

    /// Receives the number of bytes that the player has sent.
    fn sent(&self, count: usize) {
        let _ = count;
    }

    /// Whether the head of the request with this number, counted from 0, has arrived.
    fn has_head(&self, number: usize) -> bool {
        let _ = number;
        true
    }

    /// Whether the request with this number, counted from 0, has arrived completely.
    fn has_request(&self, number: usize) -> bool {
        let _ = number;
        true
    }

    /// Waits for this long. Returns false when the server shuts down.
    fn pause(&self, length: Duration) -> bool;

    /// Waits until the server shuts down.
    fn hold(&self);
}
