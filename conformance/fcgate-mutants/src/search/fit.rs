//! The proof that a mutant behaves as the subject does in one operation.

use std::collections::BTreeSet;

use crate::mutant::Mutant;

use super::mutant_runs::{Failures, MutantRuns};
use super::operation_results::OperationResults;

/// The number of cases after which a mutant that differs is dropped; later steps are larger.
const FIRST_STEP: usize = 32;

/// A mutant that gives the subject's answers in all cases of an operation that it fails.
pub(super) struct Fit<'a> {
    pub(super) mutant: &'static Mutant,
    /// The red cases in which the answers are equal.
    pub(super) equal: BTreeSet<&'a str>,
}

/// Those of these mutants that fail no case that the subject passed, and whose wrong answers all equal the
/// subject's; at least one of them is wrong.
pub(super) fn proven<'a>(
    mutants: Vec<&'static Mutant>,
    seen: &OperationResults<'a>,
    runs: &dyn MutantRuns,
) -> Vec<Fit<'a>> {
    let mut fits = consistent(mutants, seen, runs);
    fits.retain(|fit| !fit.equal.is_empty());
    fits
}

/// The same, with those that fail no case of the operation.
pub(super) fn consistent<'a>(
    mutants: Vec<&'static Mutant>,
    seen: &OperationResults<'a>,
    runs: &dyn MutantRuns,
) -> Vec<Fit<'a>> {
    let mut open: Vec<Fit<'a>> = mutants
        .into_iter()
        .map(|mutant| Fit {
            mutant,
            equal: BTreeSet::new(),
        })
        .collect();
    let ids: Vec<&'a str> = seen.red.keys().chain(seen.passed.keys()).copied().collect();
    let mut rest = ids.as_slice();
    let mut step = FIRST_STEP;
    while !rest.is_empty() && !open.is_empty() {
        let (cases, later) = rest.split_at(step.min(rest.len()));
        rest = later;
        step *= 4;
        open = of_cases(open, cases, seen, runs);
    }
    open
}

/// The fits that these cases do not disprove.
fn of_cases<'a>(
    open: Vec<Fit<'a>>,
    cases: &[&'a str],
    seen: &OperationResults<'a>,
    runs: &dyn MutantRuns,
) -> Vec<Fit<'a>> {
    let mutants: Vec<&'static Mutant> = open.iter().map(|fit| fit.mutant).collect();
    let failures = runs.failures_of_all(&mutants, cases);
    let fits = open.into_iter().zip(failures);
    let kept = fits.filter_map(|(mut fit, failures)| {
        let differing = differing(fit.mutant, &failures, seen);
        if !differing.is_empty() && !is_by_chance(fit.mutant, &differing, seen, runs) {
            return None;
        }
        let equal = cases.iter().filter(|id| {
            let (red, failure) = (seen.red.get(*id), failures.get(**id));
            let both = red.zip(failure);
            both.is_some_and(|((_, red), failure)| red.equals(fit.mutant, failure))
        });
        fit.equal.extend(equal);
        Some(fit)
    });
    kept.collect()
}

/// The cases that the mutant fails with another answer than the subject's.
fn differing<'a>(
    mutant: &Mutant,
    failures: &Failures,
    seen: &OperationResults<'a>,
) -> Vec<&'a str> {
    let differing = failures.iter().filter_map(|(id, failure)| {
        if let Some((id, (_, red))) = seen.red.get_key_value(id.as_str()) {
            let differs = red.differs_from_failure(failure) && !red.equals(mutant, failure);
            return (differs && seen.breaks_a_rule(id)).then_some(*id);
        }
        let (id, passed) = seen.passed.get_key_value(id.as_str())?;
        passed.differs_from_failure(failure).then_some(*id)
    });
    differing.collect()
}

/// Whether the client of the mutants fails these cases without a mistake, or the mutant does not fail them again
/// (on a busy machine an exchange may exceed its time limit).
fn is_by_chance(
    mutant: &'static Mutant,
    differing: &[&str],
    seen: &OperationResults<'_>,
    runs: &dyn MutantRuns,
) -> bool {
    if !seen.operation.is_exchange() {
        return false;
    }
    let without_mistake = runs.failures_without_mistake(differing);
    let mut rest = differing.to_vec();
    rest.retain(|id| !without_mistake.contains(*id));
    rest.is_empty() || self::differing(mutant, &runs.failures(mutant, &rest), seen).is_empty()
}
