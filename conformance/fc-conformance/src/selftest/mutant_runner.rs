//! Runs mutants on the cases that the correct implementation passes.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus, Operation};
use fcgate_cases::judge::{CaseResult, Check, CheckStatus, Status};
use fcgate_mutants::foreign::{Foreign, ForeignMistake};
use fcgate_mutants::search::{Explained, Failures, Fingerprint, MutantRuns, explain_red_cases};
use fcgate_mutants::{Area, Mutant, Mutated, all};
use fcgate_protocol::Implementation;
use fcgate_runner::{InProcess, Plan, run, run_cases, work_queue};

use super::cases_to_read;
use super::foreign_run::ForeignRun;
use super::mutant_run::MutantRun;

/// The number of failed `invoke` cases of each mutant of the HTTP exchange that all mutants run.
const FAILURES_OF_HTTP: usize = 1;

/// Of the `invoke` cases, a foreign mistake in another step runs one in so many.
const INVOKE_STEP: usize = 4;

/// The cases that a mutant fails, by id.
pub(super) type FailedCases = BTreeMap<String, FailedCase>;

/// A case that a mutant fails.
#[derive(Debug, Clone)]
pub(super) struct FailedCase {
    /// The result, with only the ids of the failed checks.
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
    /// The results of these cases, without their checks once the sample is chosen.
    passed: BTreeMap<String, CaseResult>,
    /// Every check that the correct implementation passes.
    checks: BTreeSet<String>,
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
        let mut runner = Self {
            corpus,
            right,
            claims,
            passed,
            checks: BTreeSet::new(),
            left_out,
        };
        let sample = runner.invoke_sample();
        let is_in = |result: &CaseResult| {
            result.operation != Operation::Invoke || sample.contains(&result.id)
        };
        runner.passed.retain(|_, result| is_in(result));
        for result in runner.passed.values_mut() {
            // The diagnosis of each mutant copies the results of the cases that it passes.
            let checks = std::mem::take(&mut result.checks);
            let passed = checks
                .iter()
                .filter(|check| check.status == CheckStatus::Pass);
            let ids = passed.map(|check| format!("{}#{}", result.operation, check.id));
            runner.checks.extend(ids);
        }
        runner
    }

    /// The `invoke` cases that the mutants run, because these cases are expensive: the first variation of each case,
    /// the first cases that each mutant of the HTTP exchange fails, and the first case with each check.
    fn invoke_sample(&self) -> BTreeSet<String> {
        let http: Vec<&Mutant> = all().filter(|one| one.area() == Area::Http).collect();
        let failures = work_queue::map_waiting(&http, |mutant| self.run(mutant));
        let failures = failures.iter().flat_map(|failures| {
            let ids = failures.keys();
            ids.take(FAILURES_OF_HTTP).cloned()
        });
        let mut sample: BTreeSet<String> = failures.collect();
        let (mut cases, mut checks) = (BTreeSet::new(), BTreeSet::new());
        for (id, result) in &self.passed {
            let is_first_variation = cases.insert(id.split('@').next());
            let new_checks = result
                .checks
                .iter()
                .filter(|check| checks.insert(&check.id));
            if new_checks.count() > 0 || is_first_variation {
                sample.insert(id.clone());
            }
        }
        sample
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
        let checks = self.checks.iter();
        checks.map(|id| (id.clone(), Vec::new())).collect()
    }

    /// Runs a mutant on every case that its mistake can affect, and returns the cases that it fails.
    pub(super) fn run(&self, mutant: &'static Mutant) -> FailedCases {
        self.failures(&Mutated::new(self.right, mutant), &|case| {
            mutant.touches(case.stimulus.operation())
        })
    }

    /// Runs a foreign mistake, and returns the result of the diagnosis.
    pub(super) fn run_foreign(
        &self,
        mistake: &'static ForeignMistake,
        table: &BTreeMap<&str, &FailedCases>,
    ) -> ForeignRun {
        let subject = Foreign::new(self.right, mistake);
        // Other operations show these mistakes too.
        let step = if mistake.touches(Operation::Build) || mistake.touches(Operation::Parse) {
            INVOKE_STEP
        } else {
            1
        };
        let of_invoke = self
            .passed
            .values()
            .filter(|one| one.operation == Operation::Invoke);
        let few: BTreeSet<&str> = of_invoke.step_by(step).map(|one| one.id.as_str()).collect();
        let runs = |case: &Case| {
            let operation = case.stimulus.operation();
            operation != Operation::Invoke || few.contains(case.id.as_str())
        };
        let wrong = self.failures(&subject, &|case| {
            mistake.touches(case.stimulus.operation()) && runs(case)
        });
        let is_run = |id: &str| self.corpus.case(id).is_some_and(runs);
        ForeignRun::new(mistake, wrong.len(), &self.explain(&wrong, table, &is_run))
    }

    /// Runs an implementation on these cases, and returns those that it fails.
    fn failures(
        &self,
        implementation: &dyn Implementation,
        runs: &dyn Fn(&Case) -> bool,
    ) -> FailedCases {
        let plan = Plan {
            jobs: 1,
            ..Plan::new()
        };
        let subject = InProcess::new(implementation);
        let red = |cases: &[&Case]| {
            let results = run_cases(cases, &subject, &self.claims, &plan).results;
            results.into_iter().filter(|result| result.status.is_red())
        };
        let mut cases = self.corpus.cases();
        cases.retain(|case| runs(case) && self.passed.contains_key(&case.id));
        let (late, mut failures): (Vec<CaseResult>, Vec<CaseResult>) =
            red(&cases).partition(may_be_late);
        if !late.is_empty() {
            let ids: BTreeSet<&str> = late.iter().map(|result| result.id.as_str()).collect();
            cases.retain(|case| ids.contains(case.id.as_str()));
            failures.extend(red(&cases));
        }
        let failures = failures.into_iter();
        failures
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
        let explained = self.explain(wrong, table, &|_| true);
        let mut red: Vec<&CaseResult> = wrong.values().map(|case| &case.result).collect();
        // The most basic case comes first.
        red.sort_by_key(|result| result.operation);
        MutantRun {
            mutant,
            failed_checks: red
                .iter()
                .map(|result| first_failed_check(result))
                .collect(),
            named: cases_to_read::most_named(&explained),
            is_named_wrongly: explained.values().any(|named| !named.contains(&mutant)),
            cases_to_read: cases_to_read::count(&red, &explained),
        }
    }

    /// The diagnosis of a subject that fails these cases and passes all others that it runs.
    fn explain(
        &self,
        wrong: &FailedCases,
        table: &BTreeMap<&str, &FailedCases>,
        is_run: &dyn Fn(&str) -> bool,
    ) -> Explained {
        let run = self.passed.iter().filter(|(id, _)| is_run(id));
        let results = run.map(|(id, right)| match wrong.get(id) {
            Some(case) => case.result.clone(),
            None => right.clone(),
        });
        let results: Vec<CaseResult> = results.collect();
        let red: Vec<&CaseResult> = results
            .iter()
            .filter(|result| result.status.is_red())
            .collect();
        let fingerprint = |result: &CaseResult| match wrong.get(&result.id) {
            Some(case) => case.fingerprint.clone(),
            None => Fingerprint::of(result),
        };
        explain_red_cases(&red, &results, &fingerprint, &Table(table))
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
        // The results of all mutants are in memory at the same time. The values are in the fingerprint.
        result.requests = Vec::new();
        result.checks.retain(Check::failed);
        for check in &mut result.checks {
            check.expected = None;
            check.actual = None;
            check.first_difference = None;
        }
        result.checks.shrink_to_fit();
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
    fn failures(&self, mutant: &'static Mutant, cases: &[&str]) -> Failures {
        let Some(wrong) = self.0.get(mutant.code) else {
            return Failures::new();
        };
        let recorded = cases.iter().filter_map(|id| wrong.get_key_value(*id));
        recorded
            .map(|(id, case)| (id.clone(), case.fingerprint.clone()))
            .collect()
    }
}

/// Whether a case may have failed because the machine was busy and a time limit had passed. Such a case must fail
/// twice.
fn may_be_late(result: &CaseResult) -> bool {
    let depends_on_time = |check: &Check| {
        let ids = ["kind", "requests", "late-requests", "response.status"];
        check.failed() && ids.contains(&check.id.as_str())
    };
    result.operation.is_exchange() && result.checks.iter().any(depends_on_time)
}
