//! Runs a set of cases: sends every selected case to the subject and judges its reply.

use std::cmp::Reverse;
use std::time::Duration;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_http::clock;

use crate::case_runner::{CaseOutcome, CaseRunner};
use crate::early_end::{FirstEnd, not_run};
use crate::expected_wait::expected_wait_ms;
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
    /// The case after which the run ended early.
    pub ended_after: Option<String>,
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

/// A case that waits to run: its place in the order of the run, and its index in the corpus.
#[derive(Clone, Copy)]
struct Queued {
    place: usize,
    index: usize,
}

/// Runs every case that `selected` accepts; the others get the status `filtered`.
///
/// The plan and the subject limit how many cases run at the same time. If the subject exits or hangs while several
/// cases are pending, these cases run again at the end, one at a time, so that only the case that causes it fails.
///
/// If the plan ends the run after a failure, the cases before the first failure run, and the cases after it do not.
pub fn run(
    corpus: &Corpus,
    subject: &dyn Subject,
    claims: &Claims,
    plan: &Plan,
    selected: &dyn Fn(&Case) -> bool,
) -> Run {
    run_selected(&corpus.cases(), subject, claims, plan, selected)
}

/// Runs these cases, which are in the order of their ids, and no others: as [`run`], without a result for every other
/// case of the corpus.
pub fn run_cases(cases: &[&Case], subject: &dyn Subject, claims: &Claims, plan: &Plan) -> Run {
    run_selected(cases, subject, claims, plan, &|_| true)
}

fn run_selected(
    cases: &[&Case],
    subject: &dyn Subject,
    claims: &Claims,
    plan: &Plan,
    selected: &dyn Fn(&Case) -> bool,
) -> Run {
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
    let threads = plan.jobs.min(subject.parallel());
    if threads > 1 && plan.has_free_order() {
        // A long case that starts last would be waited for when all others have ended.
        let wait = |index: &usize| cases.get(*index).map_or(0, |case| expected_wait_ms(case));
        open.sort_by_cached_key(|index| Reverse(wait(index)));
    }

    let runner = CaseRunner::new(subject, claims, plan);
    plan.progress.begin(open.len());
    let queue: Vec<Queued> = (0..)
        .zip(open)
        .map(|(place, index)| Queued { place, index })
        .collect();
    let end = FirstEnd::new();
    let mut pass = Pass {
        runner: &runner,
        cases,
        plan,
        end: &end,
        slots: &mut slots,
    };
    let again = pass.run(&queue, threads);
    pass.run(&again, 1);
    plan.progress.end();

    let mut run = Run::default();
    for queued in queue.iter().filter(|queued| end.is_before(queued.place)) {
        let case = cases.get(queued.index);
        if let (Some(case), Some(slot)) = (case, slots.get_mut(queued.index)) {
            *slot = Some((not_run(case), None));
        }
    }
    let last = end.place().and_then(|place| queue.get(place));
    run.ended_after = last
        .and_then(|last| cases.get(last.index))
        .map(|case| case.id.clone());
    for (case, slot) in cases.iter().zip(slots) {
        let (result, time) = slot.unwrap_or_else(|| (CaseRunner::not_run(case), None));
        let result = runner.with_late_requests(case, result);
        run.timings.extend(time.map(|time| (case.id.clone(), time)));
        run.results.push(result);
    }
    run
}

/// The state of a run that every pass over its cases shares.
struct Pass<'a> {
    runner: &'a CaseRunner<'a>,
    cases: &'a [&'a Case],
    plan: &'a Plan,
    end: &'a FirstEnd,
    slots: &'a mut [Slot],
}

impl Pass<'_> {
    /// Runs these cases. Returns the cases that have to run again, alone.
    fn run(&mut self, queue: &[Queued], threads: usize) -> Vec<Queued> {
        let (runner, cases, plan, end) = (self.runner, self.cases, self.plan, self.end);
        let outcomes = work_queue::map_with_threads(threads, queue, |queued| {
            let start = clock::now();
            let case = cases.get(queued.index);
            let case = case.filter(|_| !end.is_before(queued.place));
            let outcome = case.map(|case| runner.run(case));
            if let Some(CaseOutcome::Done(result)) = &outcome
                && plan.ends_after(result)
            {
                end.at(queued.place);
            }
            (outcome, start.elapsed())
        });
        let mut again = Vec::new();
        for (queued, (outcome, time)) in queue.iter().zip(outcomes) {
            match outcome {
                Some(CaseOutcome::Done(result)) => {
                    if let Some(slot) = self.slots.get_mut(queued.index) {
                        *slot = Some((result, Some(time)));
                    }
                }
                Some(CaseOutcome::RunAgain) => again.push(*queued),
                None => {}
            }
        }
        again
    }
}
