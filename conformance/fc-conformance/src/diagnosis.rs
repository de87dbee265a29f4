//! Diagnosis: the mistake of a red case, found by the mutant that gives the same wrong answer.

mod live;
mod page;

use std::collections::BTreeMap;

use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::CaseResult;
use fcgate_mutants::Mutant;
use fcgate_mutants::diagnosis::search;
use fcgate_protocol::Implementation;

use crate::property;

pub use self::page::page;

use self::live::Live;

/// The mutant behind each red case, by the id of the case; a case that no mutant explains is missing.
///
/// A mutant explains a case when its answer equals the wrong one at the first check that fails, and
/// passes what passes before it. Of several, the one counts that explains the most cases, then the one
/// that agrees in the most checks behind the first, then the one that would turn the fewest green cases
/// red. The search looks at a bounded number of red cases of each kind, so that it ends soon however
/// much is red; what it finds is then tried on all of them.
///
/// It costs nothing where nothing is red.
pub fn explain(
    results: &[CaseResult],
    corpus: &Corpus,
    right: &dyn Implementation,
) -> BTreeMap<String, &'static Mutant> {
    // The input of a law that fails is in no corpus.
    let red = results
        .iter()
        .filter(|result| result.status.is_red() && property::named(&result.id).is_none());
    let red: Vec<&CaseResult> = red.collect();
    if red.is_empty() {
        return BTreeMap::new();
    }
    let live = Live::new(corpus, right);
    // What the right one fails too, such as a case that only observes, is nobody's mistake.
    let too = live.right_fails(&red);
    let red: Vec<&CaseResult> = red
        .into_iter()
        .filter(|result| !too.contains(&result.id))
        .collect();
    search(&red, results, &live)
}
