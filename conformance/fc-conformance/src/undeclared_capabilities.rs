//! Finds capabilities that the subject implements but does not declare, and parts that it offers but lists as
//! lacking. The gate skips their cases or checks.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::property;
use fcgate_cases::corpus::{Case, Corpus, Level};
use fcgate_cases::judge::Status;

use fcgate_cases::Claims;
use fcgate_runner::{Plan, SingleCase, Subject};

/// The number of cases of a capability that must pass. A single case may pass by accident.
const SAMPLE: usize = 3;

/// Runs a few cases of every undeclared capability and every lacking part. Returns a warning for each capability or
/// part whose cases pass.
///
/// The results of these cases do not count in the report.
pub fn warnings(
    corpus: &Corpus,
    subject: &dyn Subject,
    claims: &Claims,
    plan: &Plan,
) -> Vec<String> {
    let mut quiet = plan.clone();
    quiet.progress = Arc::new(());
    let cases = corpus.cases();
    let undeclared: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| &case.needs)
        .map(String::as_str)
        .filter(|name| !claims.capabilities.contains(name))
        .collect();
    let passing = |more: &Claims, proves: &dyn Fn(&Case) -> bool| {
        let proofs: Vec<&Case> = cases.iter().copied().filter(|case| proves(case)).collect();
        let first = proofs.first()?.id.clone();
        let runner = SingleCase::new(subject, more, &quiet);
        let step = proofs.len().div_ceil(SAMPLE);
        let passes = |case: &&Case| runner.run(case).status == Status::Pass;
        proofs.iter().step_by(step).all(passes).then_some(first)
    };
    let mut warnings = Vec::new();
    for name in undeclared {
        let mut more = claims.clone();
        more.capabilities.insert(name);
        if let Some(id) = passing(&more, &|case| proves(case, name, &more)) {
            warnings.push(format!(
                "case {id} passes and needs {name}, but the subject does not declare {name}, so the gate skips its cases; declare {name} in hello"
            ));
        }
    }
    for part in claims.lacks.iter() {
        let mut more = claims.clone();
        more.lacks.remove(part);
        if let Some(id) = passing(&more, &|case| proves_part(case, part, claims, &more)) {
            warnings.push(format!(
                "case {id} passes and needs {part}, but the subject lists {part} in lacks, so the gate skips its checks; remove {part} from lacks in hello"
            ));
        }
    }
    warnings
}

/// Whether a pass of this case proves that the subject offers a part that it lists as lacking.
fn proves_part(case: &Case, part: &str, claims: &Claims, more: &Claims) -> bool {
    case.level > Level::Observe
        && !case.stimulus.operation().is_exchange()
        && property::named(&case.id).is_none()
        && claims.lacking_parts(case).contains(&part)
        && is_checked_wholly(case, more)
}

/// Whether a pass of this case proves that the subject has the capability.
///
/// The case must need this capability and no other undeclared one. Cases that a subject without the capability also
/// passes are excluded: a signer without token support signs a request without a token correctly. `invoke` cases are
/// excluded because they are expensive.
fn proves(case: &Case, name: &str, claims: &Claims) -> bool {
    case.valid_case.is_none()
        && case.level > Level::Observe
        && !case.stimulus.operation().is_exchange()
        && property::named(&case.id).is_none()
        && case.needs.iter().any(|need| need == name)
        && is_checked_wholly(case, claims)
}

/// Whether the subject receives the case and none of its checks is skipped. A pass of the other checks may have nothing
/// to do with the capability: almost every error is a `service_error`.
fn is_checked_wholly(case: &Case, claims: &Claims) -> bool {
    claims.cover(case) && !claims.withhold_a_check(case)
}
