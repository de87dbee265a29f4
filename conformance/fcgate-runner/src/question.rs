//! Single questions outside a run: a property asks many of one kind.

use fcgate_cases::corpus::Case;
use fcgate_cases::judge::CaseResult;

use super::put::{Desk, Put};
use super::{Plan, Subject};
use fcgate_cases::Claims;

/// Puts one case at a time, and alone.
#[expect(
    missing_debug_implementations,
    reason = "it holds a caller's trait object"
)]
pub struct Question<'a>(Desk<'a>);

impl<'a> Question<'a> {
    /// Runs single cases against this subject.
    pub fn new(subject: &'a dyn Subject, claims: &'a Claims, plan: &'a Plan) -> Self {
        Self(Desk::new(subject, claims, plan))
    }

    /// The result of a case; one that has to be put again is, once.
    pub fn put(&self, case: &Case) -> CaseResult {
        for _ in 0..2 {
            if let Put::Done(result) = self.0.put(case) {
                return self.0.late(case, result);
            }
        }
        self.0.lost(case)
    }
}
