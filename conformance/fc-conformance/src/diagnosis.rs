//! Diagnosis: finds the mutant that gives the same wrong answers as the subject, and explains its mistake.

mod mutant_runs;
mod page;

use std::collections::BTreeMap;

use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::CaseResult;
use fcgate_mutants::Mutant;
use fcgate_mutants::search::explain_red_cases;
use fcgate_protocol::Implementation;

use crate::property;

pub use self::page::page;

use self::mutant_runs::CorpusRuns;

/// The mutant that explains a red case, by the id of the case.
pub type Attribution = BTreeMap<String, &'static Mutant>;

/// Finds the mutant that explains each red case; a case that no mutant explains is missing.
///
/// A mutant explains a case if its answer equals the wrong answer at the first failing check and passes the
/// checks before it. The best mutant explains the most cases, then agrees in the most checks after the first
/// failing one, then fails the fewest green cases. The search samples a bounded number of red cases of each
/// kind, which bounds its time; each mutant that it finds is then tried on all red cases.
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
    // The corpus does not contain the input of a failed property.
    let red = results
        .iter()
        .filter(|result| result.status.is_red() && property::named(&result.id).is_none());
    let red: Vec<&CaseResult> = red.collect();
    if red.is_empty() {
        return Attribution::new();
    }
    let runs = CorpusRuns::new(corpus, correct);
    // A case that the correct implementation fails too, such as an `observe` case, shows no mistake.
    let failed_by_correct = runs.failed_by_correct(&red);
    let red: Vec<&CaseResult> = red
        .into_iter()
        .filter(|result| !failed_by_correct.contains(&result.id))
        .collect();
    explain_red_cases(&red, &results, &runs)
}
