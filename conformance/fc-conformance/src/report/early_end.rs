//! The early end of a run after its first required failure.

use serde::{Deserialize, Serialize};

use super::escape::escape_line;
use fcgate_runner::{Run, is_not_run};

/// The case that ended a run, and the number of cases that did not run because of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct EarlyEnd {
    /// The id of the case.
    pub after: String,
    /// The number of cases that did not run.
    pub not_run: usize,
}

impl EarlyEnd {
    /// Returns the early end of a run; `None` if the run did not end early.
    pub fn of(run: &Run) -> Option<Self> {
        run.ended_after.clone().map(|after| Self {
            after,
            not_run: run
                .results
                .iter()
                .filter(|result| is_not_run(result))
                .count(),
        })
    }

    /// Adds the early end of another shard.
    #[must_use]
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.not_run += other.not_run;
        self
    }

    /// The early end in one sentence.
    pub fn sentence(&self) -> String {
        let (after, not_run) = (escape_line(&self.after), self.not_run);
        let noun = if not_run == 1 { "case" } else { "cases" };
        format!(
            "the run stopped after its first required failure, {after}; {not_run} {noun} did not run"
        )
    }
}
