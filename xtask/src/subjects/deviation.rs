//! The reviewed list of deviations: how official SDKs differ from the requirements.

use std::fs;

use serde::Deserialize;

use crate::programs;

use super::report::Case;

const FILE: &str = "conformance/adapters/deviations.json";

/// One deviation and the failed checks that show it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deviation {
    /// The heading of its description in docs/sdk-deviations.md.
    pub(super) name: String,
    /// The SDKs that have it; all if empty.
    #[serde(default)]
    subjects: Vec<String>,
    /// Prefixes of the case ids; all if empty.
    #[serde(default)]
    cases: Vec<String>,
    /// Prefixes of the failed checks.
    sees: Vec<String>,
    /// Why it fails.
    pub(super) because: String,
    /// A link to its description.
    pub(super) issue: String,
}

pub(super) fn read() -> Result<Vec<Deviation>, String> {
    let text = fs::read_to_string(programs::root().join(FILE))
        .map_err(|error| format!("{FILE}: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{FILE}: {error}"))
}

impl Deviation {
    fn explains(&self, subject: &str, case: &Case, failed: &str) -> bool {
        let any = |prefixes: &[String], text: &str| {
            prefixes.is_empty()
                || prefixes
                    .iter()
                    .any(|start| text.starts_with(start.as_str()))
        };
        let has_it = self.subjects.is_empty() || self.subjects.iter().any(|name| name == subject);
        has_it && any(&self.cases, &case.id) && any(&self.sees, failed)
    }
}

/// Finds the deviations that explain a failed case, in the order of the file. For each check the first one counts.
pub(super) fn explaining<'a>(
    deviations: &'a [Deviation],
    subject: &str,
    case: &Case,
) -> Result<Vec<&'a Deviation>, String> {
    let mut failed = case.failed_checks();
    // A wrong kind of outcome has other fields, so it explains all the missing ones.
    if let Some(kind) = failed.iter().find(|check| check.contains("#kind ")) {
        failed = vec![kind.clone()];
    }
    let mut found = Vec::new();
    for check in failed {
        let position = deviations
            .iter()
            .position(|deviation| deviation.explains(subject, case, &check))
            .ok_or_else(|| {
                format!(
                    "{subject}: no deviation in {FILE} explains `{check}` of {}",
                    case.id
                )
            })?;
        found.push(position);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found
        .into_iter()
        .filter_map(|position| deviations.get(position))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sdks::SDKS;

    fn text(path: &str) -> String {
        fs::read_to_string(programs::root().join(path)).unwrap()
    }

    #[test]
    fn every_deviation_is_described_and_used_by_a_known_failure() {
        let described = text("docs/sdk-deviations.md");
        let known: Vec<String> = SDKS
            .iter()
            .map(|sdk| fs::read_to_string(sdk.folder().join("fcgate-known.toml")).unwrap())
            .collect();
        for deviation in read().unwrap() {
            let name = &deviation.name;
            assert!(described.contains(&format!("### {name}\n")), "{name}");
            assert!(described.contains(&deviation.because), "{name}");
            let because = &deviation.because;
            assert!(known.iter().any(|file| file.contains(because)), "{name}");
            let own = format!("docs/sdk-deviations.md#{name}");
            assert!(
                deviation.issue.ends_with(&own) || !deviation.issue.contains("sdk-deviations.md"),
                "{name}"
            );
        }
    }

    #[test]
    fn a_wrong_kind_of_outcome_explains_all_failed_checks() {
        let text = r#"{"cases":[{"id":"parse.a.b","level":"must","status":"fail","checks":[
            {"id":"kind","status":"fail","expected":"function_error","actual":"bad_response"},
            {"id":"error_type","status":"fail","expected":"HandledInvocationError","actual":null}]}]}"#;
        let report: super::super::report::Report = serde_json::from_str(text).unwrap();
        let deviations = read().unwrap();
        let found = explaining(&deviations, "node-fc2", &report.cases[0]).unwrap();
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["function-error-unreadable"]);
    }
}
