//! A buffer for the end of standard error.

use std::collections::VecDeque;

/// The size of the buffer.
const SIZE: usize = 64 * 1024;

/// A buffer of the last 64 KiB of a stream.
#[derive(Debug, Default)]
pub(super) struct RingBuffer {
    kept: VecDeque<u8>,
    dropped: u64,
}

impl RingBuffer {
    /// Adds bytes at the end and drops the oldest ones.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let skipped = bytes.len().saturating_sub(SIZE);
        let bytes = bytes.get(skipped..).unwrap_or_default();
        let oldest = (self.kept.len() + bytes.len()).saturating_sub(SIZE);
        self.kept.drain(..oldest);
        self.kept.extend(bytes);
        self.dropped += u64::try_from(skipped + oldest).unwrap_or(u64::MAX);
    }

    /// The bytes in the buffer.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let (front, back) = self.kept.as_slices();
        [front, back].concat()
    }

    /// The number of bytes that were added since the start.
    pub(super) fn position(&self) -> u64 {
        self.dropped + u64::try_from(self.kept.len()).unwrap_or(u64::MAX)
    }

    /// The bytes that were added after this position and are still in the buffer.
    pub(super) fn since(&self, position: u64) -> Vec<u8> {
        let skipped = position.saturating_sub(self.dropped);
        let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
        self.kept.iter().skip(skipped).copied().collect()
    }

    /// The number of bytes that were dropped.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::{RingBuffer, SIZE};

    #[test]
    fn a_short_text_is_kept_completely() {
        let mut buffer = RingBuffer::default();
        buffer.push(b"one\n");
        buffer.push(b"two\n");
        assert_eq!(
            (buffer.bytes(), buffer.dropped()),
            (b"one\ntwo\n".to_vec(), 0)
        );
    }

    #[test]
    fn the_end_of_a_long_stream_is_kept_and_the_rest_is_counted() {
        let mut buffer = RingBuffer::default();
        buffer.push(b"first");
        for number in 0..100u8 {
            buffer.push(&[number; 4096]);
        }
        let bytes = buffer.bytes();
        assert_eq!(bytes.len(), SIZE);
        assert_eq!((bytes[0], bytes[SIZE - 1]), (84, 99));
        assert_eq!(buffer.dropped(), 5 + 100 * 4096 - SIZE as u64);
    }

    #[test]
    fn the_bytes_after_a_position_are_those_that_were_added_after_it() {
        let mut buffer = RingBuffer::default();
        buffer.push(b"before");
        let position = buffer.position();
        assert_eq!(buffer.since(position), b"");
        buffer.push(b"after");
        assert_eq!(buffer.since(position), b"after");
        buffer.push(&vec![b'x'; SIZE]);
        assert_eq!(buffer.since(position), vec![b'x'; SIZE]);
        assert_eq!(buffer.since(buffer.position() + 1), b"");
    }

    #[test]
    fn the_end_of_a_piece_longer_than_the_buffer_is_kept() {
        let mut buffer = RingBuffer::default();
        buffer.push(b"first");
        buffer.push(&[vec![b'a'; 10], vec![b'b'; SIZE]].concat());
        assert_eq!(buffer.bytes(), vec![b'b'; SIZE]);
        assert_eq!(buffer.dropped(), 15);
    }
}
