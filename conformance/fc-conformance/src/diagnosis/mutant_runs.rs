//! Runs cases of the corpus with mutants.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Corpus, Group};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_mutants::{Mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_runner::work_queue;
use fcgate_runner::{InProcess, Plan, run};

use fcgate_mutants::search::{Fingerprint, MutantRuns};

/// Runs the cases of a corpus with mutants of a correct implementation.
pub(super) struct CorpusRuns<'a> {
    corpus: &'a Corpus,
    correct: &'a dyn Implementation,
    claims: Claims,
}

impl<'a> CorpusRuns<'a> {
    pub(super) fn new(corpus: &'a Corpus, correct: &'a dyn Implementation) -> Self {
        Self {
            corpus,
            correct,
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

    fn red_cases(&self, mutant: &Mutant, corpus: &Corpus) -> BTreeMap<String, Fingerprint> {
        let mutated = Mutated::new(self.correct, mutant);
        let plan = Plan {
            jobs: 1,
            ..Plan::new()
        };
        let touched = |case: &fcgate_cases::corpus::Case| mutant.touches(case.stimulus.operation());
        let subject = InProcess::new(&mutated);
        let mut results = run(corpus, &subject, &self.claims, &plan, &touched).results;
        results.retain(|result| result.status.is_red());
        results
            .into_iter()
            .map(|result| (result.id.clone(), Fingerprint::of(&result)))
            .collect()
    }
}

impl MutantRuns for CorpusRuns<'_> {
    fn wrong(&self, mutant: &'static Mutant, cases: &[&str]) -> BTreeMap<String, Fingerprint> {
        self.red_cases(mutant, &self.only(cases))
    }

    fn all_wrong(
        &self,
        mutants: &[&'static Mutant],
        cases: &[&str],
    ) -> Vec<BTreeMap<String, Fingerprint>> {
        let corpus = self.only(cases);
        work_queue::map(mutants, |mutant| self.red_cases(mutant, &corpus))
    }
}
