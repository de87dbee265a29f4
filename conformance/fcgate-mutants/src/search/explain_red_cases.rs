//! The search for the mutants that explain the red cases of a run.
//!
//! A mutant is named for a red case only if that is proven by what the report shows:
//!
//! - Its answers equal the subject's in every red case of the operation that it fails, in every check.
//! - It fails no case of the operation that the subject passed. In `invoke` this covers `build` and `parse` too.
//! - The named mutants together explain every red case in which the same check shows the mistake. A case that is left
//!   over shows that the subject makes another mistake there, perhaps the only one.
//! - In `invoke`, the answers do not show only that some signature is wrong.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::corpus::Operation;
use fcgate_cases::judge::CaseResult;

use crate::mutant::Mutant;

use super::candidates;
use super::fit::{Fit, consistent, proven};
use super::mutant_runs::MutantRuns;
use super::operation_results::OperationResults;
use super::result_digest::Fingerprint;

/// The most samples of unexplained red cases that are searched in one operation.
const MAX_ROUNDS: usize = 4;

/// If more mutants give the same answers, the answers do not show which mistake it is.
const MAX_LISTED: usize = 8;

/// The mutants that explain each case, by id: each of them gives exactly the subject's answers.
pub type Explained = BTreeMap<String, Vec<&'static Mutant>>;

/// Names the mutants that explain each of these red cases; a case without a proven explanation is missing.
///
/// `fingerprint` returns what a result shows: [`Fingerprint::of`], or the same from a table.
pub fn explain_red_cases(
    red: &[&CaseResult],
    results: &[CaseResult],
    fingerprint: &dyn Fn(&CaseResult) -> Fingerprint,
    runs: &dyn MutantRuns,
) -> Explained {
    let operations = [
        Operation::Sign,
        Operation::Build,
        Operation::Parse,
        Operation::Invoke,
        Operation::Trigger,
        Operation::Task,
    ];
    let seen =
        operations.map(|operation| OperationResults::of(operation, red, results, fingerprint));
    let mut causes: Vec<Cause<'_>> = Vec::new();
    for seen_here in &seen {
        let known = known(&causes);
        let is_possible = |mutant: &&'static Mutant| {
            seen_here.operation != Operation::Invoke
                || is_consistent_with_parts(mutant, &seen, runs)
        };
        let fits = fits(seen_here, &known, is_possible, runs);
        for mut cause in causes_of(seen_here, &fits, &known) {
            let is_known = cause.mutants.iter().any(|mutant| known.contains(mutant));
            cause.is_blocked |= !is_known && is_any_wrong_signature(&cause.cases, seen_here, runs);
            causes.push(cause);
        }
    }
    let blocked = causes.iter().filter(|cause| cause.is_blocked);
    let blocked: Vec<&Mutant> = blocked.flat_map(|cause| cause.mutants.clone()).collect();
    let mut explained = Explained::new();
    for mut cause in causes {
        cause.mutants.retain(|mutant| !blocked.contains(mutant));
        if !cause.mutants.is_empty() {
            let ids = cause.cases.into_iter();
            explained.extend(ids.map(|id| (id.to_owned(), cause.mutants.clone())));
        }
    }
    explained
}

/// Red cases of one operation with the mutants that explain all of them.
struct Cause<'a> {
    cases: BTreeSet<&'a str>,
    mutants: Vec<&'static Mutant>,
    /// Whether the explanation is not proven after all.
    is_blocked: bool,
}

