//! The nonces that a server remembers, to find one that is used twice.

use std::collections::{BTreeSet, VecDeque};

use sha2::{Digest as _, Sha256};

/// The number of nonces that are remembered. Only their digests are kept, so that their length does not matter.
pub(super) const REMEMBERED: usize = 100_000;

/// The digests of the most recent nonces.
#[derive(Debug, Default)]
pub(super) struct RecentNonces {
    known: BTreeSet<[u8; 32]>,
    /// The same digests, the oldest first.
    order: VecDeque<[u8; 32]>,
    forgotten: usize,
}

impl RecentNonces {
    /// Whether a nonce is not among those that are remembered. Remembers it.
    pub(super) fn is_new(&mut self, nonce: &str) -> bool {
        let digest: [u8; 32] = Sha256::digest(nonce.as_bytes()).into();
        if !self.known.insert(digest) {
            return false;
        }
        self.order.push_back(digest);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
            self.forgotten += 1;
        }
        true
    }

    /// The number of nonces that are no longer remembered.
    pub(super) fn forgotten(&self) -> usize {
        self.forgotten
    }
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, RecentNonces};

    #[test]
    fn the_most_recent_nonces_are_remembered_and_older_ones_are_counted() {
        let mut nonces = RecentNonces::default();
        for number in 0..REMEMBERED {
            assert!(nonces.is_new(&number.to_string()));
        }
        assert!(!nonces.is_new("0") && nonces.forgotten() == 0);
        assert!(nonces.is_new("one more"));
        assert_eq!(
            (nonces.order.len(), nonces.known.len()),
            (REMEMBERED, REMEMBERED)
        );
        assert_eq!(nonces.forgotten(), 1);
        assert!(nonces.is_new("0") && !nonces.is_new("2"));
    }
}
