//! The end of a run after its first failure, and the cases that did not run because of it.

use std::sync::atomic::{AtomicUsize, Ordering};

use fcgate_cases::corpus::Case;
use fcgate_cases::judge::{CaseResult, Status};

const NOT_RUN: &str = "not run, because the run stopped after its first required failure";

/// Creates the result of a case that did not run because an earlier case ended the run.
pub fn not_run(case: &Case) -> CaseResult {
    CaseResult::unjudged(case, Status::Filtered).note(NOT_RUN)
}

/// Whether a case did not run because an earlier case ended the run.
pub fn is_not_run(result: &CaseResult) -> bool {
    result.status == Status::Filtered && result.note.as_deref() == Some(NOT_RUN)
}

/// The first place in the order of the run at which a case ended the run.
///
/// Cases before that place still run, and results after it are dropped. So the report does not depend on the number
/// of cases that run at the same time.
#[derive(Debug)]
pub(super) struct FirstEnd(AtomicUsize);

impl FirstEnd {
    pub(super) fn new() -> Self {
        Self(AtomicUsize::new(usize::MAX))
    }

    /// Records that the case at this place ended the run.
    pub(super) fn at(&self, place: usize) {
        self.0.fetch_min(place, Ordering::SeqCst);
    }

    /// Whether an earlier case ended the run.
    pub(super) fn is_before(&self, place: usize) -> bool {
        self.0.load(Ordering::SeqCst) < place
    }

    /// The place of the case that ended the run.
    pub(super) fn place(&self) -> Option<usize> {
        Some(self.0.load(Ordering::SeqCst)).filter(|place| *place != usize::MAX)
    }
}
