//! A process, and the thread that waits for its exit and kills what it leaves.

use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::lock::lock;
use super::system::{ExitStatus, ProcessReaper};

/// A process that is reaped when it exits. Dropping it kills the process and its descendants.
pub(super) struct ReapedProcess {
    reaper: Arc<ProcessReaper>,
    end: Arc<End>,
}

#[derive(Default)]
struct End {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default, Clone, Copy)]
struct State {
    exited: Option<ExitStatus>,
    /// The process is reaped, and the processes that it left are killed.
    is_reaped: bool,
}

impl ReapedProcess {
    /// Starts the thread that waits for the exit. It calls `on_end` after it reaped the process.
    ///
    /// # Errors
    ///
    /// If the thread cannot be started. The process is killed then.
    pub(super) fn new(
        reaper: ProcessReaper,
        on_end: impl FnOnce() + Send + 'static,
    ) -> io::Result<Self> {
        let reaper = Arc::new(reaper);
        let end = Arc::<End>::default();
        let process = Self {
            reaper: Arc::clone(&reaper),
            end: Arc::clone(&end),
        };
        let wait = move || {
            let status = reaper.wait();
            end.change(|state| state.exited = Some(status));
            reaper.reap();
            end.change(|state| state.is_reaped = true);
            on_end();
        };
        let thread = thread::Builder::new().name("process-wait".to_owned());
        let started = thread.spawn(wait);
        started.inspect_err(|_| process.reaper.kill_and_reap())?;
        Ok(process)
    }

    /// Kills the process and its descendants without waiting.
    pub(super) fn kill(&self) {
        self.reaper.kill();
    }

    /// The exit status, if the process has exited.
    pub(super) fn exited(&self) -> Option<ExitStatus> {
        lock(&self.end.state).exited
    }

    /// Waits for the exit of the process, for at most this time.
    pub(super) fn wait_for_exit(&self, limit: Duration) -> Option<ExitStatus> {
        self.end.wait(limit, |state| state.exited.is_some()).exited
    }

    /// Waits until the process has exited and everything that it left is killed, for at most this time.
    pub(super) fn wait(&self, limit: Duration) -> Option<ExitStatus> {
        let state = self.end.wait(limit, |state| state.is_reaped);
        state.exited.filter(|_| state.is_reaped)
    }
}

impl End {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut lock(&self.state));
        self.changed.notify_all();
    }

    fn wait(&self, limit: Duration, is_over: impl Fn(&State) -> bool) -> State {
        let (state, _) = self
            .changed
            .wait_timeout_while(lock(&self.state), limit, |state| !is_over(state))
            .unwrap_or_else(PoisonError::into_inner);
        *state
    }
}

impl Drop for ReapedProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
