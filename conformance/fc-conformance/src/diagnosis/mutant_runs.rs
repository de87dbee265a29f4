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

    fn failures_of(&self, subject: &dyn Implementation, cases: &[&Case], plan: &Plan) -> Failures {
        let subject = Reticent {
            implementation: subject,
            shown: &self.shown,
        };
        let subject = InProcess::new(&subject);
        let results = run_cases(cases, &subject, &self.claims, plan).results;
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
        self.failures_of(&mutated, &self.cases(cases), &plan_of_each(1))
    }

    fn failures_of_all(&self, mutants: &[&'static Mutant], cases: &[&str]) -> Vec<Failures> {
        let cases = self.cases(cases);
        let plan = plan_of_each(mutants.len());
        work_queue::map_waiting(mutants, |mutant| {
            let mutated = Mutated::new(self.correct, mutant);
            self.failures_of(&mutated, &cases, &plan)
        })
    }

    fn failures_without_mistake(&self, cases: &[&str]) -> BTreeSet<String> {
        let subject = Mutated::without_mistake(self.correct);
        let failures = self.failures_of(&subject, &self.cases(cases), &plan_of_each(1));
        failures.into_keys().collect()
    }
}

/// The plan by which each of these mutants runs its cases, the large ones too. Cases over HTTP spend most of their time
/// waiting, so few mutants run several cases at the same time, and many mutants one.
fn plan_of_each(mutants: usize) -> Plan {
    let plan = Plan::new();
    Plan {
        jobs: (plan.jobs / mutants.max(1)).max(1),
        full: true,
        ..plan
    }
}

#[cfg(test)]
mod tests {
    use fcgate_mutants as mutant;
    use fcgate_reference::Reference;

    use super::*;

    const PLAIN: &str = "sign.fc-vectors.fc-01";
    /// A path with percent escapes.
    const ESCAPED: &str = "sign.fc-resource.encoded-letter";

    fn ids(failures: &Failures) -> Vec<&str> {
        failures.keys().map(String::as_str).collect()
    }

    #[test]
    fn the_cases_that_a_mutant_fails_are_its_failures() {
        let corpus = Corpus::embedded().unwrap();
        let runs = CorpusRuns::new(&corpus, &Reference, ShownStages::default());
        let path = mutant::named("path-escaped").unwrap();
        let date = mutant::named("date-line-missing").unwrap();
        assert_eq!(ids(&runs.failures(path, &[PLAIN, ESCAPED])), [ESCAPED]);
        let of_all = runs.failures_of_all(&[path, date], &[PLAIN, ESCAPED]);
        let of_all: Vec<Vec<&str>> = of_all.iter().map(ids).collect();
        assert_eq!(of_all, [vec![ESCAPED], vec![ESCAPED, PLAIN]]);
    }

    #[test]
    fn a_case_that_the_correct_implementation_fails_is_a_failure_without_mistake() {
        let corpus = Corpus::embedded().unwrap();
        let path = mutant::named("path-escaped").unwrap();
        let correct = Mutated::new(&Reference, path);
        let runs = CorpusRuns::new(&corpus, &correct, ShownStages::default());
        let failures = runs.failures_without_mistake(&[PLAIN, ESCAPED]);
        assert_eq!(failures, BTreeSet::from([ESCAPED.to_owned()]));
    }

    #[test]
    fn few_mutants_run_several_cases_at_the_same_time() {
        let all = Plan::new().jobs;
        let jobs = [0, 1, 2, all, all + 1].map(|mutants| plan_of_each(mutants).jobs);
        assert_eq!(jobs, [all, all, all / 2, 1, 1]);
    }
}
