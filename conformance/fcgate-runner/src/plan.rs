//! How a run is to go.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use fcgate_cases::corpus::Case;
use fcgate_cases::judge::CaseResult;
use fcgate_cases::oracle::sha256_hex;
use fcgate_protocol::Suite;

/// What a run is to do.
#[derive(Clone)]
pub struct Plan {
    /// The seed from which everything that is drawn in a run is made.
    pub seed: u64,
    /// The order of the cases: drawn from this number, else that of the ids.
    pub shuffle: Option<u64>,
    /// How many cases are put at once, if the subject takes as many.
    pub jobs: usize,
    /// The pinned suite; later cases are `new`. Without it, none is.
    pub suite: Option<Suite>,
    /// Ends the run early.
    pub stop: Stop,
    /// Who is told of each result.
    pub progress: Arc<dyn Progress>,
}

/// Is told how a run goes; from any thread.
pub trait Progress: Send + Sync {
    /// So many cases will be put.
    fn begin(&self, cases: usize) {
        let _ = cases;
    }

    /// One was judged.
    fn judged(&self, result: &CaseResult) {
        let _ = result;
    }

    /// The run is over.
    fn end(&self) {}
}

/// Nobody is told.
impl Progress for () {}

/// Ends a run from outside: no more cases are put.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// From now on nothing is put any more.
    pub fn now(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the run is to end.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl Plan {
    /// Seed 0, the order of the ids, four cases at once for each processor: those over HTTP mostly wait.
    pub fn new() -> Self {
        Self {
            seed: 0,
            shuffle: None,
            jobs: 4 * thread::available_parallelism().map_or(1, NonZero::get),
            suite: None,
            stop: Stop::default(),
            progress: Arc::new(()),
        }
    }

    /// Whether a case is newer than the pinned suite.
    pub(super) fn is_new(&self, case: &Case) -> bool {
        self.suite.is_some_and(|pin| case.since > pin)
    }

    /// Puts the places of cases in the order of this plan.
    pub(super) fn order(&self, places: &mut [usize]) {
        if let Some(number) = self.shuffle {
            places.sort_by_cached_key(|place| sha256_hex(format!("{number} {place}").as_bytes()));
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
            .finish_non_exhaustive()
    }
}
