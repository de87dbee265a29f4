//! Runs single cases outside a run. Properties use it, because they generate many cases.

use fcgate_cases::Claims;
use fcgate_cases::corpus::Case;
use fcgate_cases::judge::CaseResult;

use crate::case_runner::{CaseOutcome, CaseRunner};
use crate::plan::Plan;
use crate::subject::Subject;

/// Runs one case at a time.
#[expect(
    missing_debug_implementations,
    reason = "it holds a caller's trait object"
)]
pub struct SingleCase<'a>(CaseRunner<'a>);

impl<'a> SingleCase<'a> {
    /// Runs single cases against this subject.
    pub fn new(subject: &'a dyn Subject, claims: &'a Claims, plan: &'a Plan) -> Self {
        Self(CaseRunner::new(subject, claims, plan))
    }

    /// Runs a case, and once more if the first attempt has no clear result.
    pub fn run(&self, case: &Case) -> CaseResult {
        for _ in 0..2 {
            if let CaseOutcome::Done(result) = self.0.run(case) {
                return self.0.with_late_requests(case, result);
            }
        }
        CaseRunner::not_run(case)
    }
}
