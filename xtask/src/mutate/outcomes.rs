//! The results of cargo-mutants.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// The counts of a run, and the changes that no test noticed.
#[derive(Debug, Deserialize)]
pub(super) struct Outcomes {
    total_mutants: u32,
    missed: u32,
    caught: u32,
    timeout: u32,
    unviable: u32,
    #[serde(rename = "outcomes")]
    changes: Vec<Outcome>,
}

#[derive(Debug, Deserialize)]
struct Outcome {
    scenario: Scenario,
    summary: String,
}

/// The unchanged code, or one change.
#[derive(Debug, Deserialize)]
enum Scenario {
    Baseline,
    Mutant { name: String },
}

impl Outcomes {
    /// Reads the file of a run.
    pub(super) fn read(folder: &str) -> Result<Self, String> {
        let path = Path::new(folder).join("mutants.out/outcomes.json");
        let with = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| with(&error))?;
        serde_json::from_str(&text).map_err(|error| with(&error))
    }

    /// A row of the table.
    pub(super) fn row(&self, name: &str, listed: usize) -> String {
        let Self {
            total_mutants,
            missed,
            caught,
            timeout,
            unviable,
            ..
        } = self;
        format!(
            "| {name} | {total_mutants} | {unviable} | {caught} | {timeout} | {listed} | {missed} |"
        )
    }

    /// An error if a change was not noticed, or the tests fail without a change.
    pub(super) fn verdict(&self) -> Result<(), String> {
        let mut lines = Vec::new();
        for Outcome { scenario, summary } in &self.changes {
            match (scenario, summary.as_str()) {
                (Scenario::Baseline, "Success") => {}
                (Scenario::Baseline, other) => lines.push(format!("the unchanged tests: {other}")),
                (Scenario::Mutant { name }, "MissedMutant") => {
                    lines.push(format!("no test notices: {name}"));
                }
                (Scenario::Mutant { .. }, _) => {}
            }
        }
        match lines.as_slice() {
            [] if self.total_mutants == 0 => Err("no change was made".to_owned()),
            [] => Ok(()),
            _ => Err(lines.join("\n")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outcomes;

    fn outcomes(baseline: &str, mutant: &str) -> Outcomes {
        let text = r#"{"outcomes":[{"scenario":"Baseline","summary":"BASELINE","more":1},
            {"scenario":{"Mutant":{"name":"a.rs:1:2: replace x","package":"p"}},"summary":"MUTANT"}],
            "total_mutants":1,"missed":1,"caught":0,"timeout":0,"unviable":0,"success":0}"#;
        let text = text.replace("BASELINE", baseline).replace("MUTANT", mutant);
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_change_that_no_test_notices_is_an_error_with_its_name() {
        let error = outcomes("Success", "MissedMutant").verdict().unwrap_err();
        assert_eq!(error, "no test notices: a.rs:1:2: replace x");
        assert!(outcomes("Success", "CaughtMutant").verdict().is_ok());
        assert!(outcomes("Success", "Timeout").verdict().is_ok());
        assert!(outcomes("Failure", "CaughtMutant").verdict().is_err());
    }
}
