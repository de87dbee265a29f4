//! The verdict of a run, its exit code, and the causes behind the red cases.

mod cause;
mod counts;
mod exit;

pub use self::cause::{Cause, group};
pub use self::counts::Counts;
pub use self::exit::Verdict;

use crate::corpus::Level;
use crate::judge::{CaseResult, Status};

/// What the verdict is asked to look at.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Rules {
    /// The lowest level that gates.
    pub level: Level,
    /// Whether cases left out by a filter are of no account.
    pub partial_ok: bool,
}

impl Rules {
    /// `must` gates, and a filter makes a run incomplete.
    pub fn new() -> Self {
        Self {
            level: Level::Must,
            partial_ok: false,
        }
    }

    /// Whether a case of this level can turn the verdict.
    pub fn gates(&self, level: Level) -> bool {
        level >= self.level && level > Level::Observe
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}

/// The verdict over all results.
///
/// It is incomplete when nothing that gates has run, even if nothing failed.
pub fn decide(results: &[CaseResult], rules: Rules) -> Verdict {
    let gating = || results.iter().filter(|result| rules.gates(result.level));
    let any = |status: Status| gating().any(|result| result.status == status);
    let mut verdict = Verdict::Conforming;
    if results
        .iter()
        .any(|result| result.status == Status::Harness)
    {
        verdict = verdict.worse(Verdict::Harness);
    }
    if gating().any(|result| result.status.is_red()) {
        verdict = verdict.worse(Verdict::Nonconforming);
    }
    let left_out = results
        .iter()
        .any(|result| result.status == Status::Filtered);
    let executed = gating().any(|result| result.status.executed());
    if !executed || any(Status::Untestable) || (left_out && !rules.partial_ok) {
        verdict = verdict.worse(Verdict::Incomplete);
    }
    verdict
}
