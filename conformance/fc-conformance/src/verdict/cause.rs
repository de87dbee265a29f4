//! Groups failures that have the same cause.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::repetition::FLAKY;
use fcgate_cases::corpus::Operation;
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_mutants::{Mutant, named};

/// A group of red cases with the same cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cause {
    /// The code: the mutants if they are known, else the operation and its first failed check, or the status.
    pub code: String,
    /// The mutant that gives exactly these answers, if exactly one is known.
    pub mutant: Option<String>,
    /// All mutants that give exactly these answers.
    #[serde(default)]
    pub mutants: Vec<String>,
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
        let mutants = mutants_of(result.cause.as_deref());
        let (code, summary) = match mutants.as_slice() {
            [] => code_and_summary(result),
            [mutant] => (mutant.code.to_owned(), mutant.summary.to_owned()),
            several => (code_of(several), summary_of(several)),
        };
        result.cause = Some(code.clone());
        let names: Vec<String> = mutants.iter().map(|one| one.name.to_owned()).collect();
        let cause = || Cause {
            code: code.clone(),
            mutant: names.first().filter(|_| names.len() == 1).cloned(),
            mutants: names,
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

/// Separates the codes of mutants that give the same answers.
const SEPARATOR: char = '/';

/// The code of the cause that these mutants explain equally well: `FCG0501/FCG0508`.
pub(crate) fn code_of(mutants: &[&Mutant]) -> String {
    let codes: Vec<&str> = mutants.iter().map(|mutant| mutant.code).collect();
    codes.join(&SEPARATOR.to_string())
}

/// The mutants of such a code; empty for any other code.
fn mutants_of(code: Option<&str>) -> Vec<&'static Mutant> {
    let codes = code.unwrap_or_default().split(SEPARATOR);
    codes.map(named).collect::<Option<_>>().unwrap_or_default()
}

fn summary_of(mutants: &[&Mutant]) -> String {
    let summaries: Vec<&str> = mutants.iter().map(|mutant| mutant.summary).collect();
    format!("one of these mistakes: {}", summaries.join("; or: "))
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
        FLAKY => format!("{operation}: the result differs between repetitions"),
        "verifies" | "arrived.verifies" => format!("{operation}: the signature does not verify"),
        "requests" => format!("{operation}: the number of requests differs"),
        _ => format!("{operation}: {} differs", check.replace('_', " ")),
    }
}
