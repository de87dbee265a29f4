//! Subsets of a list, the small ones first.

/// The most elements of which every subset is returned.
const MOST_IN_ALL_SUBSETS: usize = 10;

/// The most elements of which every pair is returned.
const MOST_IN_PAIRS: usize = 64;

/// The nonempty subsets of `0..count`: all of them for a few elements, else the whole list, every element alone,
/// every element left out, and the pairs.
pub(super) fn subsets(count: usize) -> Box<dyn Iterator<Item = Vec<usize>>> {
    if count == 0 {
        return Box::new(std::iter::empty());
    }
    if count <= MOST_IN_ALL_SUBSETS {
        let mut sets: Vec<u32> = (1..1 << count).collect();
        sets.sort_by_key(|set| set.count_ones());
        return Box::new(sets.into_iter().map(move |set| {
            let places = 0..count;
            places.filter(|place| set & (1 << place) != 0).collect()
        }));
    }
    let all: Vec<usize> = (0..count).collect();
    let singles = (0..count).map(|one| vec![one]);
    let complements = (0..count).map(move |one| (0..count).filter(|other| *other != one).collect());
    let few = count.min(MOST_IN_PAIRS);
    let pairs = (0..few).flat_map(move |one| (one + 1..few).map(move |other| vec![one, other]));
    Box::new(
        std::iter::once(all)
            .chain(singles)
            .chain(complements)
            .chain(pairs),
    )
}

#[cfg(test)]
mod tests {
    use super::subsets;

    #[test]
    fn small_subsets_come_first_and_many_elements_give_no_explosion() {
        let sets: Vec<_> = subsets(3).collect();
        assert_eq!(sets.len(), 7);
        assert_eq!(sets[0], [0]);
        assert_eq!(sets[6], [0, 1, 2]);
        assert_eq!(subsets(0).count(), 0);
        assert!(subsets(200).count() < 3_000);
    }
}
