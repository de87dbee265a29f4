//! The signal that a running call is to end, because its result is not wanted any more.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fcgate_http::clock;

/// A signal that is set once. Clones are the same signal.
#[derive(Debug, Clone, Default)]
pub(crate) struct StopSignal(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    is_set: Mutex<bool>,
    set: Condvar,
}

impl StopSignal {
    pub(crate) fn set(&self) {
        *self.lock() = true;
        self.0.set.notify_all();
    }

    pub(crate) fn is_set(&self) -> bool {
        *self.lock()
    }

    /// Waits until the signal is set, but not longer than this. Returns whether it is set.
    pub(crate) fn wait(&self, longest: Duration) -> bool {
        let end = clock::after(longest);
        let mut is_set = self.lock();
        while !*is_set {
            let left = end.saturating_duration_since(clock::now());
            if left.is_zero() {
                return false;
            }
            let waited = self.0.set.wait_timeout(is_set, left);
            is_set = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.0.is_set.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartialEq for StopSignal {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for StopSignal {}
