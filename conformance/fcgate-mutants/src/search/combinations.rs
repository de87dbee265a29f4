//! Single mistakes and pairs of mistakes, tried in the order of the codes.

use crate::mutant::Mutant;

/// Tries every candidate alone and returns each success.
pub(super) fn singles<T>(
    candidates: impl Iterator<Item = &'static Mutant>,
    attempt: impl Fn(&[&'static Mutant]) -> Option<T>,
) -> impl Iterator<Item = T> {
    candidates.filter_map(move |mutant| attempt(&[mutant]))
}

/// Tries every pair of candidates in both orders and returns the first success.
pub(super) fn first_pair<T>(
    candidates: &[&'static Mutant],
    attempt: impl Fn(&[&'static Mutant]) -> Option<T>,
) -> Option<T> {
    let first = candidates.iter();
    let mut pairs = first.flat_map(|one| candidates.iter().map(move |other| [*one, *other]));
    pairs.find_map(|pair| {
        let [one, other] = pair;
        (one != other).then(|| attempt(&pair))?
    })
}
