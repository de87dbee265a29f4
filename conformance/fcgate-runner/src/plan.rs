//! The settings of a run: seed, order, parallelism, pinned suite, stop and progress.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use fcgate_cases::corpus::Case;
use fcgate_cases::judge::{CaseResult, FindSignedText};
use fcgate_cases::oracle::sha256_hex;
use fcgate_protocol::Suite;

/// The concurrent cases for each processor: cases over HTTP spend most of their time waiting.
const JOBS_PER_PROCESSOR: usize = 8;

/// Whether a result is a failure that ends the run.
pub type EndsRun = Arc<dyn Fn(&CaseResult) -> bool + Send + Sync>;

/// The settings of a run.
#[derive(Clone)]
pub struct Plan {
    /// The seed of all random input of the run.
    pub seed: u64,
    /// Shuffles the cases with this seed; `None` starts them in the order of the ids, but those in which a client waits
    /// long before the others if several run at the same time.
    pub shuffle: Option<u64>,
    /// How many cases run at the same time; the subject may allow fewer.
    pub jobs: usize,
    /// The pinned suite: later cases get the status `new`. `None` runs all cases.
    pub suite: Option<Suite>,
    /// Whether the cases run that only the profile `full` demands.
    pub full: bool,
    /// Finds the text that was signed in a request with a wrong signature, for the report.
    pub find_signed_text: Option<FindSignedText>,
    /// The results after which no further case starts; `None` runs all cases.
    pub fail_fast: Option<EndsRun>,
    /// Ends the run early.
    pub stop: Stop,
    /// Receives each result.
    pub progress: Arc<dyn Progress>,
}

/// Receives the progress of a run, from any thread.
pub trait Progress: Send + Sync {
    /// Called when the run starts, with the number of cases.
    fn begin(&self, cases: usize) {
        let _ = cases;
    }

    /// Called when a case was judged.
    fn judged(&self, result: &CaseResult) {
        let _ = result;
    }

    /// Called when the run has ended.
    fn end(&self) {}
}

/// Ignores all progress.
impl Progress for () {}

/// Stops a run early: no further cases start.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Stops the run.
    pub fn now(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the run was stopped.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl Plan {
    /// The default plan: seed 0, the order of the ids, and several concurrent cases per processor.
    pub fn new() -> Self {
        Self {
            seed: 0,
            shuffle: None,
            jobs: JOBS_PER_PROCESSOR * thread::available_parallelism().map_or(1, NonZero::get),
            suite: None,
            full: false,
            find_signed_text: None,
            fail_fast: None,
            stop: Stop::default(),
            progress: Arc::new(()),
        }
    }

    /// Whether a case is newer than the pinned suite.
    pub(super) fn is_new(&self, case: &Case) -> bool {
        self.suite.is_some_and(|pin| case.since > pin)
    }

    /// Whether no further case starts after this result.
    pub fn ends_after(&self, result: &CaseResult) -> bool {
        self.fail_fast
            .as_ref()
            .is_some_and(|ends_run| ends_run(result))
    }

    /// Whether cases may start in any order: no order is set, and no failure ends the run before later cases.
    pub(super) fn has_free_order(&self) -> bool {
        self.shuffle.is_none() && self.fail_fast.is_none()
    }

    /// Sorts the indexes of cases into the order of this plan.
    pub(super) fn order(&self, indexes: &mut [usize]) {
        if let Some(seed) = self.shuffle {
            indexes.sort_by_cached_key(|index| sha256_hex(format!("{seed} {index}").as_bytes()));
        }
    }
}

impl Default for Plan {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan")
            .field("seed", &self.seed)
            .field("shuffle", &self.shuffle)
            .field("jobs", &self.jobs)
            .field("suite", &self.suite)
            .field("full", &self.full)
            .finish_non_exhaustive()
    }
}
