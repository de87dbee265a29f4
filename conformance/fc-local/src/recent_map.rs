//! A map that forgets its oldest entries.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Entries in the order in which they were added.
#[derive(Debug)]
pub(super) struct RecentMap<K, V> {
    entries: BTreeMap<u64, (K, V)>,
    numbers: HashMap<K, u64>,
    next: u64,
    forgotten: usize,
}

impl<K, V> Default for RecentMap<K, V> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            numbers: HashMap::new(),
            next: 0,
            forgotten: 0,
        }
    }
}

impl<K: Clone + Eq + Hash, V> RecentMap<K, V> {
    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let number = self.numbers.get(key)?;
        self.entries.get_mut(number).map(|(_, value)| value)
    }

    /// Adds a value with a new key.
    pub(super) fn add(&mut self, key: K, value: V) {
        self.numbers.insert(key.clone(), self.next);
        self.entries.insert(self.next, (key, value));
        self.next += 1;
    }

    /// Forgets the oldest entry and returns its value.
    pub(super) fn forget_oldest(&mut self) -> Option<V> {
        let (_, (key, value)) = self.entries.pop_first()?;
        self.numbers.remove(&key);
        self.forgotten += 1;
        Some(value)
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// All values with their numbers, the oldest first.
    pub(super) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (u64, &mut V)> {
        let entries = self.entries.iter_mut();
        entries.map(|(number, (_, value))| (*number, value))
    }

    /// How many entries were forgotten.
    pub(super) fn forgotten(&self) -> usize {
        self.forgotten
    }
}

#[cfg(test)]
mod tests {
    use super::RecentMap;

    #[test]
    fn the_oldest_entry_is_forgotten_and_its_key_is_new_again() {
        let mut map = RecentMap::default();
        map.add("a", 1);
        map.add("b", 2);
        assert_eq!(map.forget_oldest(), Some(1));
        assert_eq!(map.get_mut(&"a"), None);
        assert_eq!(map.get_mut(&"b"), Some(&mut 2));
        map.add("a", 3);
        let values: Vec<(u64, i32)> = map.iter_mut().map(|(one, two)| (one, *two)).collect();
        assert_eq!((values, map.len()), (vec![(1, 2), (2, 3)], 2));
        assert_eq!(map.forgotten(), 1);
    }
}
