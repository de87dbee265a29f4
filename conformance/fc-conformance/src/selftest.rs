//! The self-test: every mutant is tripped, every check trips one, and the right mutant is named.
//!
//! Three things are proven. A mutant of the implementation turns at least one case red that the right
//! one passes. Every check, by its own id, is turned red by at least one mutant. A mutant of the judge,
//! put in the place of the honest comparisons, lets pass or misnames at least one answer that is known
//! to be wrong; what is wrong with it is found by looking at the answers, not by asking the judge.
//!
//! Beside that the self-test measures the diagnosis: how often the right mutant is named, and how many
//! red cases are left to read. A red case is an *echo* when a more basic case of the same run has the
//! same named mistake: a case before it in the order sign, build, parse, invoke, and then of the ids.
//! A red case without a named mistake is never an echo.

mod echo;
mod known;
mod table;
mod trial;

use std::collections::BTreeMap;

use fcgate_cases::corpus::Corpus;
use fcgate_mutants::{self as mutant, Area, Mutant};
use fcgate_protocol::Implementation;
use fcgate_runner::work_queue;

use self::trial::Trial;

/// How many red cases may be left to read in the median.
const MOST_TO_READ: usize = 5;

/// What the self-test found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SelfTest {
    /// One run for each mutant, in the order of the codes.
    pub runs: Vec<MutantRun>,
    /// The mutants that trip each check; checks are named by operation and id, `sign#string_to_sign`.
    pub checks: BTreeMap<String, Vec<&'static Mutant>>,
    /// What the honest judge lets pass though it is wrong; nothing, as long as the gate is sound.
    pub missed: Vec<String>,
    /// How many cases the right implementation passes.
    pub cases: usize,
    /// Cases that it passes and that the plain client of the mutants does not: nobody is tried by them.
    pub left_out: Vec<String>,
}

/// What became of one mutant.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MutantRun {
    /// The mutant.
    pub mutant: &'static Mutant,
    /// The cases that it trips, each with its first failing check: `case#check`.
    pub tripped: Vec<String>,
    /// The mutant that the diagnosis names for most of these cases.
    pub named: Option<&'static Mutant>,
    /// How many red cases are left once echoes are folded.
    pub shown: usize,
}

/// Runs every mutant of the right implementation, and of the judge, over the corpus.
pub fn run(corpus: &Corpus, right: &dyn Implementation) -> SelfTest {
    let trial = Trial::new(corpus, right);
    let mutants: Vec<&'static Mutant> = mutant::all()
        .filter(|mutant| mutant.area() != Area::Judge)
        .collect();
    let wrong = work_queue::each_waiting(&mutants, |mutant| trial.put(mutant));
    let mut checks = trial.checks();
    for (mutant, wrong) in mutants.iter().zip(&wrong) {
        for id in wrong.values().flat_map(|case| &case.failed) {
            let tripping = checks.entry(id.clone()).or_default();
            if tripping.last() != Some(mutant) {
                tripping.push(mutant);
            }
        }
    }
    let table: BTreeMap<&str, &trial::Wrong> = mutants
        .iter()
        .map(|mutant| mutant.code)
        .zip(&wrong)
        .collect();
    let mut runs = work_queue::each(&mutants, |mutant| trial.diagnosed(mutant, &table));
    let known = known::answers(corpus, right, &mutants, &wrong);
    let missed = known::missed(&known, &fcgate_cases::judge::Comparer::HONEST);
    runs.extend(mutant::all().filter_map(|mutant| {
        let comparer = mutant.comparer()?;
        Some(MutantRun {
            mutant,
            tripped: known::missed(&known, &comparer),
            named: None,
            shown: 0,
        })
    }));
    SelfTest {
        runs,
        checks,
        missed,
        cases: trial.cases(),
        left_out: trial.left_out().to_vec(),
    }
}

impl SelfTest {
    /// The mutants that trip nothing.
    pub fn survivors(&self) -> Vec<&'static Mutant> {
        let survives = |run: &&MutantRun| run.tripped.is_empty();
        self.runs
            .iter()
            .filter(survives)
            .map(|run| run.mutant)
            .collect()
    }

    /// The checks that no mutant trips.
    pub fn untripped(&self) -> Vec<&str> {
        let untripped = |(_, mutants): &(&String, &Vec<&'static Mutant>)| mutants.is_empty();
        let checks = self.checks.iter().filter(untripped);
        checks.map(|(check, _)| check.as_str()).collect()
    }

    /// In how many runs of mutants the diagnosis names the right one, and of how many.
    pub fn named_rightly(&self) -> (usize, usize) {
        let runs = || self.of_implementation();
        let right = runs().filter(|run| run.named == Some(run.mutant)).count();
        (right, runs().count())
    }

    /// The median of the red cases that are left to read.
    pub fn median_shown(&self) -> usize {
        let mut shown: Vec<usize> = self.of_implementation().map(|run| run.shown).collect();
        shown.sort_unstable();
        shown.get(shown.len() / 2).copied().unwrap_or_default()
    }

    /// Whether the gate may be trusted: nothing survives, nothing is untripped, nothing is missed, at least nine of
    /// ten mistakes are named rightly, and at most five red cases are left to read in the median.
    pub fn is_sound(&self) -> bool {
        let (right, all) = self.named_rightly();
        self.survivors().is_empty()
            && self.untripped().is_empty()
            && self.missed.is_empty()
            && right * 10 >= all * 9
            && self.median_shown() <= MOST_TO_READ
    }

    fn of_implementation(&self) -> impl Iterator<Item = &MutantRun> {
        self.runs
            .iter()
            .filter(|run| run.mutant.area() != Area::Judge)
    }
}
