//! Single questions outside a run: a property asks many of one kind.

use crate::corpus::Case;
use crate::judge::CaseResult;

use super::put::{Desk, Put};
use super::{Claims, Plan, Subject};

/// Puts one case at a time, and alone.
pub(crate) struct Question<'a>(Desk<'a>);

impl<'a> Question<'a> {
    pub(crate) fn new(subject: &'a dyn Subject, claims: &'a Claims, plan: &'a Plan) -> Self {
        Self(Desk::new(subject, claims, plan))
    }

    /// The result of a case; one that has to be put again is, once.
    pub(crate) fn put(&self, case: &Case) -> CaseResult {
        for _ in 0..2 {
            if let Put::Done(result) = self.0.put(case) {
                return self.0.late(case, result);
            }
        }
        self.0.lost(case)
    }
}
