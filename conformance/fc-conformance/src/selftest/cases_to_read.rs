//! Counts the failed cases of a run that a reader has to read.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::judge::CaseResult;
use fcgate_mutants::Mutant;

/// Counts the red cases that are not echoes: one for each named mistake, and all without a named mistake.
pub(super) fn count(red: &[&CaseResult], named: &BTreeMap<String, &'static Mutant>) -> usize {
    let mistakes: BTreeSet<&str> = red
        .iter()
        .filter_map(|result| named.get(&result.id))
        .map(|mutant| mutant.code)
        .collect();
    let unnamed = red.iter().filter(|result| !named.contains_key(&result.id));
    mistakes.len() + unnamed.count()
}

/// Returns the mutant that is named for the most cases. If there are several, it returns the first one.
pub(super) fn most_named(named: &BTreeMap<String, &'static Mutant>) -> Option<&'static Mutant> {
    let mut counts: BTreeMap<&str, (usize, &'static Mutant)> = BTreeMap::new();
    for mutant in named.values() {
        counts.entry(mutant.code).or_insert((0, mutant)).0 += 1;
    }
    let most = counts.values().map(|(count, _)| *count).max()?;
    let mut mutants = counts.into_values();
    mutants
        .find(|(count, _)| *count == most)
        .map(|(_, mutant)| mutant)
}

#[cfg(test)]
mod tests {
    use super::{count, most_named};
    use fcgate_cases::corpus::Corpus;
    use fcgate_cases::judge::{CaseResult, Status};
    use fcgate_mutants as mutant;
    use std::collections::BTreeMap;

    #[test]
    fn cases_with_the_same_named_mutant_count_once_and_unnamed_cases_each() {
        let corpus = Corpus::embedded().unwrap();
        let red: Vec<CaseResult> = corpus.cases()[..4]
            .iter()
            .map(|case| CaseResult::unjudged(case, Status::Fail))
            .collect();
        let red: Vec<&CaseResult> = red.iter().collect();
        let mut mutants = mutant::all();
        let (one, other) = (mutants.next().unwrap(), mutants.next().unwrap());
        let named = BTreeMap::from([
            (red[0].id.clone(), other),
            (red[1].id.clone(), one),
            (red[2].id.clone(), other),
        ]);
        assert_eq!(count(&red, &named), 3);
        assert_eq!(most_named(&named), Some(other));
    }
}
