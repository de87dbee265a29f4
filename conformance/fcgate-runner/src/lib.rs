//! A run: every selected case put to a subject and judged.
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a package of the gate: its users are the other packages, released together with it"
)]

mod child;
pub mod endpoint;
mod in_process;
pub mod parallel;
mod plan;
mod put;
mod question;
pub mod secret;
mod subject;

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_http::clock;

pub use self::child::{Child, Contain, Fault, Launch, supervise};
pub use self::in_process::InProcess;
pub use self::plan::{Plan, Progress, Stop};
pub use self::subject::{Answered, Heard, Leak, Subject, Trouble};

pub use self::question::Question;

use self::put::{Desk, Put};

/// What a run found.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// The result of every case, in the order of the ids.
    pub results: Vec<CaseResult>,
    /// How long each case that was put to the subject took, in the order of the ids.
    pub timings: Vec<(String, Duration)>,
}

impl Run {
    /// Puts other results in the places of those that have the same ids.
    pub fn put_in(&mut self, others: Vec<(CaseResult, Duration)>) {
        for (other, time) in others {
            if other.status.executed() {
                self.timings.push((other.id.clone(), time));
            }
            let place = self.results.iter_mut().find(|result| result.id == other.id);
            if let Some(place) = place {
                *place = other;
            }
        }
        self.timings.sort();
    }
}

/// Puts every case to the subject, as many at once as the plan and the subject allow.
///
/// `selected` tells which cases run; the others are `filtered`. A case that went down together with
/// others is put again, alone, when all others are done, so that the culprit is named.
pub fn run(
    corpus: &Corpus,
    subject: &dyn Subject,
    claims: &Claims,
    plan: &Plan,
    selected: &dyn Fn(&Case) -> bool,
) -> Run {
    let cases = corpus.cases();
    let mut results: Vec<Option<(CaseResult, Option<Duration>)>> = vec![None; cases.len()];
    let mut open = Vec::new();
    for ((place, case), result) in cases.iter().enumerate().zip(&mut results) {
        let unjudged = if !selected(case) {
            CaseResult::unjudged(case, Status::Filtered)
        } else if plan.is_new(case) {
            CaseResult::unjudged(case, Status::New)
        } else if claims.cover(case) {
            open.push(place);
            continue;
        } else {
            CaseResult::unsupported(case, claims)
        };
        *result = Some((unjudged, None));
    }
    plan.order(&mut open);

    let desk = Desk::new(subject, claims, plan);
    plan.progress.begin(open.len());
    let workers = plan.jobs.min(subject.parallel()).min(open.len());
    let suspects = round(&desk, &cases, &open, workers, &mut results);
    round(&desk, &cases, &suspects, 1, &mut results);
    plan.progress.end();

    let mut run = Run::default();
    for (case, result) in cases.iter().zip(results) {
        let (result, time) = result.unwrap_or_else(|| (desk.lost(case), None));
        let result = desk.late(case, result);
        run.timings.extend(time.map(|time| (case.id.clone(), time)));
        run.results.push(result);
    }
    run
}

/// Puts these cases to the subject from several threads; returns those that have to be put again.
fn round(
    desk: &Desk<'_>,
    cases: &[&Case],
    open: &[usize],
    workers: usize,
    results: &mut [Option<(CaseResult, Option<Duration>)>],
) -> Vec<usize> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(open.len()));
    let work = || {
        while let Some(place) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Some(case) = cases.get(*place) else {
                return;
            };
            let from = clock::now();
            let put = desk.put(case);
            let entry = (*place, put, from.elapsed());
            done.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(entry);
        }
    };
    if workers <= 1 {
        work();
    } else {
        thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(work);
            }
        });
    }
    let mut suspects = Vec::new();
    for (place, put, time) in done.into_inner().unwrap_or_else(PoisonError::into_inner) {
        match put {
            Put::Done(result) => {
                if let Some(slot) = results.get_mut(place) {
                    *slot = Some((result, Some(time)));
                }
            }
            Put::Again => suspects.push(place),
        }
    }
    suspects.sort_unstable();
    suspects
}
