//! What is said about the ways in which official SDKs differ from the requirements.

use std::fs;

use serde::Deserialize;

use crate::programs;

use super::report::Case;

const FILE: &str = "conformance/adapters/deviations.json";

/// One way, with the failed checks by which it shows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deviation {
    /// Its short name; the heading under which it is described ends with it.
    pub(super) name: String,
    /// Of whom it is said; nothing for all.
    #[serde(default)]
    subjects: Vec<String>,
    /// Beginnings of case ids that it is about; nothing for all.
    #[serde(default)]
    cases: Vec<String>,
    /// The failed checks, by their beginnings.
    sees: Vec<String>,
    /// Why it fails.
    pub(super) because: String,
    /// Where one can read about it.
    pub(super) issue: String,
}

pub(super) fn read() -> Result<Vec<Deviation>, String> {
    let text = fs::read_to_string(programs::root().join(FILE))
        .map_err(|error| format!("{FILE}: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{FILE}: {error}"))
}

impl Deviation {
    fn explains(&self, subject: &str, case: &Case, manner: &str) -> bool {
        let any = |beginnings: &[String], text: &str| {
            beginnings.is_empty()
                || beginnings
                    .iter()
                    .any(|start| text.starts_with(start.as_str()))
        };
        let about = self.subjects.is_empty() || self.subjects.iter().any(|name| name == subject);
        about && any(&self.cases, &case.id) && any(&self.sees, manner)
    }
}

/// The deviations behind a case, in the order of the file; the first that explains a check counts.
pub(super) fn behind<'a>(
    deviations: &'a [Deviation],
    subject: &str,
    case: &Case,
) -> Result<Vec<&'a Deviation>, String> {
    let mut manners = case.manners();
    // Another kind of outcome has other fields: that they are missing follows from it.
    if let Some(kind) = manners.iter().find(|manner| manner.contains("#kind ")) {
        manners = vec![kind.clone()];
    }
    let mut found = Vec::new();
    for manner in manners {
        let position = deviations
            .iter()
            .position(|deviation| deviation.explains(subject, case, &manner))
            .ok_or_else(|| {
                format!(
                    "{subject}: nothing in {FILE} explains `{manner}` of {}",
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
    fn every_deviation_is_described_and_is_one_of_somebody() {
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
    fn a_case_of_another_kind_of_outcome_is_explained_by_that_alone() {
        let text = r#"{"cases":[{"id":"parse.a.b","level":"must","status":"fail","checks":[
            {"id":"kind","status":"fail","expected":"function_error","actual":"completed"},
            {"id":"error_type","status":"fail","expected":"HandledInvocationError","actual":null}]}]}"#;
        let report: super::super::report::Report = serde_json::from_str(text).unwrap();
        let deviations = read().unwrap();
        let behind = behind(&deviations, "node-fc2", &report.cases[0]).unwrap();
        let names: Vec<&str> = behind.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["function-error-returned"]);
    }
}
