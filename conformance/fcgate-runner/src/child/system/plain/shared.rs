//! The bytes in the pipes of one adapter, shared between the threads of the pipes and the thread that waits for them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::super::super::lock::lock;

/// The maximum number of bytes that are kept of one pipe.
pub(super) const CAPACITY: usize = 64 * 1024;

/// The state of all pipes, and the signal that it has changed.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pipes: Mutex<AllPipes>,
    changed: Condvar,
}

/// The state of all pipes.
#[derive(Debug, Default)]
pub(super) struct AllPipes {
    pub(super) stdin: Buffer,
    pub(super) stdout: Buffer,
    pub(super) stderr: Buffer,
    pub(super) is_woken: bool,
}

/// The bytes between the two ends of one pipe.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    pub(super) bytes: VecDeque<u8>,
    /// No bytes are added any more.
    pub(super) is_ended: bool,
    /// The bytes are not used any more.
    pub(super) is_closed: bool,
}

impl Buffer {
    /// The number of bytes that still fit.
    pub(super) fn room(&self) -> usize {
        CAPACITY.saturating_sub(self.bytes.len())
    }

    /// Moves the first bytes into the start of a slice, and returns their number.
    pub(super) fn take(&mut self, into: &mut [u8]) -> usize {
        let count = self.bytes.len().min(into.len());
        for (place, byte) in into.iter_mut().zip(self.bytes.drain(..count)) {
            *place = byte;
        }
        count
    }
}

impl Shared {
    /// Changes the state and tells all threads.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut AllPipes) -> T) -> T {
        let result = change(&mut lock(&self.pipes));
        self.changed.notify_all();
        result
    }

    /// Waits until the condition is true.
    pub(super) fn wait_until(
        &self,
        condition: impl Fn(&mut AllPipes) -> bool,
    ) -> MutexGuard<'_, AllPipes> {
        self.changed
            .wait_while(lock(&self.pipes), |pipes| !condition(pipes))
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the condition is true, or for this time.
    pub(super) fn wait_for(
        &self,
        limit: Duration,
        condition: impl Fn(&mut AllPipes) -> bool,
    ) -> MutexGuard<'_, AllPipes> {
        self.changed
            .wait_timeout_while(lock(&self.pipes), limit, |pipes| !condition(pipes))
            .unwrap_or_else(PoisonError::into_inner)
            .0
    }
}
