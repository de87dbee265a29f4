//! Runs mutants on the cases that the correct implementation passes.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus};
use fcgate_cases::judge::{CaseResult, CheckStatus, Status, Value};
use fcgate_mutants::search::{Fingerprint, MutantRuns, explain_red_cases};
use fcgate_mutants::{Mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_runner::{InProcess, Plan, run};

use super::cases_to_read;
use super::mutant_run::MutantRun;

/// The cases that a mutant fails, by id.
pub(super) type FailedCases = BTreeMap<String, FailedCase>;

/// A case that a mutant fails.
#[derive(Debug, Clone)]
pub(super) struct FailedCase {
    /// The result, with only the visible text of the actual values.
    pub(super) result: CaseResult,
    pub(super) fingerprint: Fingerprint,
    /// The checks that failed, each with its operation.
    pub(super) failed: Vec<String>,
}

/// The correct implementation, and the cases that it passes and that mutants of it run.
pub(super) struct MutantRunner<'a> {
    corpus: &'a Corpus,
    right: &'a dyn Implementation,
    claims: Claims,
    passed: BTreeMap<String, CaseResult>,
    left_out: Vec<String>,
}

impl<'a> MutantRunner<'a> {
    pub(super) fn new(corpus: &'a Corpus, right: &'a dyn Implementation) -> Self {
        let claims = Claims::of(&right.hello());
        let passed = |subject: &dyn Implementation| {
            let subject = InProcess::new(subject);
            let results = run(corpus, &subject, &claims, &Plan::new(), &|_| true).results;
            let passed = results
                .into_iter()
                .filter(|result| result.status == Status::Pass);
            passed.map(|result| (result.id.clone(), result)).collect()
        };
        // A case that the plain client of the mutants fails shows no mistake of a mutant.
        let plain: BTreeMap<String, CaseResult> = passed(&Mutated::without_mistake(right));
        let mut passed: BTreeMap<String, CaseResult> = passed(right);
        let mut left_out: Vec<String> = passed.keys().cloned().collect();
        left_out.retain(|id| !plain.contains_key(id));
        passed.retain(|id, _| plain.contains_key(id));
        Self {
            corpus,
            right,
            claims,
            passed,
            left_out,
        }
    }

    /// The cases that the correct implementation passes but the plain client of the mutants fails.
    pub(super) fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// The number of cases that mutants run.
    pub(super) fn cases(&self) -> usize {
        self.passed.len()
    }

    /// Returns every check that the correct implementation passes, each with an empty list of mutants.
    pub(super) fn checks(&self) -> BTreeMap<String, Vec<&'static Mutant>> {
        let checks = self.passed.values().flat_map(|result| {
            let shown = result.checks.iter();
            shown
                .filter(|check| check.status == CheckStatus::Pass)
                .map(|check| format!("{}#{}", result.operation, check.id))
        });
        checks.map(|id| (id, Vec::new())).collect()
    }

    /// Runs a mutant on every case that its mistake can affect, and returns the cases that it fails.
    pub(super) fn run(&self, mutant: &'static Mutant) -> FailedCases {
        let mutated = Mutated::new(self.right, mutant);
        let plan = Plan {
            jobs: 1,
            ..Plan::new()
        };
        let selected = |case: &Case| {
            mutant.touches(case.stimulus.operation()) && self.passed.contains_key(&case.id)
        };
        let subject = InProcess::new(&mutated);
        run(self.corpus, &subject, &self.claims, &plan, &selected)
            .results
            .into_iter()
            .filter(|result| result.status.is_red())
            .map(|result| (result.id.clone(), FailedCase::of(result)))
            .collect()
    }

    /// Returns the run of a mutant with the result of the diagnosis.
    pub(super) fn diagnose(
        &self,
        mutant: &'static Mutant,
        table: &BTreeMap<&str, &FailedCases>,
    ) -> MutantRun {
        let nothing = FailedCases::new();
        let wrong = table.get(mutant.code).copied().unwrap_or(&nothing);
        let results = self.passed.iter().map(|(id, right)| match wrong.get(id) {
            Some(case) => case.result.clone(),
            None => CaseResult {
                checks: Vec::new(),
                ..right.clone()
            },
        });
        let results: Vec<CaseResult> = results.collect();
        let red: Vec<&CaseResult> = results
            .iter()
            .filter(|result| result.status.is_red())
            .collect();
        let named = explain_red_cases(&red, &results, &Table(table));
        let mut red: Vec<&CaseResult> = wrong.values().map(|case| &case.result).collect();
        // The most basic case comes first.
        red.sort_by_key(|result| result.operation);
        MutantRun {
            mutant,
            failed_checks: red
                .iter()
                .map(|result| first_failed_check(result))
                .collect(),
            named: cases_to_read::most_named(&named),
            cases_to_read: cases_to_read::count(&red, &named),
        }
    }
}

impl FailedCase {
    fn of(mut result: CaseResult) -> Self {
        let fingerprint = Fingerprint::of(&result);
        let operation = result.operation;
        let checks = result.checks.iter().filter(|check| check.failed());
        let failed = checks
            .map(|check| format!("{operation}#{}", check.id))
            .collect();
        for check in &mut result.checks {
            // Only the visible text of the actual value is needed, and many results are kept in memory.
            check.expected = None;
            check.actual = check.actual_text().map(Value::Text);
            check.first_difference = None;
        }
        Self {
            result,
            fingerprint,
            failed,
        }
    }
}

/// Returns `case#check`, or the id of the case and its status if no check failed.
fn first_failed_check(result: &CaseResult) -> String {
    let check = result.first_failure().map(|check| check.id.as_str());
    format!("{}#{}", result.id, check.unwrap_or(result.status.name()))
}

/// The recorded wrong answers of the mutants.
struct Table<'a>(&'a BTreeMap<&'a str, &'a FailedCases>);

impl MutantRuns for Table<'_> {
    fn wrong(&self, mutant: &'static Mutant, cases: &[&str]) -> BTreeMap<String, Fingerprint> {
        let Some(wrong) = self.0.get(mutant.code) else {
            return BTreeMap::new();
        };
        let asked: BTreeSet<&str> = cases.iter().copied().collect();
        wrong
            .iter()
            .filter(|(id, _)| asked.contains(id.as_str()))
            .map(|(id, case)| (id.clone(), case.fingerprint.clone()))
            .collect()
    }
}
