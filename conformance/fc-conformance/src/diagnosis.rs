//! Diagnosis: finds the mutants that give the same wrong answers as the subject, and explains their mistakes.

mod mutant_runs;
mod page;
mod shown_stages;
mod signed_text;

use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::CaseResult;
use fcgate_mutants::search::{Explained, explain_red_cases};
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
    let is_run = |id: &str| corpus.case(id).is_some_and(|case| !case.full_only);
    results.retain(|result| property::named(&result.id).is_some() || is_run(&result.id));
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
    explain_red_cases(&red, &results, &runs)
}
