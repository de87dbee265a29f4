//! Runs cases of the corpus with mutants.

use std::collections::BTreeSet;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Corpus, Group};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_mutants::{Mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_runner::work_queue;
use fcgate_runner::{InProcess, Plan, run};

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

    /// A corpus with only these cases.
    fn only(&self, cases: &[&str]) -> Corpus {
        let cases: BTreeSet<&str> = cases.iter().copied().collect();
        let only = |group: &Group| {
            let mut kept = Group {
                file: group.file.clone(),
                name: group.name.clone(),
                summary: String::new(),
                cases: Vec::new(),
            };
            let of_group = group.cases.iter();
            let chosen = of_group.filter(|case| cases.contains(case.id.as_str()));
            kept.cases.extend(chosen.cloned());
            kept
        };
        Corpus {
            requirements: Vec::new(),
            groups: self.corpus.groups.iter().map(only).collect(),
            sha256: String::new(),
        }
    }

    /// Those of these cases that the correct implementation fails too.
    pub(super) fn failed_by_correct(&self, red: &[&CaseResult]) -> BTreeSet<String> {
        let ids: Vec<&str> = red.iter().map(|result| result.id.as_str()).collect();
        let subject = InProcess::new(self.correct);
        let corpus = self.only(&ids);
        run(&corpus, &subject, &self.claims, &Plan::new(), &|_| true)
            .results
            .into_iter()
            .filter(|result| result.status != Status::Pass)
            .map(|result| result.id)
            .collect()
    }

    fn failures_of(&self, subject: &dyn Implementation, corpus: &Corpus, jobs: usize) -> Failures {
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
        let results = run(corpus, &subject, &self.claims, &plan, &|_| true).results;
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
        self.failures_of(&mutated, &self.only(cases), Plan::new().jobs)
    }

    fn failures_of_all(&self, mutants: &[&'static Mutant], cases: &[&str]) -> Vec<Failures> {
        let corpus = self.only(cases);
        // Cases over HTTP spend most of their time waiting: few mutants run several cases at the same time.
        let jobs = (Plan::new().jobs / mutants.len().max(1)).max(1);
        work_queue::map_waiting(mutants, |mutant| {
            let mutated = Mutated::new(self.correct, mutant);
            self.failures_of(&mutated, &corpus, jobs)
        })
    }

    fn failures_without_mistake(&self, cases: &[&str]) -> BTreeSet<String> {
        let subject = Mutated::without_mistake(self.correct);
        let failures = self.failures_of(&subject, &self.only(cases), Plan::new().jobs);
        failures.into_keys().collect()
    }
}
