//! The search for the mutants that explain the most red cases of a run.

use std::collections::BTreeMap;

use crate::mutant::Mutant;
use fcgate_cases::corpus::Operation;
use fcgate_cases::judge::{CaseResult, Status};

use super::candidates;
use super::result_digest::{Fingerprint, Similarity};

/// The most red cases of the sample with the same first failing check.
const MAX_PER_CHECK: usize = 12;

/// The most red cases of the sample; `invoke` cases are expensive.
const MAX_SAMPLE: usize = 120;
const MAX_INVOKE_SAMPLE: usize = 8;

/// The most green `invoke` cases that decide between equally good mutants.
const MAX_GREEN_INVOKE: usize = 24;

/// A mutant that would fail more green cases than this for each red case that it explains is rejected.
const MAX_CONTRADICTIONS: usize = 20;

/// The most mistakes that one run names.
const MAX_NAMED: usize = 12;

/// Runs cases with mutants.
pub trait MutantRuns {
    /// The fingerprints of those of these cases that fail with the mutant.
    fn wrong(&self, mutant: &'static Mutant, cases: &[&str]) -> BTreeMap<String, Fingerprint>;

    /// The same for many mutants.
    fn all_wrong(
        &self,
        mutants: &[&'static Mutant],
        cases: &[&str],
    ) -> Vec<BTreeMap<String, Fingerprint>> {
        let wrong = |mutant: &&'static Mutant| self.wrong(mutant, cases);
        mutants.iter().map(wrong).collect()
    }
}

/// The red cases that no named mutant explains yet.
struct Unexplained<'a>(BTreeMap<&'a str, (&'a CaseResult, Fingerprint)>);

/// Names the mutant that explains each of these red cases; a case that no mutant explains is missing.
pub fn explain_red_cases(
    red: &[&CaseResult],
    results: &[CaseResult],
    runs: &dyn MutantRuns,
) -> BTreeMap<String, &'static Mutant> {
    let red = red.iter().copied();
    let red = red.map(|result| (result.id.as_str(), (result, Fingerprint::of(result))));
    let mut unexplained = Unexplained(red.collect());
    let mut named = BTreeMap::new();
    // `invoke` cases mostly fail because of mistakes in the other operations.
    for of_invoke in [false, true] {
        let mut known: Vec<&'static Mutant> = Vec::new();
        for mutant in named.values().copied() {
            if !known.contains(&mutant) {
                known.push(mutant);
            }
        }
        if of_invoke {
            for mutant in known {
                unexplained.explain(mutant, of_invoke, runs, &mut named);
            }
        }
        let sample = unexplained.sample(of_invoke);
        let operations: Vec<Operation> = sample.iter().map(|result| result.operation).collect();
        let mutants: Vec<&'static Mutant> = candidates::of_red_cases(&operations).collect();
        let ids: Vec<&str> = sample.iter().map(|result| result.id.as_str()).collect();
        let wrong = runs.all_wrong(&mutants, &ids);
        let mut candidates: Vec<_> = mutants.into_iter().zip(wrong).collect();
        for _ in 0..MAX_NAMED {
            let Some(best) = unexplained.best(&mut candidates, &ids, results, runs) else {
                break;
            };
            unexplained.explain(best, of_invoke, runs, &mut named);
        }
    }
    named
}

impl<'a> Unexplained<'a> {
    /// Red cases of every kind (operation and first failing check), spread evenly.
    fn sample(&self, of_invoke: bool) -> Vec<&'a CaseResult> {
        let mut kinds: BTreeMap<(Operation, &str), Vec<&'a CaseResult>> = BTreeMap::new();
        for (result, _) in self.0.values() {
            if (result.operation == Operation::Invoke) == of_invoke {
                let check = result.first_failure().map_or("", |check| check.id.as_str());
                kinds
                    .entry((result.operation, check))
                    .or_default()
                    .push(result);
            }
        }
        let most = if of_invoke {
            MAX_INVOKE_SAMPLE
        } else {
            MAX_SAMPLE
        };
        let per_check = MAX_PER_CHECK.min((most / kinds.len().max(1)).max(1));
        let spread = |results: Vec<&'a CaseResult>| {
            let step = results.len().div_ceil(per_check).max(1);
            results.into_iter().step_by(step).collect::<Vec<_>>()
        };
        let mut sample: Vec<&CaseResult> = kinds.into_values().flat_map(spread).collect();
        sample.truncate(most);
        sample
    }

