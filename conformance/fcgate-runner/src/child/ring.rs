//! The last words of an adapter: the end of its standard error, and how much came before.

use std::collections::VecDeque;

/// How much of standard error is kept.
const KEPT: usize = 64 * 1024;

/// The last 64 KiB of a stream.
#[derive(Debug, Default)]
pub(super) struct Ring {
    kept: VecDeque<u8>,
    dropped: u64,
}

impl Ring {
    /// Adds bytes at the end; the oldest give way.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let beyond = bytes.len().saturating_sub(KEPT);
        let bytes = bytes.get(beyond..).unwrap_or_default();
        let over = (self.kept.len() + bytes.len()).saturating_sub(KEPT);
        self.kept.drain(..over);
        self.kept.extend(bytes);
        self.dropped += u64::try_from(beyond + over).unwrap_or(u64::MAX);
    }

    /// What is kept.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let (front, back) = self.kept.as_slices();
        [front, back].concat()
    }

    /// How many bytes were not kept.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Ring};

    #[test]
    fn short_text_is_kept_whole() {
        let mut ring = Ring::default();
        ring.push(b"one\n");
        ring.push(b"two\n");
        assert_eq!((ring.bytes(), ring.dropped()), (b"one\ntwo\n".to_vec(), 0));
    }

    #[test]
    fn a_flood_keeps_its_end_and_is_counted() {
        let mut ring = Ring::default();
        ring.push(b"first");
        for number in 0..100u8 {
            ring.push(&[number; 4096]);
        }
        let bytes = ring.bytes();
        assert_eq!(bytes.len(), KEPT);
        assert_eq!((bytes[0], bytes[KEPT - 1]), (84, 99));
        assert_eq!(ring.dropped(), 5 + 100 * 4096 - KEPT as u64);
    }

    #[test]
    fn one_piece_that_is_longer_than_the_ring_leaves_its_end() {
        let mut ring = Ring::default();
        ring.push(b"first");
        ring.push(&[vec![b'a'; 10], vec![b'b'; KEPT]].concat());
        assert_eq!(ring.bytes(), vec![b'b'; KEPT]);
        assert_eq!(ring.dropped(), 15);
    }
}
