//! The cases that failed in an earlier run, for `--rerun-failed`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use fc_conformance::property;
use fc_conformance::report::{self, Report};
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_text::visible;

use super::failure::Failure;
use super::report_inputs::read_report;

/// The cases that failed, or could not run, in an earlier run.
#[derive(Debug)]
pub(super) struct EarlierFailures {
    /// The file of the report.
    name: String,
    ids: BTreeSet<String>,
}

impl EarlierFailures {
    /// Reads them from a JSON report of this corpus. Any other file is a usage error.
    pub(super) fn read(
        path: &PathBuf,
        corpus: &Corpus,
        with_properties: bool,
    ) -> Result<Self, Failure> {
        let (name, text) = read_report(path)?;
        let name = visible::line(&name, 200);
        let earlier = report::read(&text, &name).map_err(|error| unusable(&error.to_string()))?;
        check(&earlier, &name, corpus)?;
        let failed = earlier.cases.iter().filter(|result| did_not_pass(result));
        let ids: BTreeSet<String> = failed.map(|result| result.id.clone()).collect();
        if !with_properties && ids.iter().any(|id| property::named(id).is_some()) {
            let message = format!("{name}: properties failed in this run; add --properties");
            return Err(Failure::usage(message));
        }
        Ok(Self { name, ids })
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Says why no case runs.
    pub(super) fn nothing_to_run(&self) -> String {
        let name = &self.name;
        match self.ids.len() {
            0 => format!("no case failed in {name}, so no case ran again"),
            1 => format!("the case that failed in {name} is left out, so no case ran again"),
            count => {
                format!(
                    "the {count} cases that failed in {name} are left out, so no case ran again"
                )
            }
        }
    }
}

fn check(earlier: &Report, name: &str, corpus: &Corpus) -> Result<(), Failure> {
    if earlier.is_of_server() {
        let message = format!("{name}: this is a report of `fcgate serve`");
        return Err(unusable(&message));
    }
    if earlier.corpus_sha256 != corpus.sha256 {
        let message = format!("{name}: its corpus differs from the corpus of this fcgate");
        return Err(unusable(&message));
    }
    Ok(())
}

fn unusable(message: &str) -> Failure {
    Failure::usage(format!(
        "{message}\n  help: run all cases with this fcgate: fcgate run --report json=FILE"
    ))
}

/// Whether the case failed or could not run. A case of level `observe` records and never fails a run.
fn did_not_pass(result: &CaseResult) -> bool {
    let red =
        result.status.is_red() || matches!(result.status, Status::Untestable | Status::Harness);
    red && result.level > Level::Observe
}
