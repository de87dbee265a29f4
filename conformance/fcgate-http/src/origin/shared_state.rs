//! The state that all connections of an origin share.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::connection::Connection;

/// The connections, the open sockets, and whether the origin is being dropped.
#[derive(Default)]
pub(super) struct Record {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    connections: Vec<Connection>,
    // Weak, so that a player closes its socket by dropping it.
    open: Vec<Weak<TcpStream>>,
    /// The number of requests that have received their steps.
    requests: usize,
    stopping: bool,
    /// Why no more connections are accepted.
    failure: Option<io::Error>,
}

impl Record {
    /// The index of the new connection; `None` when the origin is being dropped.
    pub(super) fn open(&self, stream: &Arc<TcpStream>) -> Option<usize> {
        let mut state = self.lock();
        if state.stopping {
            return None;
        }
        state.open.push(Arc::downgrade(stream));
        state.connections.push(Connection::new());
        let index = state.connections.len() - 1;
        drop(state);
        self.changed.notify_all();
        Some(index)
    }

    /// Records why no more connections are accepted, unless the origin is being dropped.
    pub(super) fn fail(&self, error: io::Error) {
        let mut state = self.lock();
        if !state.stopping {
            state.failure = Some(error);
        }
    }

    /// Why no more connections are accepted.
    pub(super) fn failure(&self) -> Option<io::Error> {
        let state = self.lock();
        let error = state.failure.as_ref()?;
        // An error of the system is its number; no other is recorded.
        Some(match error.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => error.kind().into(),
        })
    }

    /// The number of the request that is answered next, counted from 0.
    pub(super) fn request(&self) -> usize {
        let mut state = self.lock();
        state.requests += 1;
        state.requests - 1
    }

    /// Wakes all waiting threads and closes all connections.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.stopping = true;
        for stream in state.open.iter().filter_map(Weak::upgrade) {
            // It fails when the client has already closed the connection.
            let _ = stream.shutdown(Shutdown::Both);
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Changes the record of one connection.
    pub(super) fn update(&self, index: usize, change: impl FnOnce(&mut Connection)) {
        if let Some(connection) = self.lock().connections.get_mut(index) {
            change(connection);
        }
        self.changed.notify_all();
    }

    /// Reads the record of one connection.
    pub(super) fn of<T>(&self, index: usize, look: impl FnOnce(&Connection) -> T) -> Option<T> {
        self.lock().connections.get(index).map(look)
    }

    pub(super) fn look<T>(&self, look: impl FnOnce(&[Connection]) -> T) -> T {
        look(&self.lock().connections)
    }

    pub(super) fn connections(&self) -> Vec<Connection> {
        self.lock().connections.clone()
    }

    pub(super) fn wait_until(
        &self,
        limit: Duration,
        wanted: impl Fn(&[Connection]) -> bool,
    ) -> bool {
        let end = self
            .changed
            .wait_timeout_while(self.lock(), limit, |state| !wanted(&state.connections));
        !end.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Waits for this long. Returns false when the origin is being dropped.
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
