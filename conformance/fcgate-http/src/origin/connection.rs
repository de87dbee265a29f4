//! Records what the origin received and sent on one connection.

use std::fmt;
use std::ops::Range;

use crate::request::{Limits, RequestReader};

/// A record of what the origin received and sent on one connection.
#[derive(Clone)]
pub struct Connection {
    received: Vec<u8>,
    requests: Vec<Range<usize>>,
    reader: RequestReader,
    sent: u64,
    over: bool,
}

impl Connection {
    /// Every byte that was read.
    pub fn received(&self) -> &[u8] {
        &self.received
    }

    /// The complete requests among the received bytes, head and body.
    pub fn requests(&self) -> impl Iterator<Item = &[u8]> {
        self.requests
            .iter()
            .filter_map(|range| self.received.get(range.clone()))
    }

    /// The number of complete requests.
    pub fn invocations(&self) -> usize {
        self.requests.len()
    }

    /// The number of bytes that the kernel has accepted for the client.
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// Whether the connection has ended: the client closed it, or the script has reset it.
    pub fn has_ended(&self) -> bool {
        self.over
    }

    pub(super) fn new() -> Self {
        Self {
            received: Vec::new(),
            requests: Vec::new(),
            reader: RequestReader::new(Limits::NONE),
            sent: 0,
            over: false,
        }
    }

    /// Adds bytes. Bytes that are not a request stay in the record and are never complete.
    pub(super) fn receive(&mut self, bytes: &[u8]) {
        self.received.extend_from_slice(bytes);
        loop {
            let start = self.requests.last().map_or(0, |range| range.end);
            let unfinished = self.received.get(start..).unwrap_or_default();
            let Ok(Some(length)) = self.reader.advance(unfinished) else {
                return;
            };
            self.requests.push(start..start + length);
            self.reader = RequestReader::new(Limits::NONE);
        }
    }

    pub(super) fn count_sent(&mut self, bytes: usize) {
        self.sent += u64::try_from(bytes).unwrap_or(u64::MAX);
    }

    pub(super) fn end(&mut self) {
        self.over = true;
    }

    /// Whether the head of the request after the first `number` requests has arrived.
    pub(super) fn has_head(&self, number: usize) -> bool {
        self.requests.len() > number || self.reader.head().is_some()
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("received", &fcgate_text::visible::visible(&self.received))
            .field("invocations", &self.requests.len())
            .field("sent", &self.sent)
            .field("over", &self.over)
            .finish_non_exhaustive()
    }
}
