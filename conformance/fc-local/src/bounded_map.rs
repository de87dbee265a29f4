//! A map with a bounded number of keys.

use std::collections::BTreeMap;

/// A map that takes no new key when it has `MOST`, and counts how often it refused one.
#[derive(Debug)]
pub(super) struct BoundedMap<K, V, const MOST: usize> {
    entries: BTreeMap<K, V>,
    refused: usize,
}

impl<K, V, const MOST: usize> Default for BoundedMap<K, V, MOST> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            refused: 0,
        }
    }
}

impl<K: Ord, V, const MOST: usize> BoundedMap<K, V, MOST> {
    /// The value of a key, which is added if there is room; `None` if there is not.
    pub(super) fn entry(&mut self, key: K, value: impl FnOnce() -> V) -> Option<&mut V> {
        if self.entries.len() >= MOST && !self.entries.contains_key(&key) {
            self.refused += 1;
            return None;
        }
        Some(self.entries.entry(key).or_insert_with(value))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How often a new key was refused.
    pub(super) fn refused(&self) -> usize {
        self.refused
    }
}

#[cfg(test)]
mod tests {
    use super::BoundedMap;

    #[test]
    fn a_full_map_refuses_new_keys_and_counts_them() {
        let mut map: BoundedMap<u8, u8, 1> = BoundedMap::default();
        assert_eq!(map.entry(1, || 7), Some(&mut 7));
        assert_eq!(map.entry(2, || 8), None);
        assert_eq!(map.entry(1, || 9), Some(&mut 7));
        assert_eq!((map.len(), map.refused()), (1, 1));
    }
}
