//! Counts the failed cases of a run that a reader has to read.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::judge::CaseResult;
use fcgate_mutants::Mutant;
use fcgate_mutants::search::Explained;

/// Counts the red cases that are not echoes: one for each named cause, and all without a named mistake.
pub(super) fn count(red: &[&CaseResult], explained: &Explained) -> usize {
    let causes: BTreeSet<Vec<&str>> = red
        .iter()
        .filter_map(|result| explained.get(&result.id))
        .map(|mutants| codes(mutants))
        .collect();
    let unnamed = red
        .iter()
        .filter(|result| !explained.contains_key(&result.id));
    causes.len() + unnamed.count()
}

/// Returns the mutants that are named for the most cases. If there are several such causes, it returns the first one.
pub(super) fn most_named(explained: &Explained) -> Vec<&'static Mutant> {
    let mut counts: BTreeMap<Vec<&str>, (usize, &Vec<&'static Mutant>)> = BTreeMap::new();
    for mutants in explained.values() {
        counts.entry(codes(mutants)).or_insert((0, mutants)).0 += 1;
    }
    let most = counts.values().map(|(count, _)| *count).max();
    let mut causes = counts.into_values();
    let first = causes.find(|(count, _)| Some(*count) == most);
    first
        .map(|(_, mutants)| mutants.clone())
        .unwrap_or_default()
}

fn codes(mutants: &[&'static Mutant]) -> Vec<&'static str> {
    mutants.iter().map(|mutant| mutant.code).collect()
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
        let explained = BTreeMap::from([
            (red[0].id.clone(), vec![other]),
            (red[1].id.clone(), vec![one, other]),
            (red[2].id.clone(), vec![other]),
        ]);
        assert_eq!(count(&red, &explained), 3);
        assert_eq!(most_named(&explained), [other]);
    }
}
