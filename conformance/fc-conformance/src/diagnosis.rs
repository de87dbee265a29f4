//! Diagnosis: finds the mutants that give the same wrong answers as the subject, and explains their mistakes.

mod mutant_runs;
mod page;
mod shown_stages;
mod signed_text;

use std::collections::BTreeMap;

use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::CaseResult;
use fcgate_mutants::Mutant;
use fcgate_mutants::search::{
    Explained, Failures, Fingerprint, MutantRuns as _, explain_red_cases,
};
use fcgate_protocol::Implementation;

use crate::property;

pub use self::page::page;
pub use self::signed_text::find_signed_text;

use self::mutant_runs::CorpusRuns;
use self::shown_stages::ShownStages;

/// The mutants that explain a red case, by the id of the case: each of them gives the same answers.
pub type Attribution = Explained;

/// Finds the mutants that explain each red case; a case without a proven explanation is missing.
///
/// See [`explain_red_cases`] for the proof. The search samples a bounded number of red cases of each kind, which
/// bounds its time; each likely mutant then runs every case of the operation that the subject ran.
///
/// Without red cases nothing runs.
pub fn explain(
    results: &[CaseResult],
    corpus: &Corpus,
    correct: &dyn Implementation,
) -> Attribution {
    if !results.iter().any(|result| result.status.is_red()) {
        return Attribution::new();
    }
    // The order is that of a report, so that merged shards name what the whole run names.
    let mut results = results.to_vec();
    results.sort_by(|one, other| one.id.cmp(&other.id));
    // The corpus does not contain the input of a failed property. The payloads that only the profile `full` demands
    // are too large for many runs.
    let is_large = |result: &CaseResult| {
        let case = corpus.case(&result.id);
        property::named(&result.id).is_none() && case.is_none_or(|case| case.full_only)
    };
    let large: Vec<CaseResult> = results
        .extract_if(.., |result| is_large(result))
        .filter(|result| result.status.executed() && corpus.case(&result.id).is_some())
        .collect();
    let red = results
        .iter()
        .filter(|result| result.status.is_red() && property::named(&result.id).is_none());
    let red: Vec<&CaseResult> = red.collect();
    if red.is_empty() {
        return Attribution::new();
    }
    let runs = CorpusRuns::new(corpus, correct, ShownStages::of(&results));
    // A case that the correct implementation fails too, such as an `observe` case, shows no mistake.
    let failed_by_correct = runs.failed_by_correct(&red);
    let red: Vec<&CaseResult> = red
        .into_iter()
        .filter(|result| !failed_by_correct.contains(&result.id))
        .collect();
    let mut explained = explain_red_cases(&red, &results, &Fingerprint::of, &runs);
    explain_large(&mut explained, &large, &runs);
    explained
}

/// Adds the red cases with large payloads in which a mutant that is already named gives the same answers. A mutant that
/// fails one that the subject passed is not named for them.
fn explain_large(explained: &mut Attribution, large: &[CaseResult], runs: &CorpusRuns<'_>) {
    let named: BTreeMap<&str, &'static Mutant> = explained
        .values()
        .flatten()
        .map(|mutant| (mutant.code, *mutant))
        .collect();
    let named: Vec<&'static Mutant> = named.into_values().collect();
    let ids: Vec<&str> = large.iter().map(|result| result.id.as_str()).collect();
    let is_red = |result: &&CaseResult| result.status.is_red();
    if named.is_empty() || !large.iter().any(|result| is_red(&result)) {
        return;
    }
    let failures = runs.failures_of_all(&named, &ids);
    let fails_a_passed_one = |failures: &Failures| {
        let mut passed = large.iter().filter(|result| !is_red(result));
        passed.any(|result| failures.contains_key(&result.id))
    };
    for result in large.iter().filter(is_red) {
        let red = Fingerprint::of(result);
        let answers = named.iter().zip(&failures);
        let answers = answers.filter(|(_, failures)| !fails_a_passed_one(failures));
        let equal = answers.filter(|(mutant, failures)| {
            let failure = failures.get(&result.id);
            failure.is_some_and(|failure| red.equals(mutant, failure))
        });
        let equal: Vec<&'static Mutant> = equal.map(|(mutant, _)| *mutant).collect();
        if !equal.is_empty() {
            explained.insert(result.id.clone(), equal);
        }
    }
}