/// The mutants that other operations have shown.
fn known(causes: &[Cause<'_>]) -> Vec<&'static Mutant> {
    let mutants = causes.iter().flat_map(|cause| &cause.mutants);
    let mut known: Vec<&'static Mutant> = mutants.copied().collect();
    known.sort_by_key(|mutant| mutant.code);
    known.dedup();
    known
}

/// Whether the subject behaves like this mutant in `build` and `parse` too, which an invocation consists of.
fn is_consistent_with_parts(
    mutant: &'static Mutant,
    seen: &[OperationResults<'_>],
    runs: &dyn MutantRuns,
) -> bool {
    let mut parts = seen.iter().filter(|seen| {
        matches!(seen.operation, Operation::Build | Operation::Parse)
            && mutant.touches(seen.operation)
    });
    parts.all(|seen| !consistent(vec![mutant], seen, runs).is_empty())
}

/// The mutants that are proven in this operation. What is not possible is not tried in every case, which is expensive
/// over HTTP.
fn fits<'a>(
    seen: &OperationResults<'a>,
    known: &[&'static Mutant],
    is_possible: impl Fn(&&'static Mutant) -> bool,
    runs: &dyn MutantRuns,
) -> Vec<Fit<'a>> {
    let mut fits: Vec<Fit<'a>> = Vec::new();
    // No mistake is looked for in an `observe` case, which only records a choice.
    let red = seen.red.keys().copied();
    let mut open: BTreeSet<&str> = red.filter(|id| seen.breaks_a_rule(id)).collect();
    let mut candidates: Vec<&'static Mutant> = candidates::of_red_cases(seen.operation, |mutant| {
        let mut red = seen.red.keys();
        known.contains(&mutant) || red.any(|id| seen.is_signed_with(id, mutant))
    })
    .collect();
    for _ in 0..MAX_ROUNDS {
        let sample = seen.sample(&open);
        if sample.is_empty() {
            break;
        }
        let failures = runs.failures_of_all(&candidates, &sample);
        let (mut likely, mut others) = (Vec::new(), Vec::new());
        for (mutant, failures) in candidates.into_iter().zip(failures) {
            let mut failures = failures.iter();
            let is_likely = failures.any(|(id, failure)| {
                let red = seen.red.get(id.as_str());
                red.is_some_and(|(_, red)| red.equals(mutant, failure))
            });
            if is_likely {
                likely.push(mutant);
            } else {
                others.push(mutant);
            }
        }
        candidates = others;
        if likely.is_empty() {
            break;
        }
        // What another operation has shown is preferred in any case.
        if likely.iter().any(|mutant| known.contains(mutant)) {
            let unknown = likely.extract_if(.., |mutant| !known.contains(mutant));
            candidates.extend(unknown);
        }
        likely.retain(|mutant| is_possible(mutant));
        fits.extend(proven(likely, seen, runs));
        for fit in &fits {
            open.retain(|id| !fit.equal.contains(id));
        }
        // The next sample must be another one.
        open.retain(|id| !sample.contains(id));
    }
    fits
}

/// Groups of red cases, each with the mutants that explain it: those that explain the most cases come first.
fn causes_of<'a>(
    seen: &OperationResults<'a>,
    fits: &[Fit<'a>],
    known: &[&'static Mutant],
) -> Vec<Cause<'a>> {
    let mut open: BTreeSet<&str> = seen.red.keys().copied().collect();
    let mut found = Vec::new();
    loop {
        let explained = |fit: &Fit<'a>| -> BTreeSet<&'a str> {
            fit.equal.intersection(&open).copied().collect()
        };
        let sets: Vec<BTreeSet<&str>> = fits.iter().map(explained).collect();
        let most = sets.iter().max_by_key(|set| set.len());
        let Some(cases) = most.filter(|set| !set.is_empty()).cloned() else {
            break;
        };
        let equals = fits.iter().zip(&sets).filter(|(_, set)| **set == cases);
        let mut mutants: Vec<&'static Mutant> = equals.map(|(fit, _)| fit.mutant).collect();
        if mutants.iter().any(|mutant| known.contains(mutant)) {
            mutants.retain(|mutant| known.contains(mutant));
        }
        mutants.sort_by_key(|mutant| mutant.code);
        open.retain(|id| !cases.contains(id));
        found.push(Cause {
            cases,
            is_blocked: mutants.len() > MAX_LISTED,
            mutants,
        });
    }
    let left_over = open.iter().filter(|id| seen.breaks_a_rule(id));
    let left_over: BTreeSet<&str> = left_over.map(|id| seen.telling_check(id)).collect();
    for cause in &mut found {
        let mut checks = cause.cases.iter().map(|id| seen.telling_check(id));
        cause.is_blocked |= checks.any(|check| left_over.contains(check));
    }
    found
}

/// Whether a client with any wrong signature gives the same answers in all of these cases.
fn is_any_wrong_signature(
    cases: &BTreeSet<&str>,
    seen: &OperationResults<'_>,
    runs: &dyn MutantRuns,
) -> bool {
    if !seen.operation.is_exchange() {
        return false;
    }
    let ids: Vec<&str> = cases.iter().copied().collect();
    let mutants: Vec<&'static Mutant> = candidates::of_wrong_signatures().collect();
    let failures = runs.failures_of_all(&mutants, &ids);
    cases.iter().all(|id| {
        let answers = mutants.iter().zip(&failures);
        let mut answers =
            answers.filter_map(|(mutant, failures)| Some((mutant, failures.get(*id)?)));
        let red = seen.red.get(id);
        red.is_some_and(|(_, red)| answers.any(|(mutant, answer)| red.equals(mutant, answer)))
    })
}
