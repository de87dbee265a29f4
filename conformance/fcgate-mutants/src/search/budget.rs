//! The limit of a search.

use std::cell::Cell;

/// The most signatures that one search computes.
const MOST_COMPUTATIONS: u64 = 200_000;

/// The most bytes of requests that one search signs: a request of 1 MiB can be signed a few dozen times.
const MOST_BYTES: u64 = 48 << 20;

/// What a search may still spend.
#[derive(Debug)]
pub(super) struct Budget {
    computations: Cell<u64>,
    bytes: Cell<u64>,
    is_exhausted: Cell<bool>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            computations: Cell::new(0),
            bytes: Cell::new(0),
            is_exhausted: Cell::new(false),
        }
    }

    /// Pays for one signature over so many bytes. Returns whether the budget allows it.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        let bytes = self.bytes.get().saturating_add(bytes as u64);
        if bytes > MOST_BYTES || self.computations.get() >= MOST_COMPUTATIONS {
            self.is_exhausted.set(true);
            return false;
        }
        self.bytes.set(bytes);
        self.computations.set(self.computations.get() + 1);
        true
    }

    /// The items as long as the budget is not used up. It is asked before an item is made: making one copies the
    /// captured request.
    pub(super) fn while_it_lasts<T>(
        &self,
        mut items: impl Iterator<Item = T>,
    ) -> impl Iterator<Item = T> {
        std::iter::from_fn(move || {
            if self.is_exhausted() {
                return None;
            }
            items.next()
        })
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.is_exhausted.get()
    }

    /// The number of signatures that were computed.
    pub(super) fn computations(&self) -> u64 {
        self.computations.get()
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, MOST_BYTES, MOST_COMPUTATIONS};

    #[test]
    fn a_budget_ends_after_its_computations_or_its_bytes() {
        let small = Budget::new();
        assert!((0..MOST_COMPUTATIONS).all(|_| small.spend(1)));
        assert!(!small.is_exhausted());
        assert!(!small.spend(1) && small.is_exhausted());
        assert_eq!(small.computations(), MOST_COMPUTATIONS);
        let large = Budget::new();
        let half = usize::try_from(MOST_BYTES / 2).unwrap();
        assert!(large.spend(half) && large.spend(half) && !large.spend(1));
    }

    #[test]
    fn no_item_is_made_after_the_budget_is_used_up() {
        let budget = Budget::new();
        let made = std::cell::Cell::new(0);
        let items = std::iter::repeat_with(|| made.set(made.get() + 1));
        let mut items = budget.while_it_lasts(items);
        assert!(items.next().is_some());
        assert!(!budget.spend(usize::MAX));
        assert!(items.next().is_none());
        assert_eq!(made.get(), 1);
    }
}
