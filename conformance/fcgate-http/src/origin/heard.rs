//! What arrived on one connection.

use std::fmt;
use std::ops::Range;

use super::framing::{head_length, request_length};

/// What arrived on one connection, and what became of it.
#[derive(Clone, Default)]
pub struct Heard {
    received: Vec<u8>,
    requests: Vec<Range<usize>>,
    sent: u64,
    over: bool,
}

impl Heard {
    /// Every byte that was read.
    pub fn received(&self) -> &[u8] {
        &self.received
    }

    /// The whole requests among them, head and body.
    pub fn requests(&self) -> impl Iterator<Item = &[u8]> {
        self.requests
            .iter()
            .filter_map(|range| self.received.get(range.clone()))
    }

    /// The number of whole requests.
    pub fn invocations(&self) -> usize {
        self.requests.len()
    }

    /// How many bytes the peer, or the kernel for it, has taken.
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// Whether the connection is over: the peer was seen to go away, or the script has reset it.
    pub fn is_over(&self) -> bool {
        self.over
    }

    pub(super) fn hear(&mut self, bytes: &[u8]) {
        self.received.extend_from_slice(bytes);
        while let Some(length) = self.unfinished().and_then(request_length) {
            let start = self.start();
            self.requests.push(start..start + length);
        }
    }

    pub(super) fn say(&mut self, bytes: usize) {
        self.sent += u64::try_from(bytes).unwrap_or(u64::MAX);
    }

    pub(super) fn end(&mut self) {
        self.over = true;
    }

    /// Whether the head of the request is there that follows on the first `number` requests.
    pub(super) fn has_head(&self, number: usize) -> bool {
        self.requests.len() > number || self.unfinished().and_then(head_length).is_some()
    }

    fn unfinished(&self) -> Option<&[u8]> {
        self.received.get(self.start()..)
    }

    fn start(&self) -> usize {
        self.requests.last().map_or(0, |range| range.end)
    }
}

impl fmt::Debug for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Heard")
            .field("received", &fcgate_text::visible::visible(&self.received))
            .field("invocations", &self.requests.len())
            .field("sent", &self.sent)
            .field("over", &self.over)
            .finish()
    }
}
