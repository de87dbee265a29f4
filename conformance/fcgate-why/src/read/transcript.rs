//! The messages of a capture, as raw HTTP/1.1.

use super::super::captured::{CapturedResponse, Exchange};
use super::start_line::starts_with_request_line;
use super::{Unreadable, message};

/// The messages of a capture in their order.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    messages: Vec<Message>,
    last_sent: Option<usize>,
}

#[derive(Debug)]
struct Message {
    direction: Direction,
    text: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Sent,
    Received,
}

impl Transcript {
    /// Adds sent bytes. Bytes that do not start with a request line belong to the last request.
    pub(super) fn sent(&mut self, bytes: &[u8]) {
        if starts_with_request_line(bytes) {
            self.last_sent = Some(self.messages.len());
            self.push(Direction::Sent, bytes);
        } else if let Some(last) = self.last_sent.and_then(|last| self.messages.get_mut(last)) {
            last.text.extend_from_slice(bytes);
        }
    }

    /// Adds one sent line without its line end.
    pub(super) fn sent_line(&mut self, line: &[u8]) {
        self.sent(line);
        self.sent(b"\r\n");
    }

    /// Adds received bytes. Bytes that do not start with a status line belong to the last response.
    pub(super) fn received(&mut self, bytes: &[u8]) {
        let is_last = self.messages.last();
        let is_last = is_last.is_some_and(|last| last.direction == Direction::Received);
        if bytes.starts_with(b"HTTP/") || !is_last {
            self.push(Direction::Received, bytes);
        } else if let Some(last) = self.messages.last_mut() {
            last.text.extend_from_slice(bytes);
        }
    }

    /// Adds one received line without its line end.
    pub(super) fn received_line(&mut self, line: &[u8]) {
        self.received(line);
        self.received(b"\r\n");
    }

    /// The transcript, if it has a request.
    pub(super) fn with_request(self) -> Option<Self> {
        self.last_sent.is_some().then_some(self)
    }

    /// The requests, each with the final response that follows it.
    pub(super) fn exchanges(self) -> Result<Vec<Exchange>, Unreadable> {
        let mut exchanges: Vec<Exchange> = Vec::new();
        for message in self.messages {
            match message.direction {
                Direction::Sent => {
                    exchanges.push(message::exchange(&message.text)?);
                }
                Direction::Received => {
                    let response = message::response(&message.text).ok();
                    let response = response.filter(|response| response.status >= 200);
                    if let Some(exchange) = exchanges.last_mut() {
                        exchange.response = exchange.response.take().or(response);
                    }
                }
            }
        }
        Ok(exchanges)
    }

    /// The last response.
    pub(super) fn response(self) -> Option<CapturedResponse> {
        let mut messages = self.messages.into_iter().rev();
        messages.find_map(|message| {
            let is_received = message.direction == Direction::Received;
            message::response(&message.text)
                .ok()
                .filter(|_| is_received)
        })
    }

    fn push(&mut self, direction: Direction, bytes: &[u8]) {
        self.messages.push(Message {
            direction,
            text: bytes.to_vec(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Transcript;

    #[test]
    fn a_body_that_is_sent_after_100_continue_belongs_to_its_request() {
        let mut transcript = Transcript::default();
        transcript.sent(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n");
        transcript.received(b"HTTP/1.1 100 Continue\r\n\r\n");
        transcript.sent(b"{}");
        transcript.received(b"HTTP/1.1 403 Forbidden\r\n\r\n");
        let exchanges = transcript.exchanges().unwrap();
        assert_eq!(exchanges.len(), 1);
        assert!(exchanges[0].notes.is_empty());
        let response = exchanges[0].response.as_ref();
        assert_eq!(response.map(|response| response.status), Some(403));
    }
}
