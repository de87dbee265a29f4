//! Runs cases of the corpus with mutants.

use std::collections::BTreeSet;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_mutants::{Mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_runner::work_queue;
use fcgate_runner::{InProcess, Plan, run_cases};

use fcgate_mutants::search::{Failures, Fingerprint, MutantRuns};

use super::shown_stages::{Reticent, ShownStages};

/// Runs the cases of a corpus with mutants of a correct implementation.
pub(super) struct CorpusRuns<'a> {
    corpus: &'a Corpus,
    correct: &'a dyn Implementation,
    claims: Claims,
    shown: ShownStages,
}

impl<'a> CorpusRuns<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        correct: &'a dyn Implementation,
        shown: ShownStages,
    ) -> Self {
        Self {
            corpus,
            correct,
            shown,
            claims: Claims::of(&correct.hello()),
        }
    }

    /// The cases with these ids.
    fn cases(&self, ids: &[&str]) -> Vec<&'a Case> {
        let ids: BTreeSet<&str> = ids.iter().copied().collect();
        let mut cases = self.corpus.cases();
        cases.retain(|case| ids.contains(case.id.as_str()));
        cases
    }

    /// Those of these cases that the correct implementation fails too.
    pub(super) fn failed_by_correct(&self, red: &[&CaseResult]) -> BTreeSet<String> {
        let ids: Vec<&str> = red.iter().map(|result| result.id.as_str()).collect();
        let subject = InProcess::new(self.correct);
        run_cases(&self.cases(&ids), &subject, &self.claims, &Plan::new())
            .results
            .into_iter()
            .filter(|result| result.status != Status::Pass)
            .map(|result| result.id)
            .collect()
    }

    fn failures_of(&self, subject: &dyn Implementation, cases: &[&Case], jobs: usize) -> Failures {
        let plan = Plan {
            jobs,
            full: true,
            ..Plan::new()
        };
        let subject = Reticent {
            implementation: subject,
            shown: &self.shown,
        };
        let subject = InProcess::new(&subject);
        let results = run_cases(cases, &subject, &self.claims, &plan).results;
        results
            .into_iter()
            .filter(|result| result.status.is_red())
            .map(|result| (result.id.clone(), Fingerprint::of(&result)))
            .collect()
    }
}

impl MutantRuns for CorpusRuns<'_> {
    fn failures(&self, mutant: &'static Mutant, cases: &[&str]) -> Failures {
        let mutated = Mutated::new(self.correct, mutant);
        self.failures_of(&mutated, &self.cases(cases), Plan::new().jobs)
    }

    fn failures_of_all(&self, mutants: &[&'static Mutant], cases: &[&str]) -> Vec<Failures> {
        let cases = self.cases(cases);
        // Cases over HTTP spend most of their time waiting: few mutants run several cases at the same time.
        let jobs = (Plan::new().jobs / mutants.len().max(1)).max(1);
        work_queue::map_waiting(mutants, |mutant| {
            let mutated = Mutated::new(self.correct, mutant);
            self.failures_of(&mutated, &cases, jobs)
        })
    }

    fn failures_without_mistake(&self, cases: &[&str]) -> BTreeSet<String> {
        let subject = Mutated::without_mistake(self.correct);
        let failures = self.failures_of(&subject, &self.cases(cases), Plan::new().jobs);
        failures.into_keys().collect()
    }
}
