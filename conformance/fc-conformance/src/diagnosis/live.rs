//! What the mutants answer, found out by asking them.

use std::collections::{BTreeMap, BTreeSet};

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Corpus, Group};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_mutants::{Mutant, Mutated};
use fcgate_protocol::Implementation;
use fcgate_runner::work_queue;
use fcgate_runner::{InProcess, Plan, run};

use fcgate_mutants::diagnosis::{Signs, Suspects};

/// Mutants of a right implementation, asked by the cases of a corpus.
pub(super) struct Live<'a> {
    corpus: &'a Corpus,
    right: &'a dyn Implementation,
    claims: Claims,
}

impl<'a> Live<'a> {
    pub(super) fn new(corpus: &'a Corpus, right: &'a dyn Implementation) -> Self {
        Self {
            corpus,
            right,
            claims: Claims::of(&right.hello()),
        }
    }

    /// A corpus of these cases alone.
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

    /// Those of these cases that the right one fails too.
    pub(super) fn right_fails(&self, red: &[&CaseResult]) -> BTreeSet<String> {
        let ids: Vec<&str> = red.iter().map(|result| result.id.as_str()).collect();
        let subject = InProcess::new(self.right);
        let corpus = self.only(&ids);
        run(&corpus, &subject, &self.claims, &Plan::new(), &|_| true)
            .results
            .into_iter()
            .filter(|result| result.status != Status::Pass)
            .map(|result| result.id)
            .collect()
    }

    fn ask(&self, mutant: &Mutant, corpus: &Corpus) -> BTreeMap<String, Signs> {
        let mutated = Mutated::new(self.right, mutant);
        let plan = Plan {
            jobs: 1,
            ..Plan::new()
        };
        let touched = |case: &fcgate_cases::corpus::Case| mutant.touches(case.stimulus.operation());
        let subject = InProcess::new(&mutated);
        run(corpus, &subject, &self.claims, &plan, &touched)
            .results
            .into_iter()
            .filter(|result| result.status.is_red())
            .map(|result| (result.id.clone(), Signs::of(&result)))
            .collect()
    }
}

impl Suspects for Live<'_> {
    fn wrong(&self, mutant: &'static Mutant, cases: &[&str]) -> BTreeMap<String, Signs> {
        self.ask(mutant, &self.only(cases))
    }

    fn all_wrong(
        &self,
        mutants: &[&'static Mutant],
        cases: &[&str],
    ) -> Vec<BTreeMap<String, Signs>> {
        let corpus = self.only(cases);
        work_queue::each(mutants, |mutant| self.ask(mutant, &corpus))
    }
}
