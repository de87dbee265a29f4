//! Groups failures that have the same cause.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use fcgate_cases::corpus::Operation;
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_mutants as mutant;

/// A group of red cases with the same cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cause {
    /// The code: the mutant if one is known, else the operation and its first failed check, or the status.
    pub code: String,
    /// The mutant that gives exactly these answers, if one is known.
    pub mutant: Option<String>,
    /// The cause in one sentence.
    pub summary: String,
    /// The ids of the cases, sorted.
    pub cases: Vec<String>,
}

/// Groups the red cases by cause, and writes the code of the cause into each case.
///
/// The largest group comes first. Groups of equal size are in the order of the operations.
///
/// Cases for which the same mutant is already named are one group, even if their operations differ.
pub fn group(results: &mut [CaseResult]) -> Vec<Cause> {
    let mut groups: BTreeMap<String, (Operation, Cause)> = BTreeMap::new();
    for result in results.iter_mut().filter(|result| result.status.is_red()) {
        let mutant = result.cause.as_deref().and_then(mutant::named);
        let (code, summary) = match mutant {
            Some(mutant) => (mutant.code.to_owned(), mutant.summary.to_owned()),
            None => code_and_summary(result),
        };
        result.cause = Some(code.clone());
        let cause = || Cause {
            code: code.clone(),
            mutant: mutant.map(|mutant| mutant.name.to_owned()),
            summary,
            cases: Vec::new(),
        };
        let (first, cause) = groups
            .entry(code.clone())
            .or_insert_with(|| (result.operation, cause()));
        *first = result.operation.min(*first);
        cause.cases.push(result.id.clone());
    }
    let mut groups: Vec<(Operation, Cause)> = groups.into_values().collect();
    groups.sort_by(|(one, cause), (other, of_other)| {
        (one, &cause.code).cmp(&(other, &of_other.code))
    });
    let mut causes: Vec<Cause> = groups.into_iter().map(|(_, cause)| cause).collect();
    for cause in &mut causes {
        cause.cases.sort();
    }
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.cases.len()));
    causes
}

fn code_and_summary(result: &CaseResult) -> (String, String) {
    let operation = result.operation;
    match (result.status, result.first_failure()) {
        (Status::Crash, _) => (format!("{operation}#crash"), format!("{operation} crashes")),
        (Status::Timeout, _) => (
            format!("{operation}#timeout"),
            format!("{operation} does not reply within the time limit"),
        ),
        (_, Some(check)) => (
            format!("{operation}#{}", check.id),
            summary(operation.name(), &check.id),
        ),
        (_, None) => (format!("{operation}#unknown"), format!("{operation} fails")),
    }
}

/// Describes a check id in words.
fn summary(operation: &str, check: &str) -> String {
    if check == "reply" {
        return format!(
            "{operation}: expected an accepted request, got a refusal (or the other way round)"
        );
    }
    if let Some(name) = check
        .strip_prefix("header.")
        .or_else(|| check.strip_prefix("added."))
    {
        return format!("{operation}: the header {name} is missing or has another value");
    }
    let absent = ["no-header.", "not-added."]
        .iter()
        .find_map(|prefix| check.strip_prefix(prefix));
    if let Some(name) = absent {
        return format!("{operation}: the header {name} must be absent");
    }
    if let Some(field) = check.strip_prefix("no-") {
        return format!("{operation}: {field} must be absent");
    }
    match check {
        "verifies" | "arrived.verifies" => format!("{operation}: the signature does not verify"),
        "requests" => format!("{operation}: the number of requests differs"),
        _ => format!("{operation}: {} differs", check.replace('_', " ")),
    }
}
