//! The verdict of a run, its exit code, and the causes of the red cases.

mod cause;
mod counts;
mod exit_code;
mod fingerprint;
mod rules;
mod shard;

pub(crate) use self::cause::code_of;
pub use self::cause::{Cause, group};
pub use self::counts::Counts;
pub use self::exit_code::Verdict;
pub(crate) use self::fingerprint::KNOWN;
pub use self::fingerprint::fingerprint;
pub use self::rules::Rules;
pub use self::shard::{Shard, ShardError};

use fcgate_cases::judge::{CaseResult, Status};

/// Decides the verdict over all results.
///
/// The verdict is incomplete if no gating case ran, or if the subject does not declare a capability that the
/// profile requires, even if no case failed.
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
    let missed = gating().any(|result| rules.demands(result));
    if !executed || any(Status::Untestable) || missed || (left_out && !rules.partial_ok) {
        verdict = verdict.worse(Verdict::Incomplete);
    }
    verdict
}
