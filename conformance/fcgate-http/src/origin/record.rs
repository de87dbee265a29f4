//! What all connections of an origin share.

use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::heard::Heard;

/// What was heard, the sockets that are open, and whether it is time to stop.
#[derive(Default)]
pub(super) struct Record {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    heard: Vec<Heard>,
    // Weak, so that a player that drops its socket really closes it.
    open: Vec<Weak<TcpStream>>,
    /// How many requests were given their steps.
    requests: usize,
    stopping: bool,
}

impl Record {
    /// The index of the new connection; none when the origin is being dropped.
    pub(super) fn open(&self, stream: &Arc<TcpStream>) -> Option<usize> {
        let mut state = self.lock();
        if state.stopping {
            return None;
        }
        state.open.push(Arc::downgrade(stream));
        state.heard.push(Heard::default());
        let index = state.heard.len() - 1;
        drop(state);
        self.changed.notify_all();
        Some(index)
    }

    /// The number of the request that is to be answered now, counted from 0.
    pub(super) fn request(&self) -> usize {
        let mut state = self.lock();
        state.requests += 1;
        state.requests - 1
    }

    /// Wakes and ends everything that waits.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.stopping = true;
        for stream in state.open.iter().filter_map(Weak::upgrade) {
            // It fails when the peer was faster.
            let _ = stream.shutdown(Shutdown::Both);
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Changes what is known of one connection.
    pub(super) fn note(&self, index: usize, change: impl FnOnce(&mut Heard)) {
        if let Some(heard) = self.lock().heard.get_mut(index) {
            change(heard);
        }
        self.changed.notify_all();
    }

    /// Looks at what is known of one connection.
    pub(super) fn of<T>(&self, index: usize, look: impl FnOnce(&Heard) -> T) -> Option<T> {
        self.lock().heard.get(index).map(look)
    }

    pub(super) fn look<T>(&self, look: impl FnOnce(&[Heard]) -> T) -> T {
        look(&self.lock().heard)
    }

    pub(super) fn heard(&self) -> Vec<Heard> {
        self.lock().heard.clone()
    }

    pub(super) fn wait_until(&self, limit: Duration, wanted: impl Fn(&[Heard]) -> bool) -> bool {
        let end = self
            .changed
            .wait_timeout_while(self.lock(), limit, |state| !wanted(&state.heard));
        !end.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Waits for that long, or until the origin is dropped: then it says false.
    pub(super) fn pause(&self, length: Duration) -> bool {
        let end = self
            .changed
            .wait_timeout_while(self.lock(), length, |state| !state.stopping);
        let (state, _) = end.unwrap_or_else(PoisonError::into_inner);
        !state.stopping
    }

    /// Waits until the origin is dropped.
    pub(super) fn hold(&self) {
        drop(
            self.changed
                .wait_while(self.lock(), |state| !state.stopping),
        );
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
