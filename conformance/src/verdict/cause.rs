//! Many failures with one cause are one cause.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::Operation;
use crate::judge::{CaseResult, Status};

/// Red cases that fail in the same place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cause {
    /// The code: the operation and its first failing check, or the status.
    pub code: String,
    /// The mistake that makes exactly these answers, where one is known.
    pub mutant: Option<String>,
    /// One sentence.
    pub summary: String,
    /// The ids of the cases, sorted.
    pub cases: Vec<String>,
}

/// Groups the red cases, the largest group first, then in the order of the operations, and writes the code into each.
pub fn group(results: &mut [CaseResult]) -> Vec<Cause> {
    let mut groups: BTreeMap<(Operation, String, String), Vec<String>> = BTreeMap::new();
    for result in results.iter_mut().filter(|result| result.status.is_red()) {
        let (code, summary) = code_and_summary(result);
        result.cause = Some(code.clone());
        groups
            .entry((result.operation, code, summary))
            .or_default()
            .push(result.id.clone());
    }
    let mut causes: Vec<Cause> = groups
        .into_iter()
        .map(|((_, code, summary), mut cases)| {
            cases.sort();
            Cause {
                code,
                mutant: None,
                summary,
                cases,
            }
        })
        .collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.cases.len()));
    causes
}

fn code_and_summary(result: &CaseResult) -> (String, String) {
    let operation = result.operation;
    match (result.status, result.first_failure()) {
        (Status::Crash, _) => (format!("{operation}#crash"), format!("{operation} crashes")),
        (Status::Timeout, _) => (
            format!("{operation}#timeout"),
            format!("{operation} does not answer in time"),
        ),
        (_, Some(check)) => (
            format!("{operation}#{}", check.id),
            summary(operation.name(), &check.id),
        ),
        (_, None) => (format!("{operation}#unknown"), format!("{operation} fails")),
    }
}

/// A check id in words.
fn summary(operation: &str, check: &str) -> String {
    if check == "reply" {
        return format!("{operation} does not answer as it should (ok or a refusal)");
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
        return format!("{operation}: the header {name} is there and must not be");
    }
    if let Some(field) = check.strip_prefix("no-") {
        return format!("{operation}: {field} is there and must not be");
    }
    match check {
        "verifies" | "arrived.verifies" => format!("{operation}: the signature does not verify"),
        "requests" => format!("{operation}: another number of requests arrives"),
        _ => format!("{operation}: {} differs", check.replace('_', " ")),
    }
}
