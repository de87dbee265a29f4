//! The attempts of one call, and the check of all of them.

use super::super::{Arrivals, ArrivedRequest, Check};

/// The requests of a case that could be read, in the order of arrival.
pub(super) struct Attempts<'a>(Vec<&'a ArrivedRequest>);

impl<'a> Attempts<'a> {
    pub(super) fn of(arrivals: &'a Arrivals) -> Self {
        Self(arrivals.readable().collect())
    }

    /// The check of the first attempt that fails it, or of the first attempt.
    pub(super) fn check(&self, judge: impl Fn(&ArrivedRequest) -> Check) -> Option<Check> {
        self.find(|request| Some(judge(request)))
    }

    /// The same for a check that may not apply. A check that only a further attempt fails has an id of its own:
    /// `arrived.again.body`.
    pub(super) fn find(&self, judge: impl Fn(&ArrivedRequest) -> Option<Check>) -> Option<Check> {
        let mut first = None;
        for mut check in self.0.iter().filter_map(|request| judge(request)) {
            if check.failed() {
                if first.is_some() {
                    check.id = check.id.replacen("arrived.", "arrived.again.", 1);
                }
                return Some(check);
            }
            first.get_or_insert(check);
        }
        first
    }
}