    /// Removes the mutant that explains most of the unexplained sample from the candidates and returns it.
    fn best(
        &self,
        candidates: &mut Vec<(&'static Mutant, BTreeMap<String, Fingerprint>)>,
        sample: &[&str],
        results: &[CaseResult],
        runs: &dyn MutantRuns,
    ) -> Option<&'static Mutant> {
        let merit = |wrong: &BTreeMap<String, Fingerprint>| {
            let similarity = |id: &&str| {
                let (_, fingerprint) = self.0.get(id)?;
                wrong.get(*id).map(|wrong| fingerprint.similarity(wrong))
            };
            let similarities: Vec<Similarity> = sample.iter().filter_map(similarity).collect();
            let count = |least| {
                similarities
                    .iter()
                    .filter(|similarity| **similarity >= least)
                    .count()
            };
            (count(Similarity::FirstFailure), count(Similarity::Complete))
        };
        loop {
            let merits: Vec<_> = candidates.iter().map(|(_, wrong)| merit(wrong)).collect();
            let most = merits
                .iter()
                .copied()
                .max()
                .filter(|(first, _)| *first > 0)?;
            let equals: Vec<&'static Mutant> = candidates
                .iter()
                .zip(&merits)
                .filter(|(_, merit)| **merit == most)
                .map(|((mutant, _), _)| *mutant)
                .collect();
            let (best, contradictions) = fewest_contradictions(&equals, results, runs)?;
            candidates.retain(|(mutant, _)| *mutant != best);
            if contradictions <= MAX_CONTRADICTIONS * most.0 {
                return Some(best);
            }
        }
    }

    /// Names this mutant for every unexplained case that it explains.
    fn explain(
        &mut self,
        mutant: &'static Mutant,
        of_invoke: bool,
        runs: &dyn MutantRuns,
        named: &mut BTreeMap<String, &'static Mutant>,
    ) {
        let cases: Vec<&str> = self
            .0
            .values()
            .filter(|(result, _)| {
                (result.operation == Operation::Invoke) == of_invoke
                    && mutant.touches(result.operation)
            })
            .map(|(result, _)| result.id.as_str())
            .collect();
        for (id, wrong) in runs.wrong(mutant, &cases) {
            let similarity = self.0.get(id.as_str());
            if similarity
                .is_some_and(|(_, fingerprint)| fingerprint.similarity(&wrong) > Similarity::None)
            {
                self.0.remove(id.as_str());
                named.insert(id, mutant);
            }
        }
    }
}

/// The mutant that fails the fewest green cases, the first of equals, and the number of these cases.
fn fewest_contradictions(
    equals: &[&'static Mutant],
    results: &[CaseResult],
    runs: &dyn MutantRuns,
) -> Option<(&'static Mutant, usize)> {
    let green = |of_invoke: bool| -> Vec<&CaseResult> {
        let results = results.iter().filter(|result| {
            result.status == Status::Pass && (result.operation == Operation::Invoke) == of_invoke
        });
        results.collect()
    };
    let (plain, of_invoke) = (green(false), green(true));
    let step = of_invoke.len().div_ceil(MAX_GREEN_INVOKE).max(1);
    let green = plain.iter().chain(of_invoke.iter().step_by(step));
    let green: Vec<&str> = green.map(|result| result.id.as_str()).collect();
    let contradictions = runs.all_wrong(equals, &green);
    let counts = contradictions.iter().map(BTreeMap::len);
    let least = equals.iter().copied().zip(counts);
    least.min_by_key(|(_, count)| *count)
}
