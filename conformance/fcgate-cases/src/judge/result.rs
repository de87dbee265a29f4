//! The result of one case.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Claims;
use crate::Profile;
use crate::corpus::{Case, Level, Operation};

use super::{Check, CheckStatus};

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every check that could run is as expected.
    Pass,
    /// A check is not as expected.
    Fail,
    /// It fails as the known failures say.
    Known,
    /// It needs what is not claimed.
    Unsupported,
    /// It is claimed, but no check could run.
    Untestable,
    /// No answer in time.
    Timeout,
    /// The implementation panicked or ended.
    Crash,
    /// Newer than the pinned suite.
    New,
    /// Left out by a filter.
    Filtered,
    /// The gate itself failed.
    Harness,
}

impl Status {
    /// Every status, in the order of the reports.
    pub const ALL: [Self; 10] = [
        Self::Pass,
        Self::Fail,
        Self::Known,
        Self::Unsupported,
        Self::Untestable,
        Self::Timeout,
        Self::Crash,
        Self::New,
        Self::Filtered,
        Self::Harness,
    ];

    /// The word that stands in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Known => "known",
            Self::Unsupported => "unsupported",
            Self::Untestable => "untestable",
            Self::Timeout => "timeout",
            Self::Crash => "crash",
            Self::New => "new",
            Self::Filtered => "filtered",
            Self::Harness => "harness",
        }
    }

    /// Whether the case was put to the implementation and judged.
    pub fn executed(self) -> bool {
        matches!(
            self,
            Self::Pass | Self::Fail | Self::Known | Self::Timeout | Self::Crash
        )
    }

    /// Whether the implementation is at fault.
    pub fn is_red(self) -> bool {
        matches!(self, Self::Fail | Self::Timeout | Self::Crash)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A case with its status and its checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseResult {
    /// The id of the case.
    pub id: String,
    /// Its level.
    pub level: Level,
    /// Its operation. The JSON report does not hold it: a result that is read has `sign`.
    #[serde(skip, default = "unread_operation")]
    pub operation: Operation,
    /// The requirements that it shows.
    pub requirements: Vec<String>,
    /// What became of it.
    pub status: Status,
    /// Every assertion, in the order of the stages.
    pub checks: Vec<Check>,
    /// The code of its cause, for a red case.
    pub cause: Option<String>,
    /// What a crash or a failing harness said, visible and cut.
    #[serde(skip)]
    pub note: Option<String>,
    /// For an unsupported case the profiles that demand it of this implementation.
    #[serde(skip)]
    pub demanded_by: Vec<Profile>,
}

fn unread_operation() -> Operation {
    Operation::Sign
}

impl CaseResult {
    /// A case that was not judged.
    pub fn unjudged(case: &Case, status: Status) -> Self {
        Self {
            id: case.id.clone(),
            level: case.level,
            operation: case.stimulus.operation(),
            requirements: case.requirements.clone(),
            status,
            checks: Vec::new(),
            cause: None,
            note: None,
            demanded_by: Vec::new(),
        }
    }

    /// A case that these claims do not cover.
    pub fn unsupported(case: &Case, claims: &Claims) -> Self {
        let mut result = Self::unjudged(case, Status::Unsupported);
        result.demanded_by = Profile::ALL.to_vec();
        result
            .demanded_by
            .retain(|profile| profile.misses(case, claims));
        result
    }

    /// A case that was judged by these checks.
    pub fn judged(case: &Case, checks: Vec<Check>) -> Self {
        // That an answer came says nothing yet, unless a refusal is all that is expected.
        let counts = |check: &&Check| {
            check.status != CheckStatus::Unsupported
                && (check.failed() || check.id != "reply" || case.stimulus.expects_refusal())
        };
        let status = if checks.iter().any(Check::failed) {
            Status::Fail
        } else if checks.iter().filter(counts).count() == 0 {
            Status::Untestable
        } else {
            Status::Pass
        };
        Self {
            checks,
            ..Self::unjudged(case, status)
        }
    }

    /// The same with a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The first check that failed.
    pub fn first_failure(&self) -> Option<&Check> {
        self.checks.iter().find(|check| check.failed())
    }
}
