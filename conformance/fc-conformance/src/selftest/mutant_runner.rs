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
use super::right_replies::RightReplies;

/// Of the cases over HTTP, a mistake that pure cases show too runs one in so many. It cannot be taken for a mistake that passes
/// those pure cases, whatever the other cases over HTTP show.
const EXCHANGE_STEP: usize = 4;

/// Of so many cases the results are in memory at the same time, for each mutant that runs.
const CASES_AT_ONCE: usize = 16;

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
    /// The cases over HTTP that a mistake runs if pure cases show it too.
    few_exchanges: BTreeSet<String>,
    /// Every check that the correct implementation passes.
    checks: BTreeSet<String>,
    left_out: Vec<String>,
    right_replies: RightReplies<'a>,
}

impl<'a> MutantRunner<'a> {
    pub(super) fn new(corpus: &'a Corpus, right: &'a dyn Implementation) -> Self {
        let claims = Claims::of(&right.hello());
        let passed = |subject: &dyn Implementation| {
            let subject = InProcess::new(subject);
            let results = run(corpus, &subject, &claims, &Plan::new(), &|_| true).results;
            let passed = results.into_iter();
            passed.filter(|result| result.status == Status::Pass)
        };
        // A case that the plain client of the mutants fails shows no mistake of a mutant.
        let plain = passed(&Mutated::without_mistake(right));
        let plain: BTreeSet<String> = plain.map(|result| result.id).collect();
        let all = passed(right).map(|result| (result.id.clone(), result));
        let (passed, left_out): (BTreeMap<_, _>, BTreeMap<_, _>) =
            all.partition(|(id, _)| plain.contains(id));
        let mut runner = Self {
            corpus,
            right,
            claims,
            passed,
            few_exchanges: BTreeSet::new(),
            checks: BTreeSet::new(),
            left_out: left_out.into_keys().collect(),
            right_replies: RightReplies::new(&corpus.cases(), right),
        };
        runner.choose_exchanges();
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

    /// Chooses the cases over HTTP that mutants run, because these cases are expensive: the first variation of each `invoke`
    /// case, the first case with each check, and the first case that each mutant of the exchange fails.
    fn choose_exchanges(&mut self) {
        let (mut names, mut checks) = (BTreeSet::new(), BTreeSet::new());
        let (mut sample, mut few) = (BTreeSet::new(), BTreeSet::new());
        let exchanges = self.passed.values();
        let exchanges = exchanges.filter(|result| result.operation.is_exchange());
        for (number, result) in exchanges.enumerate() {
            let is_first_variation = names.insert(result.id.split('@').next());
            let passed = result
                .checks
                .iter()
                .filter(|check| check.status == CheckStatus::Pass);
            let new = passed.map(|check| checks.insert((result.operation, &check.id)));
            let has_new_checks = new.filter(|is_new| *is_new).count() > 0;
            if has_new_checks || is_first_variation || result.operation != Operation::Invoke {
                sample.insert(result.id.clone());
            }
            if has_new_checks || number.is_multiple_of(EXCHANGE_STEP) {
                few.insert(result.id.clone());
            }
        }
        let http: Vec<&Mutant> = all().filter(|one| one.area() == Area::Http).collect();
        let first = work_queue::map_with_threads(Plan::new().jobs, &http, |mutant| {
            let mutated = Mutated::new(self.right, mutant);
            let subject = InProcess::new(&mutated);
            let touched = self.cases_of(&|operation| mutant.touches(operation));
            let mut parts = touched.chunks(CASES_AT_ONCE);
            parts.find_map(|cases| self.red_of_part(&subject, cases).into_keys().next())
        });
        sample.extend(first.into_iter().flatten());
        self.passed
            .retain(|id, result| !result.operation.is_exchange() || sample.contains(id));
        self.few_exchanges = few;
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

    /// Runs every mutant on the cases that its mistake can affect, and returns the cases that each fails.
    pub(super) fn run(&self, mutants: &[&'static Mutant]) -> Vec<FailedCases> {
        self.failures(
            mutants,
            |mutant| Mutated::new(self.right, mutant),
            |mutant, operation| mutant.touches(operation),
        )
    }

    /// Runs every foreign mistake, and returns the result of the diagnosis of each.
    pub(super) fn run_foreign(
        &self,
        mistakes: &[&'static ForeignMistake],
        table: &BTreeMap<&str, &FailedCases>,
    ) -> Vec<ForeignRun> {
        let failures = self.failures(
            mistakes,
            |mistake| Foreign::new(self.right, mistake),
            |mistake, operation| mistake.touches(operation),
        );
        let runs: Vec<_> = mistakes.iter().zip(failures).collect();
        work_queue::map(&runs, |(mistake, wrong)| {
            ForeignRun::new(mistake, wrong.len(), &self.explain(wrong, table))
        })
    }

    /// Runs implementations with a mistake in these operations, and returns the cases that each fails.
    fn failures<M: Sync, I: Implementation>(
        &self,
        mistakes: &[M],
        implementation: impl Fn(&M) -> I + Sync,
        touches: impl Fn(&M, Operation) -> bool + Sync,
    ) -> Vec<FailedCases> {
        let pure = work_queue::map(mistakes, |mistake| {
            let implementation = implementation(mistake);
            let mut cases =
                self.cases_of(&|operation| !operation.is_exchange() && touches(mistake, operation));
            cases.retain(|case| !self.right_replies.is_given_by(&implementation, case));
            self.red(&implementation, &cases)
        });
        let both: Vec<(&M, FailedCases)> = mistakes.iter().zip(pure).collect();
        let exchanges = work_queue::map_with_threads(Plan::new().jobs, &both, |(mistake, pure)| {
            let mut cases =
                self.cases_of(&|operation| operation.is_exchange() && touches(mistake, operation));
            cases.retain(|case| self.is_run(pure, &case.id));
            self.red(&implementation(mistake), &cases)
        });
        let both = both.into_iter().zip(exchanges);
        both.map(|((_, mut failures), exchanges)| {
            failures.extend(exchanges);
            failures
        })
        .collect()
    }

    /// Whether an implementation with these failures in pure cases runs a case over HTTP.
    fn is_run(&self, failures: &FailedCases, id: &str) -> bool {
        let is_pure = |failure: &FailedCase| !failure.result.operation.is_exchange();
        self.few_exchanges.contains(id) || !failures.values().any(is_pure)
    }

    /// The cases of these operations that the correct implementation passes.
    fn cases_of(&self, operations: &dyn Fn(Operation) -> bool) -> Vec<&'a Case> {
        let mut cases = self.corpus.cases();
        let is_of = |case: &Case| operations(case.stimulus.operation());
        cases.retain(|case| is_of(case) && self.passed.contains_key(&case.id));
        cases
    }

    /// The cases that an implementation fails, each once more if the machine may have been busy.
    fn red(&self, implementation: &dyn Implementation, cases: &[&Case]) -> FailedCases {
        let subject = InProcess::new(implementation);
        let parts = cases.chunks(CASES_AT_ONCE);
        parts
            .flat_map(|cases| self.red_of_part(&subject, cases))
            .collect()
    }

    fn red_of_part(&self, subject: &InProcess<'_>, cases: &[&Case]) -> FailedCases {
        let plan = Plan {
            jobs: 1,
            ..Plan::new()
        };
        let red = |cases: &[&Case]| {
            let results = run_cases(cases, subject, &self.claims, &plan).results;
            results.into_iter().filter(|result| result.status.is_red())
        };
        let (late, mut failures): (Vec<CaseResult>, Vec<CaseResult>) =
            red(cases).partition(may_be_late);
        if !late.is_empty() {
            let ids: BTreeSet<&str> = late.iter().map(|result| result.id.as_str()).collect();
            let mut cases = cases.to_vec();
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
        let explained = self.explain(wrong, table);
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
    fn explain(&self, wrong: &FailedCases, table: &BTreeMap<&str, &FailedCases>) -> Explained {
        let run = self
            .passed
            .iter()
            .filter(|(id, right)| !right.operation.is_exchange() || self.is_run(wrong, id));
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
