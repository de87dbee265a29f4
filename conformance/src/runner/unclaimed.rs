//! What a subject does and does not claim: worth a word, since nobody judges it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::corpus::{Case, Corpus, Operation};
use crate::judge::Status;
use crate::property;

use super::put::{Desk, Put};
use super::{Claims, Plan, Subject};

/// One sentence for every capability of which the subject passes a case without claiming it.
///
/// One case is put for each; what goes wrong there is nobody's failure.
pub(crate) fn warnings(
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
        let Some(case) = cases.iter().find(|case| shows(case, name, &more)) else {
            continue;
        };
        let desk = Desk::new(subject, &more, &quiet);
        if let Put::Done(result) = desk.put(case)
            && result.status == Status::Pass
        {
            warnings.push(format!(
                "it passes {}, which needs {name}, but does not claim that: nobody judges it",
                case.id
            ));
        }
    }
    warnings
}

/// Whether a case needs this capability and no other that is not claimed. An exchange over HTTP is not tried.
fn shows(case: &Case, name: &str, claims: &Claims) -> bool {
    case.stimulus.operation() != Operation::Invoke
        && property::named(&case.id).is_none()
        && case.needs.iter().any(|need| need == name)
        && claims.cover(case)
}
