//! What changed for a case from one release to the next.

use std::collections::HashMap;

use fc_conformance::report::Report;
use fc_conformance::verdict::fingerprint;
use fcgate_cases::corpus::Level;
use fcgate_cases::judge::{CaseResult, Status};
use serde::Serialize;

/// What changed for a case, in the order of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::writers) enum ChangeKind {
    /// It passed and fails.
    Broken,
    /// It failed and passes.
    Fixed,
    /// It fails in another way.
    FailsDifferently,
    /// It did not run before, and fails.
    RunsAndFails,
    /// It did not run before, and passes.
    RunsAndPasses,
    /// It ran before and does not run.
    NoLongerRuns,
}

impl ChangeKind {
    pub(in crate::writers) const ALL: [Self; 6] = [
        Self::Broken,
        Self::Fixed,
        Self::FailsDifferently,
        Self::RunsAndFails,
        Self::RunsAndPasses,
        Self::NoLongerRuns,
    ];

    pub(in crate::writers) fn title(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Fixed => "fixed",
            Self::FailsDifferently => "fail in another way",
            Self::RunsAndFails => "did not run before, and fail",
            Self::RunsAndPasses => "did not run before, and pass",
            Self::NoLongerRuns => "no longer run",
        }
    }

    /// Whether a list names every case. Of the others, groups are enough.
    pub(in crate::writers) fn names_cases(self) -> bool {
        !matches!(self, Self::RunsAndPasses | Self::NoLongerRuns)
    }
}

/// A case whose result changed.
#[derive(Debug, Clone, Serialize)]
pub(in crate::writers) struct Change<'a> {
    pub(in crate::writers) case: &'a str,
    pub(in crate::writers) level: Level,
    /// Whether the case can change the verdict.
    pub(in crate::writers) required: bool,
    pub(in crate::writers) kind: ChangeKind,
    /// The former result in words; how it failed, if it failed.
    pub(in crate::writers) before: String,
    pub(in crate::writers) after: String,
}

/// The cases whose results changed, by kind and id. Cases of level `observe` have no expectation and are left out.
pub(super) fn changes<'a>(old: &'a Report, new: &'a Report) -> Vec<Change<'a>> {
    let before: HashMap<&str, &CaseResult> = old
        .cases
        .iter()
        .map(|result| (result.id.as_str(), result))
        .collect();
    let mut changes: Vec<Change<'a>> = new
        .cases
        .iter()
        .filter(|result| result.level != Level::Observe)
        .filter_map(|after| {
            let (was, is) = (
                state(before.get(after.id.as_str()).copied()),
                state(Some(after)),
            );
            let kind = match (&was, &is) {
                (State::Passed, State::Failed(_)) => ChangeKind::Broken,
                (State::Failed(_), State::Passed) => ChangeKind::Fixed,
                (State::Failed(one), State::Failed(other)) if one != other => {
                    ChangeKind::FailsDifferently
                }
                (State::NotRun(_), State::Failed(_)) => ChangeKind::RunsAndFails,
                (State::NotRun(_), State::Passed) => ChangeKind::RunsAndPasses,
                (State::Passed | State::Failed(_), State::NotRun(_)) => ChangeKind::NoLongerRuns,
                _ => return None,
            };
            Some(Change {
                case: &after.id,
                level: after.level,
                required: new.gates(after),
                kind,
                before: was.words(),
                after: is.words(),
            })
        })
        .collect();
    changes.sort_by_key(|change| (change.kind, change.case));
    changes
}

/// Whether a case fails, known or not.
pub(super) fn fails(result: &CaseResult) -> bool {
    result.status.is_red() || result.status == Status::Known
}

/// The result of a case, as far as releases are compared. A known failure is a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Passed,
    /// With the way in which it fails.
    Failed(String),
    /// With the status.
    NotRun(&'static str),
}

impl State {
    fn words(&self) -> String {
        match self {
            Self::Passed => "passed".to_owned(),
            Self::Failed(way) => format!("failed ({way})"),
            Self::NotRun(status) => (*status).to_owned(),
        }
    }
}

fn state(result: Option<&CaseResult>) -> State {
    match result {
        Some(result) if result.status == Status::Pass => State::Passed,
        Some(result) if fails(result) => State::Failed(way(result)),
        Some(result) => State::NotRun(result.status.name()),
        None => State::NotRun("absent"),
    }
}

/// How a case fails, whether its failure is known or not.
fn way(result: &CaseResult) -> String {
    let found = if result.status == Status::Known {
        let mut failed = result.clone();
        failed.status = Status::Fail;
        fingerprint(&failed)
    } else {
        fingerprint(result)
    };
    found.unwrap_or_else(|| "differs".to_owned())
}
