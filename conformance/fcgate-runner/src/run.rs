//! Runs a set of cases: sends every selected case to the subject and judges its reply.

use std::time::Duration;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_http::clock;

use crate::case_runner::{CaseOutcome, CaseRunner};
use crate::plan::Plan;
use crate::subject::Subject;
use crate::work_queue;

/// The results of a run.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// The result of every case, in the order of the ids.
    pub results: Vec<CaseResult>,
    /// The duration of every case that ran, in the order of the ids.
    pub timings: Vec<(String, Duration)>,
}

impl Run {
    /// Replaces the results that have the same ids as these.
    pub fn replace_results(&mut self, others: Vec<(CaseResult, Duration)>) {
        for (other, time) in others {
            if other.status.executed() {
                self.timings.push((other.id.clone(), time));
            }
            let result = self.results.iter_mut().find(|result| result.id == other.id);
            if let Some(result) = result {
                *result = other;
            }
        }
        self.timings.sort();
    }
}

/// The result of a case, and its duration if it ran; `None` until it is known.
type Slot = Option<(CaseResult, Option<Duration>)>;

/// Runs every case that `selected` accepts; the others get the status `filtered`.
///
/// The plan and the subject limit how many cases run at the same time. If the subject exits or hangs while several
/// cases are pending, these cases run again at the end, one at a time, so that only the case that causes it fails.
pub fn run(
    corpus: &Corpus,
    subject: &dyn Subject,
    claims: &Claims,
    plan: &Plan,
    selected: &dyn Fn(&Case) -> bool,
) -> Run {
    let cases = corpus.cases();
    let mut slots: Vec<Slot> = vec![None; cases.len()];
    let mut open = Vec::new();
    for ((index, case), slot) in cases.iter().enumerate().zip(&mut slots) {
        let unjudged = if !selected(case) {
            CaseResult::unjudged(case, Status::Filtered)
        } else if plan.is_new(case) {
            CaseResult::unjudged(case, Status::New)
        } else if case.full_only && !plan.full {
            CaseResult::unjudged(case, Status::Unsupported)
        } else if claims.cover(case) {
            open.push(index);
            continue;
        } else {
            CaseResult::unsupported(case, claims)
        };
        *slot = Some((unjudged, None));
    }
    plan.order(&mut open);

    let runner = CaseRunner::new(subject, claims, plan);
    plan.progress.begin(open.len());
    let threads = plan.jobs.min(subject.parallel());
    let again = run_cases(&runner, &cases, &open, threads, &mut slots);
    run_cases(&runner, &cases, &again, 1, &mut slots);
    plan.progress.end();

    let mut run = Run::default();
    for (case, slot) in cases.iter().zip(slots) {
        let (result, time) = slot.unwrap_or_else(|| (CaseRunner::not_run(case), None));
        let result = runner.with_late_requests(case, result);
        run.timings.extend(time.map(|time| (case.id.clone(), time)));
        run.results.push(result);
    }
    run
}

/// Runs the cases with these indexes. Returns the indexes of the cases that have to run again, alone.
fn run_cases(
    runner: &CaseRunner<'_>,
    cases: &[&Case],
    indexes: &[usize],
    threads: usize,
    slots: &mut [Slot],
) -> Vec<usize> {
    let outcomes = work_queue::map_with_threads(threads, indexes, |index| {
        let start = clock::now();
        let outcome = cases.get(*index).map(|case| runner.run(case));
        (outcome, start.elapsed())
    });
    let mut again = Vec::new();
    for (index, (outcome, time)) in indexes.iter().zip(outcomes) {
        match outcome {
            Some(CaseOutcome::Done(result)) => {
                if let Some(slot) = slots.get_mut(*index) {
                    *slot = Some((result, Some(time)));
                }
            }
            Some(CaseOutcome::RunAgain) => again.push(*index),
            None => {}
        }
    }
    again.sort_unstable();
    again
}
