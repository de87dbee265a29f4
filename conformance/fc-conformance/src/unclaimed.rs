//! What a subject does and does not claim: worth a word, since nobody judges it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::property;
use fcgate_cases::corpus::{Case, Corpus, Level, Operation};
use fcgate_cases::judge::Status;

use fcgate_cases::Claims;
use fcgate_runner::{Plan, Question, Subject};

/// How many cases of a capability have to pass: by accident one may.
const SHOWN_BY: usize = 3;

/// One sentence for every capability that the subject shows without claiming it.
///
/// A few cases are put for each; what goes wrong there is nobody's failure.
pub fn warnings(
    corpus: &Corpus,
    subject: &dyn Subject,
    claims: &Claims,
    plan: &Plan,
) -> Vec<String> {
    let mut quiet = plan.clone();
    quiet.progress = Arc::new(());
    let cases = corpus.cases();
    let named: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| &case.needs)
        .map(String::as_str)
        .filter(|name| !claims.capabilities.contains(name))
        .collect();
    let mut warnings = Vec::new();
    for name in named {
        let mut more = claims.clone();
        more.capabilities.insert(name);
        let showing: Vec<&Case> = cases
            .iter()
            .copied()
            .filter(|case| shows(case, name, &more))
            .collect();
        let Some(first) = showing.first() else {
            continue;
        };
        let desk = Question::new(subject, &more, &quiet);
        let step = showing.len().div_ceil(SHOWN_BY);
        let passes = |case: &&Case| desk.put(case).status == Status::Pass;
        if showing.iter().step_by(step).all(passes) {
            warnings.push(format!(
                "it passes {}, which needs {name}, but does not claim that: nobody judges it",
                first.id
            ));
        }
    }
    warnings
}

/// Whether a case needs this capability and no other that is not claimed, and asks for it to be right.
///
/// Anybody passes a case that asks for something else, or for nothing: a signer without tokens signs right
/// where there is none. An exchange over HTTP is not tried.
fn shows(case: &Case, name: &str, claims: &Claims) -> bool {
    case.twin.is_none()
        && case.level > Level::Observe
        && case.stimulus.operation() != Operation::Invoke
        && property::named(&case.id).is_none()
        && case.needs.iter().any(|need| need == name)
        && claims.cover(case)
}
