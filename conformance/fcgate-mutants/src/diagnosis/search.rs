//! The search: which mutants explain the most.

use std::collections::BTreeMap;

use crate as mutant;
use crate::Area;
use crate::Mutant;
use fcgate_cases::corpus::Operation;
use fcgate_cases::judge::{CaseResult, Status};

use super::signs::{Likeness, Signs};

/// How many red cases with the same first failing check are looked at.
const OF_A_KIND: usize = 12;

/// How many red cases are looked at in all; `invoke` is dear.
const IN_ALL: usize = 120;
const OF_INVOKE: usize = 8;

/// How many green cases of `invoke` tell equally good mutants apart.
const GREEN_OF_INVOKE: usize = 24;

/// Who explains one red case and would turn more than so many green ones red is not who did it.
const SURPRISES: usize = 20;

/// How many mistakes are named in one run.
const NAMED: usize = 12;

/// Who can tell what the mutants answer.
pub trait Suspects {
    /// The signs of those of these cases that the mutant gets wrong.
    fn wrong(&self, mutant: &'static Mutant, cases: &[&str]) -> BTreeMap<String, Signs>;

    /// The same for many mutants.
    fn all_wrong(
        &self,
        mutants: &[&'static Mutant],
        cases: &[&str],
    ) -> Vec<BTreeMap<String, Signs>> {
        let wrong = |mutant: &&'static Mutant| self.wrong(mutant, cases);
        mutants.iter().map(wrong).collect()
    }
}

/// The red cases of a subject, as far as they are not explained yet.
struct Open<'a>(BTreeMap<&'a str, (&'a CaseResult, Signs)>);

/// Names the mutant behind each of these red cases of all results, where there is one.
pub fn search(
    red: &[&CaseResult],
    results: &[CaseResult],
    suspects: &dyn Suspects,
) -> BTreeMap<String, &'static Mutant> {
    let red = red.iter().copied();
    let red = red.map(|result| (result.id.as_str(), (result, Signs::of(result))));
    let mut open = Open(red.collect());
    let mut named = BTreeMap::new();
    // What `invoke` shows is mostly an echo of the other operations.
    for of_invoke in [false, true] {
        let mut known: Vec<&'static Mutant> = Vec::new();
        for mutant in named.values().copied() {
            if !known.contains(&mutant) {
                known.push(mutant);
            }
        }
        if of_invoke {
            for mutant in known {
                open.explain(mutant, of_invoke, suspects, &mut named);
            }
        }
        let sample = open.sample(of_invoke);
        let mutants: Vec<&'static Mutant> = mutant::all()
            .filter(|mutant| is_suspect(mutant, &sample, of_invoke))
            .collect();
        let ids: Vec<&str> = sample.iter().map(|result| result.id.as_str()).collect();
        let wrong = suspects.all_wrong(&mutants, &ids);
        let mut candidates: Vec<_> = mutants.into_iter().zip(wrong).collect();
        for _ in 0..NAMED {
            let Some(best) = open.best(&mut candidates, &ids, results, suspects) else {
                break;
            };
            open.explain(best, of_invoke, suspects, &mut named);
        }
    }
    named
}

/// Whether a mutant can be behind one of these cases.
fn is_suspect(mutant: &Mutant, sample: &[&CaseResult], of_invoke: bool) -> bool {
    let area = mutant.area();
    // A wrong signature is refused whatever is wrong with it: in `invoke` all look alike.
    let can_be_told = !of_invoke || !matches!(area, Area::Sign | Area::Build);
    can_be_told && sample.iter().any(|result| mutant.touches(result.operation))
}

impl<'a> Open<'a> {
    /// Some red cases of every kind, spread over all of them.
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
        let most = if of_invoke { OF_INVOKE } else { IN_ALL };
        let of_a_kind = OF_A_KIND.min((most / kinds.len().max(1)).max(1));
        let spread = |results: Vec<&'a CaseResult>| {
            let step = results.len().div_ceil(of_a_kind).max(1);
            results.into_iter().step_by(step).collect::<Vec<_>>()
        };
        let mut sample: Vec<&CaseResult> = kinds.into_values().flat_map(spread).collect();
        sample.truncate(most);
        sample
    }

    /// The mutant that explains the most of the sample that is still open; it is a candidate no more.
    fn best(
        &self,
        candidates: &mut Vec<(&'static Mutant, BTreeMap<String, Signs>)>,
        sample: &[&str],
        results: &[CaseResult],
        suspects: &dyn Suspects,
    ) -> Option<&'static Mutant> {
        let merit = |wrong: &BTreeMap<String, Signs>| {
            let likeness = |id: &&str| {
                let (_, signs) = self.0.get(id)?;
                wrong.get(*id).map(|wrong| signs.likeness(wrong))
            };
            let likenesses: Vec<Likeness> = sample.iter().filter_map(likeness).collect();
            let count = |least| {
                likenesses
                    .iter()
                    .filter(|likeness| **likeness >= least)
                    .count()
            };
            (count(Likeness::First), count(Likeness::Whole))
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
            let (best, surprises) = least_surprising(&equals, results, suspects)?;
            candidates.retain(|(mutant, _)| *mutant != best);
            if surprises <= SURPRISES * most.0 {
                return Some(best);
            }
        }
    }

    /// Everything that is open and that this mutant explains is explained.
    fn explain(
        &mut self,
        mutant: &'static Mutant,
        of_invoke: bool,
        suspects: &dyn Suspects,
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
        for (id, wrong) in suspects.wrong(mutant, &cases) {
            let likeness = self.0.get(id.as_str());
            if likeness.is_some_and(|(_, signs)| signs.likeness(&wrong) > Likeness::None) {
                self.0.remove(id.as_str());
                named.insert(id, mutant);
            }
        }
    }
}

/// Of equally good mutants the one that turns the fewest green cases red, then the first one; and how many.
fn least_surprising(
    equals: &[&'static Mutant],
    results: &[CaseResult],
    suspects: &dyn Suspects,
) -> Option<(&'static Mutant, usize)> {
    let green = |of_invoke: bool| -> Vec<&CaseResult> {
        let results = results.iter().filter(|result| {
            result.status == Status::Pass && (result.operation == Operation::Invoke) == of_invoke
        });
        results.collect()
    };
    let (plain, of_invoke) = (green(false), green(true));
    let step = of_invoke.len().div_ceil(GREEN_OF_INVOKE).max(1);
    let green = plain.iter().chain(of_invoke.iter().step_by(step));
    let green: Vec<&str> = green.map(|result| result.id.as_str()).collect();
    let surprises = suspects.all_wrong(equals, &green);
    let counts = surprises.iter().map(BTreeMap::len);
    let least = equals.iter().copied().zip(counts);
    least.min_by_key(|(_, count)| *count)
}
