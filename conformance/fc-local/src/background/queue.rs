//! The asynchronous calls of a server: those that run and those that wait, with a bound.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::functions::{Call, OwnFunction};
use crate::log_sink::LogSink;
use crate::request_time::Clock;
use crate::service_error::ServiceError;
use crate::stop_signal::StopSignal;
use crate::tasks::{TaskRun, Tasks};

use super::job::Job;

/// The most calls that run and wait. A payload has 128 KB at most, so that they take 128 MB.
const MOST: usize = 1_000;
/// How long the calls that the end of the server stops may take to notice it.
const LAST_WAIT: Duration = Duration::from_secs(1);

/// The asynchronous calls of a server.
#[derive(Clone)]
pub(crate) struct BackgroundCalls(Arc<Shared>);

struct Shared {
    tasks: Arc<Tasks>,
    clock: Clock,
    log: LogSink,
    state: Mutex<State>,
    /// Notified when a call ends.
    ended: Condvar,
}

#[derive(Default)]
struct State {
    /// The places that are taken: the calls that run, wait, or are being accepted.
    taken: usize,
    functions: BTreeMap<String, Calls>,
    numbers: u64,
    is_closing: bool,
}

/// The calls of one function.
#[derive(Default)]
struct Calls {
    running: BTreeMap<u64, Running>,
    waiting: VecDeque<(Job, Place)>,
}

struct Running {
    text: String,
    stop: StopSignal,
}

/// The place of one call. It is free again when the value is dropped.
pub(crate) struct Place(Arc<Shared>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.lock().taken -= 1;
        self.0.ended.notify_all();
    }
}

impl BackgroundCalls {
    pub(crate) fn new(tasks: Arc<Tasks>, clock: Clock, log: LogSink) -> Self {
        Self(Arc::new(Shared {
            tasks,
            clock,
            log,
            state: Mutex::default(),
            ended: Condvar::new(),
        }))
    }

    /// Takes a place for a call.
    pub(crate) fn reserve(&self) -> Result<Place, ServiceError> {
        let mut state = self.0.lock();
        if state.is_closing || state.taken == MOST {
            let message = format!("{MOST} asynchronous calls run or wait; no more are accepted");
            let error = ServiceError::new(429, "ResourceExhausted", message);
            return Err(
                error.assumed("no source has the answer to an asynchronous call beyond the queue")
            );
        }
        state.taken += 1;
        drop(state);
        Ok(Place(Arc::clone(&self.0)))
    }

    /// Runs a call in the background, at once or when the function has room for it.
    pub(crate) fn start(
        &self,
        place: Place,
        function: &Arc<OwnFunction>,
        call: Call,
        run: TaskRun,
    ) -> Result<(), ServiceError> {
        let job = Job {
            function: Arc::clone(function),
            call,
            run,
        };
        let mut state = self.0.lock();
        state
            .functions
            .entry(job.key())
            .or_default()
            .waiting
            .push_back((job, place));
        drop(state);
        self.run_waiting(&function.name.to_string())
    }

    /// Starts a thread if the function has room for one of its waiting calls.
    fn run_waiting(&self, key: &str) -> Result<(), ServiceError> {
        let Some((number, job, place)) = self.0.next(key) else {
            return Ok(());
        };
        let (shared, name) = (Arc::clone(&self.0), key.to_owned());
        // A thread that cannot be started drops its closure, so the call is passed in a slot.
        let slot = Arc::new(Mutex::new(Some((number, job, place))));
        let taken = Arc::clone(&slot);
        let started = thread::Builder::new()
            .name("asynchronous call".to_owned())
            .spawn(move || {
                let mut next = take(&taken);
                while let Some((number, job, place)) = next {
                    shared.run(&job);
                    shared.remove(&name, number);
                    drop(place);
                    next = shared.next(&name);
                }
            });
        let Err(error) = started else {
            return Ok(());
        };
        if let Some((number, job, place)) = take(&slot) {
            self.0.remove(key, number);
            job.run.stop.set();
            // The task that was added for the call has ended.
            job.run(&self.0.tasks, || self.0.clock.now());
            drop(place);
        }
        let message = format!("no thread can be started for an asynchronous call: {error}");
        Err(ServiceError::new(500, "InternalServerError", message))
    }

    /// Stops the calls that run, and drops those that wait.
    pub(crate) fn clear(&self) {
        drop(self.0.stop_all());
    }

    /// Waits until all calls have ended, but not longer than this. The others are stopped.
    /// Returns them, one line each.
    pub(crate) fn end(&self, grace: Duration) -> Vec<String> {
        let mut state = self.0.lock();
        state.is_closing = true;
        let has_calls = |state: &mut State| state.taken > 0;
        let waited = self.0.ended.wait_timeout_while(state, grace, has_calls);
        drop(waited);
        let cut = self.0.stop_all();
        let state = self.0.lock();
        drop(self.0.ended.wait_timeout_while(state, LAST_WAIT, has_calls));
        cut
    }
}

type Slot = Mutex<Option<(u64, Job, Place)>>;

fn take(slot: &Slot) -> Option<(u64, Job, Place)> {
    slot.lock().unwrap_or_else(PoisonError::into_inner).take()
}

impl Shared {
    /// The next waiting call of a function, if the function has room for it.
    fn next(&self, key: &str) -> Option<(u64, Job, Place)> {
        let mut state = self.lock();
        state.numbers += 1;
        let number = state.numbers;
        let calls = state.functions.get_mut(key)?;
        let (first, _) = calls.waiting.front()?;
        if calls.running.len() >= first.function.settings.concurrency.max(1) {
            return None;
        }
        let (job, place) = calls.waiting.pop_front()?;
        let running = Running {
            text: job.describe(),
            stop: job.call.stop.clone(),
        };
        calls.running.insert(number, running);
        Some((number, job, place))
    }

    fn run(&self, job: &Job) {
        let lines = job.run(&self.tasks, || self.clock.now());
        (self.log)(&format!("{}\n", lines.join("\n")));
    }

    fn remove(&self, key: &str, number: u64) {
        let mut state = self.lock();
        if let Some(calls) = state.functions.get_mut(key) {
            calls.running.remove(&number);
            if calls.running.is_empty() && calls.waiting.is_empty() {
                state.functions.remove(key);
            }
        }
    }

    /// Stops the calls that run, and drops those that wait. Returns all of them.
    fn stop_all(&self) -> Vec<String> {
        let mut stopped = Vec::new();
        let mut dropped = Vec::new();
        let mut state = self.lock();
        for calls in state.functions.values_mut() {
            for running in calls.running.values() {
                running.stop.set();
                stopped.push(format!("{}: stopped while it ran", running.text));
            }
            dropped.extend(calls.waiting.drain(..));
        }
        drop(state);
        // Without the lock, because the places of these calls are free now.
        for (job, _place) in dropped {
            job.run.stop.set();
            stopped.push(format!("{}: dropped before it ran", job.describe()));
        }
        stopped
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for BackgroundCalls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.0.lock();
        f.debug_struct("BackgroundCalls")
            .field("taken", &state.taken)
            .finish_non_exhaustive()
    }
}
