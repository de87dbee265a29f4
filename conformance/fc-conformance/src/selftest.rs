//! The self-test of the gate: runs all mutants and checks that the cases find them.
//!
//! It verifies three things. Each mutant of the implementation fails at least one case that the correct
//! implementation passes. Each check fails for at least one mutant. Each mutant of the judge accepts or
//! misnames at least one answer that is known to be wrong. To find the faults of an answer, the self-test
//! compares the answers without the judge.
//!
//! The self-test also measures the diagnosis: how often it names the correct mutant, and how many failed
//! cases a reader has to read. A failed case is an *echo* if a more basic case of the same run has the
//! same named mistake. The cases are ordered by operation (sign, build, parse, invoke), then by id. A failed
//! case without a named mistake is never an echo.
//!
//! Foreign mistakes are not mutants of the catalog. For them, the diagnosis must name the mutant that is the same
//! mistake, or none.

mod cases_to_read;
mod foreign_run;
mod mutant_run;
mod mutant_runner;
mod right_replies;
mod table;
mod wrong_answers;

use std::collections::BTreeMap;

use fcgate_cases::corpus::Corpus;
use fcgate_mutants::foreign::{self, ForeignMistake};
use fcgate_mutants::{self as mutant, Area, Mutant};
use fcgate_protocol::Implementation;
use fcgate_runner::work_queue;

pub use self::foreign_run::{ForeignRun, Naming};
pub use self::mutant_run::MutantRun;

use self::mutant_runner::MutantRunner;

/// The maximum median of failed cases to read.
const MAX_CASES_TO_READ: usize = 5;

/// The result of the self-test.
#[derive(Clone)]
#[non_exhaustive]
#[expect(
    missing_debug_implementations,
    reason = "a foreign mistake has functions"
)]
pub struct SelfTest {
    /// One run for each mutant, in the order of the codes.
    pub runs: Vec<MutantRun>,
    /// One run for each foreign mistake.
    pub foreign: Vec<ForeignRun>,
    /// The mutants that fail each check. A check is named by its operation and id: `sign#string_to_sign`.
    pub checks: BTreeMap<String, Vec<&'static Mutant>>,
    /// Wrong answers that the unchanged judge accepts; empty if the gate is sound.
    pub missed: Vec<String>,
    /// The number of cases that the correct implementation passes.
    pub cases: usize,
    /// The cases that the correct implementation passes but the plain client of the mutants fails. No mutant runs them.
    pub left_out: Vec<String>,
}

/// Runs every mutant of the correct implementation and every mutant of the judge over the corpus.
pub fn run(corpus: &Corpus, right: &dyn Implementation) -> SelfTest {
    let runner = MutantRunner::new(corpus, right);
    let mutants: Vec<&'static Mutant> = mutant::all()
        .filter(|mutant| mutant.area() != Area::Judge)
        .collect();
    let wrong = runner.run(&mutants);
    let mut checks = runner.checks();
    for (mutant, wrong) in mutants.iter().zip(&wrong) {
        for id in wrong.values().flat_map(|case| &case.failed) {
            let tripping = checks.entry(id.clone()).or_default();
            if tripping.last() != Some(mutant) {
                tripping.push(mutant);
            }
        }
    }
    let table: BTreeMap<&str, &mutant_runner::FailedCases> = mutants
        .iter()
        .map(|mutant| mutant.code)
        .zip(&wrong)
        .collect();
    let mut runs = work_queue::map(&mutants, |mutant| runner.diagnose(mutant, &table));
    let foreign: Vec<&'static ForeignMistake> = foreign::all().collect();
    let foreign = runner.run_foreign(&foreign, &table);
    let known = wrong_answers::collect(corpus, right, &mutants, &wrong);
    let missed = wrong_answers::missed(&known, &fcgate_cases::judge::Comparer::CORRECT);
    runs.extend(mutant::all().filter_map(|mutant| {
        let comparer = mutant.comparer()?;
        Some(MutantRun {
            mutant,
            failed_checks: wrong_answers::missed(&known, &comparer),
            named: Vec::new(),
            is_named_wrongly: false,
            cases_to_read: 0,
        })
    }));
    SelfTest {
        runs,
        foreign,
        checks,
        missed,
        cases: runner.cases(),
        left_out: runner.left_out().to_vec(),
    }
}

impl SelfTest {
    /// The mutants that fail no case.
    pub fn survivors(&self) -> Vec<&'static Mutant> {
        let survives = |run: &&MutantRun| run.failed_checks.is_empty();
        self.runs
            .iter()
            .filter(survives)
            .map(|run| run.mutant)
            .collect()
    }

    /// The checks that no mutant fails.
    pub fn checks_without_mutants(&self) -> Vec<&str> {
        let without_mutants = |(_, mutants): &(&String, &Vec<&'static Mutant>)| mutants.is_empty();
        let checks = self.checks.iter().filter(without_mutants);
        checks.map(|(check, _)| check.as_str()).collect()
    }

    /// The number of mutants that the diagnosis names correctly, alone or next to others with the same answers, and
    /// the number of all mutants.
    pub fn named_correctly(&self) -> (usize, usize) {
        let runs = || self.of_implementation();
        let is_named = |run: &&MutantRun| run.named.contains(&run.mutant);
        (runs().filter(is_named).count(), runs().count())
    }

    /// The number of mutants that the diagnosis names correctly, and next to no other mutant.
    pub fn named_alone(&self) -> usize {
        let is_alone = |run: &&MutantRun| run.named == [run.mutant];
        self.of_implementation().filter(is_alone).count()
    }

    /// The mutants for which the diagnosis names another mistake.
    pub fn named_wrongly(&self) -> Vec<&'static Mutant> {
        let wrong = self.of_implementation().filter(|run| run.is_named_wrongly);
        wrong.map(|run| run.mutant).collect()
    }

    /// The median of the failed cases to read.
    pub fn median_cases_to_read(&self) -> usize {
        let mut shown: Vec<usize> = self
            .of_implementation()
            .map(|run| run.cases_to_read)
            .collect();
        shown.sort_unstable();
        shown.get(shown.len() / 2).copied().unwrap_or_default()
    }

    /// Whether the gate is sound.
    ///
    /// Every mutant fails a case. Every check fails for a mutant. The judge accepts no wrong answer. The diagnosis
    /// names at least nine of ten mistakes correctly, and none wrongly, foreign ones included. The median of failed cases to read is at most five.
    pub fn is_sound(&self) -> bool {
        let (right, all) = self.named_correctly();
        self.survivors().is_empty()
            && self.checks_without_mutants().is_empty()
            && self.missed.is_empty()
            && self.named_wrongly().is_empty()
            && self.foreign_mistakes(Naming::Wrongly) == 0
            && right * 10 >= all * 9
            && self.median_cases_to_read() <= MAX_CASES_TO_READ
    }

    /// The number of foreign mistakes that the diagnosis names so.
    pub fn foreign_mistakes(&self, naming: Naming) -> usize {
        let runs = self.foreign.iter();
        runs.filter(|run| run.naming() == naming).count()
    }

    fn of_implementation(&self) -> impl Iterator<Item = &MutantRun> {
        self.runs
            .iter()
            .filter(|run| run.mutant.area() != Area::Judge)
    }
}
