//! The JSON report of the gate, as far as known failures need it.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Report {
    pub(super) cases: Vec<Case>,
}

#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) level: String,
    pub(super) status: String,
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Check {
    id: String,
    status: String,
    expected: Option<String>,
    actual: Option<String>,
}

impl Report {
    pub(super) fn read(path: &str) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))
    }

    /// The cases by group: the id before its last dot.
    pub(super) fn groups(&self) -> BTreeMap<&str, Vec<&Case>> {
        let mut groups: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
        for case in &self.cases {
            let group = case.id.rsplit_once('.').map_or("", |(group, _)| group);
            groups.entry(group).or_default().push(case);
        }
        groups
    }
}

impl Case {
    /// Whether the SDK received it.
    pub(super) fn executed(&self) -> bool {
        ["pass", "fail", "known", "crash", "timeout"].contains(&self.status.as_str())
    }

    /// The failed checks, such as `parse#kind function_error>completed` or `parse#status missing`.
    pub(super) fn failed_checks(&self) -> Vec<String> {
        let operation = self.id.split('.').next().unwrap_or_default();
        if matches!(self.status.as_str(), "crash" | "timeout") {
            return vec![format!("{operation}#{}", self.status)];
        }
        let failed = self.checks.iter().filter(|check| check.status == "fail");
        failed
            .map(|check| format!("{operation}#{} {}", check.id, check.difference()))
            .collect()
    }
}

impl Check {
    /// How the actual value differs; for the kind of an outcome and for a reply, both words.
    fn difference(&self) -> String {
        let word = |text: &str| text.split(':').next().unwrap_or_default().to_owned();
        match (&self.expected, &self.actual) {
            (Some(_), None) => "missing".to_owned(),
            (None, Some(_)) => "unexpected".to_owned(),
            (Some(expected), Some(actual)) if ["kind", "reply"].contains(&self.id.as_str()) => {
                format!("{}>{}", word(expected), word(actual))
            }
            _ => "differs".to_owned(),
        }
    }
}
