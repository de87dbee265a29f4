//! What is read of a JSON report: how each case failed.

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

    /// The cases by the group of their ids, which ends with the last dot.
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
    /// Whether it was put to the SDK.
    pub(super) fn executed(&self) -> bool {
        ["pass", "fail", "known", "crash", "timeout"].contains(&self.status.as_str())
    }

    /// How it failed, each check as `parse#kind function_error>completed` or `parse#status missing`.
    pub(super) fn manners(&self) -> Vec<String> {
        let operation = self.id.split('.').next().unwrap_or_default();
        if matches!(self.status.as_str(), "crash" | "timeout") {
            return vec![format!("{operation}#{}", self.status)];
        }
        let failed = self.checks.iter().filter(|check| check.status == "fail");
        failed
            .map(|check| format!("{operation}#{} {}", check.id, check.manner()))
            .collect()
    }
}

impl Check {
    /// In words where there are any; a reply's words stand before its colon.
    fn manner(&self) -> String {
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
