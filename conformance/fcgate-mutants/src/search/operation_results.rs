//! The results of one operation: what a mutant has to match.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::corpus::{Level, Operation};
use fcgate_cases::judge::{CaseResult, Status};

use crate::mutant::Mutant;

use super::result_digest::Fingerprint;

/// The most red cases of a sample with the same first failed check.
const MAX_PER_CHECK: usize = 12;

/// The most red cases of a sample; `invoke` cases are expensive.
const MAX_SAMPLE: usize = 60;
const MAX_INVOKE_SAMPLE: usize = 8;

/// The results of one operation.
pub(super) struct OperationResults<'a> {
    pub(super) operation: Operation,
    /// The red cases, by id.
    pub(super) red: BTreeMap<&'a str, (&'a CaseResult, Fingerprint)>,
    /// The cases that the subject passed, by id.
    pub(super) passed: BTreeMap<&'a str, Fingerprint>,
}

impl<'a> OperationResults<'a> {
    pub(super) fn of(
        operation: Operation,
        red: &[&'a CaseResult],
        results: &'a [CaseResult],
        fingerprint: &dyn Fn(&CaseResult) -> Fingerprint,
    ) -> Self {
        let red = red.iter().filter(|result| result.operation == operation);
        // What an `observe` case records is the subject's choice, and shows no mistake.
        let passed = results.iter().filter(|result| {
            result.operation == operation
                && result.status == Status::Pass
                && result.level != Level::Observe
        });
        Self {
            operation,
            red: red
                .map(|result| (result.id.as_str(), (*result, fingerprint(result))))
                .collect(),
            passed: passed
                .map(|result| (result.id.as_str(), fingerprint(result)))
                .collect(),
        }
    }

    /// The first failed check of a red case.
    pub(super) fn first_failed_check(&self, id: &str) -> &'a str {
        let result = self.red.get(id).map(|(result, _)| *result);
        let check = result.and_then(CaseResult::first_failure);
        check.map_or("", |check| check.id.as_str())
    }

    /// The failed check of a red case that shows the mistake: a request that arrives wrongly explains a wrong outcome.
    pub(super) fn telling_check(&self, id: &str) -> &'a str {
        let result = self.red.get(id).map(|(result, _)| *result);
        let checks = result.into_iter().flat_map(|result| &result.checks);
        let mut arrived = checks.filter(|check| check.failed() && check.id.starts_with("arrived."));
        let first = arrived.next().map(|check| check.id.as_str());
        first.unwrap_or_else(|| self.first_failed_check(id))
    }

    /// Whether this mistake gives the wrong signature of a request of a red case.
    pub(super) fn is_signed_with(&self, id: &str, mutant: &Mutant) -> bool {
        let red = self.red.get(id);
        red.is_some_and(|(_, red)| red.is_signed_with(mutant))
    }

    /// Whether a red case breaks a rule; an `observe` case only records a choice.
    pub(super) fn breaks_a_rule(&self, id: &str) -> bool {
        self.red
            .get(id)
            .is_some_and(|(result, _)| result.level != Level::Observe)
    }

    /// Some of these red cases: of every first failed check, spread evenly.
    pub(super) fn sample(&self, ids: &BTreeSet<&'a str>) -> Vec<&'a str> {
        let mut kinds: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
        for id in ids {
            kinds
                .entry(self.first_failed_check(id))
                .or_default()
                .push(id);
        }
        let most = match self.operation {
            Operation::Invoke | Operation::Trigger | Operation::Task => MAX_INVOKE_SAMPLE,
            _ => MAX_SAMPLE,
        };
        let per_check = MAX_PER_CHECK.min((most / kinds.len().max(1)).max(1));
        let spread = |ids: Vec<&'a str>| {
            let step = ids.len().div_ceil(per_check).max(1);
            ids.into_iter().step_by(step).collect::<Vec<_>>()
        };
        let mut sample: Vec<&str> = kinds.into_values().flat_map(spread).collect();
        sample.truncate(most);
        sample
    }
}
