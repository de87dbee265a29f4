//! Faults of the adapter in a report: it could not make the call, so the result says nothing about the SDK.

use serde::Deserialize;

/// How the gate shows a reply of class `internal`, which the adapter gives for a fault of its own.
const INTERNAL: &str = "err internal";

#[derive(Deserialize)]
struct Report {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Check {
    actual: Option<String>,
}

/// Returns how many cases the adapter could not put to the SDK, and the first of them.
pub(super) fn adapter_fault(report: &str) -> Result<Option<String>, String> {
    let report: Report = serde_json::from_str(report).map_err(|error| error.to_string())?;
    let fault = |case: &Case| {
        let mut actual = case.checks.iter().filter_map(|check| check.actual.clone());
        actual.find(|actual| actual.starts_with(INTERNAL))
    };
    let faults: Vec<(&Case, String)> = report
        .cases
        .iter()
        .filter_map(|case| Some((case, fault(case)?)))
        .collect();
    Ok(faults.first().map(|(case, reply)| {
        let count = faults.len();
        format!(
            "the adapter could not call it in {count} of the cases, such as {}: {reply}",
            case.id
        )
    }))
}

#[cfg(test)]
mod tests {
    use super::adapter_fault;

    #[test]
    fn a_fault_of_the_adapter_is_not_a_failure_of_the_release() {
        let report = |actual: &str| {
            format!(
                r#"{{"cases":[{{"id":"build.a.b","checks":[{{"actual":null}},{{"actual":"{actual}"}}]}}]}}"#
            )
        };
        assert_eq!(
            adapter_fault(&report("err input: no such function")),
            Ok(None)
        );
        assert_eq!(
            adapter_fault(&report("err internal: TypeError at drive_x.py:30"))
                .unwrap()
                .unwrap(),
            "the adapter could not call it in 1 of the cases, such as build.a.b: err internal: TypeError at drive_x.py:30"
        );
        assert!(adapter_fault("{}").is_err());
    }
}
