//! The result of one case.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Claims;
use crate::Profile;
use crate::corpus::{Case, Level, Operation};

use super::{Check, CheckStatus, ShownRequest};

/// The status of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every check that could run passed.
    Pass,
    /// A check failed.
    Fail,
    /// The case fails as listed in its known-failure entry.
    Known,
    /// The case needs a capability that the subject does not declare, or a part that it lacks.
    Unsupported,
    /// The subject declares the capabilities, but no check could run.
    Untestable,
    /// The subject did not reply in time.
    Timeout,
    /// The subject panicked or its process exited.
    Crash,
    /// The case is newer than the pinned suite.
    New,
    /// A filter left the case out.
    Filtered,
    /// The gate itself failed.
    Harness,
}

impl Status {
    /// All statuses, in the order of the reports.
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

    /// The name in reports.
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

    /// Whether the case ran and its reply was judged.
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
    /// The level of the case.
    pub level: Level,
    /// The operation of the case. The JSON report does not contain it: a result that is read has `sign`.
    #[serde(skip, default = "unread_operation")]
    pub operation: Operation,
    /// The requirements that the case tests.
    pub requirements: Vec<String>,
    /// The status of the case.
    pub status: Status,
    /// All checks, in the order of the stages.
    pub checks: Vec<Check>,
    /// The first requests that the subject built or sent, for a red case of `build` or `invoke`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<ShownRequest>,
    /// The code of the cause, for a red case.
    pub cause: Option<String>,
    /// The message of a crash or of a failed harness, escaped and truncated.
    #[serde(skip)]
    pub note: Option<String>,
    /// The profiles that require a capability or a part of this case that the subject does not offer.
    #[serde(skip)]
    pub demanded_by: Vec<Profile>,
}

fn unread_operation() -> Operation {
    Operation::Sign
}

impl CaseResult {
    /// Creates the result of a case that was not judged.
    pub fn unjudged(case: &Case, status: Status) -> Self {
        Self {
            id: case.id.clone(),
            level: case.level,
            operation: case.stimulus.operation(),
            requirements: case.requirements.clone(),
            status,
            checks: Vec::new(),
            requests: Vec::new(),
            cause: None,
            note: None,
            demanded_by: Vec::new(),
        }
    }

    /// Creates the result of a case that needs what the subject does not declare or lacks.
    pub fn unsupported(case: &Case, claims: &Claims) -> Self {
        let mut result = Self::unjudged(case, Status::Unsupported);
        result.demanded_by = Profile::ALL.to_vec();
        result
            .demanded_by
            .retain(|profile| profile.misses(case, claims));
        result
    }

    /// Adds the profiles that require a part of this case that the subject lacks, if the case ran.
    #[must_use]
    pub fn with_claims(mut self, case: &Case, claims: &Claims) -> Self {
        if self.status.executed() && claims.withhold_a_check(case) {
            self.demanded_by = Self::unsupported(case, claims).demanded_by;
        }
        self
    }

    /// Creates the result of a case with these checks.
    pub fn judged(case: &Case, checks: Vec<Check>) -> Self {
        // The check `reply` alone proves nothing, unless the case expects a refusal.
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

    /// Adds a note.
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
