//! The state that all connections of a server share.

use std::net::Shutdown;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use fcgate_http::answer::Observer;
use fcgate_http::clock;
use fcgate_http::request::RequestError;

use super::body_budget::BodyBudget;
use super::exchange::{Context, Exchange};
use super::limits::Limits;
use super::log_sink::LogSink;
use super::losses::Losses;
use super::open_connections::OpenConnections;
use super::received_request::ReceivedRequest;
use super::request_files::RequestFiles;
use super::session_record::SessionRecord;
use super::tls::Tls;
use super::{log, request_files};

pub(super) struct ServerState {
    pub(super) context: Context,
    pub(super) slow: Duration,
    pub(super) limits: Limits,
    pub(super) body_budget: BodyBudget,
    files: Option<RequestFiles>,
    pub(super) tls: Option<Tls>,
    log: LogSink,
    state: Mutex<State>,
    /// Notified when a connection ends and when the server stops or shuts down: all waits are for these. A request
    /// notifies no thread, because each notification is a system call.
    changed: Condvar,
}

struct State {
    record: SessionRecord,
    /// The number of requests that were read.
    requests: u64,
    /// The number of requests that are being answered.
    busy: usize,
    /// When the server last received or answered a request.
    last: Instant,
    stopped: bool,
    closing: bool,
    connections: OpenConnections,
}

/// A request that has not been answered yet.
pub(super) struct Answering<'a> {
    server: &'a ServerState,
    /// The number of the request, counted from 1.
    pub(super) number: u64,
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        self.server.answered();
    }
}

impl ServerState {
    pub(super) fn new(
        context: Context,
        slow: Duration,
        limits: Limits,
        files: Option<RequestFiles>,
        tls: Option<Tls>,
        log: LogSink,
    ) -> Self {
        Self {
            context,
            slow,
            limits,
            body_budget: BodyBudget::default(),
            files,
            tls,
            log,
            state: Mutex::new(State {
                record: SessionRecord::default(),
                requests: 0,
                busy: 0,
                last: clock::now(),
                stopped: false,
                closing: false,
                connections: OpenConnections::default(),
            }),
            changed: Condvar::new(),
        }
    }

    /// Registers a request. The request counts as answered when the returned value is dropped.
    pub(super) fn begin(&self) -> Answering<'_> {
        let mut state = self.lock();
        state.requests += 1;
        state.busy += 1;
        state.last = clock::now();
        Answering {
            server: self,
            number: state.requests,
        }
    }

    /// Judges a request.
    pub(super) fn judge(
        &self,
        number: u64,
        incoming: &Result<ReceivedRequest, RequestError>,
    ) -> Exchange {
        let request_id = format!("00000000-0000-4000-8000-{number:012x}");
        match incoming {
            Ok(received) => {
                let is_new = |nonce: &str| self.lock().record.is_new(nonce);
                self.context.exchange(received, &request_id, is_new)
            }
            Err(error) => self.context.malformed(*error, &request_id),
        }
    }

    /// Logs and records a request.
    ///
    /// This happens before the answer is sent, so that the report has every request that was answered.
    pub(super) fn keep(
        &self,
        incoming: &Result<ReceivedRequest, RequestError>,
        exchange: Exchange,
    ) {
        let received = incoming.as_ref().ok();
        let mut state = self.lock();
        let id = state.record.id(&exchange.scenario);
        let block = log::block(&id, &exchange);
        state.record.note(received, exchange);
        let number = state.requests;
        // The lock is still held, so that blocks are logged in the order of their numbers.
        (self.log)(&block);
        drop(state);
        if let (Some(files), Some(received)) = (&self.files, received) {
            self.write_file(files, &id, number, received);
        }
    }

    fn write_file(&self, files: &RequestFiles, id: &str, number: u64, received: &ReceivedRequest) {
        if number > request_files::MOST {
            self.lose(|losses| losses.unwritten_files += 1);
        } else if let Err(error) = files.write(id, received) {
            self.lose(|losses| {
                losses.file_error.get_or_insert_with(|| error.to_string());
            });
        }
    }

    fn answered(&self) {
        let mut state = self.lock();
        state.busy = state.busy.saturating_sub(1);
        state.last = clock::now();
    }

    /// Waits until the server is stopped, or until it has had no request for this time.
    ///
    /// Requests do not end the wait: it goes on for what is left of the time since the last one.
    pub(super) fn wait(&self, until_idle: Option<Duration>) {
        let mut state = self.lock();
        while !state.stopped {
            let is_busy = state.busy > 0 || state.connections.has_request();
            let left = until_idle.map(|idle| {
                if is_busy {
                    // A request is being received or answered, so the idle time has not started.
                    idle
                } else {
                    (state.last + idle).saturating_duration_since(clock::now())
                }
            });
            state = match left {
                Some(Duration::ZERO) => return,
                Some(left) => {
                    let waited = self.changed.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => {
                    let waited = self.changed.wait(state);
                    waited.unwrap_or_else(PoisonError::into_inner)
                }
            };
        }
    }

    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    /// Wakes all waiting threads, and ends every connection after the requests that have received.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closing = true;
        state.connections.shut_down(Shutdown::Read);
        drop(state);
        self.changed.notify_all();
    }

    /// Waits for asynchronous calls. Those that do not end in time are cut, logged and counted.
    fn end_background(&self) {
        let cut = self.context.background.end(self.limits.background);
        for call in &cut {
            self.write_log(&format!("{call}: the server ended\n"));
        }
        self.lose(|losses| losses.cut_background = cut.len());
    }

    /// Waits until all connections and all asynchronous calls have ended. Those that do not end in time are cut.
    pub(super) fn end_connections(&self, grace: Duration) {
        let is_open = |state: &mut State| state.connections.count() > 0;
        let waited = self.changed.wait_timeout_while(self.lock(), grace, is_open);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.connections.shut_down(Shutdown::Both);
        drop(state);
        self.end_background();
        // A function that still runs would keep its connection open.
        self.context.functions.end();
        drop(self.changed.wait_while(self.lock(), is_open));
    }

    /// Records that a request arrives on a connection.
    pub(super) fn set_busy(&self, number: u64) {
        self.lock().connections.set_busy(number);
    }

    /// Waits until there is room for one more connection or the server shuts down.
    pub(super) fn wait_for_room(&self, longest: Duration) {
        while !self.is_closing() && self.count_connections() >= self.limits.connections {
            self.make_room(longest);
        }
    }

    /// Closes the connection that has been idle the longest, and waits until a connection has ended or the server
    /// shuts down, but not longer than `longest`.
    pub(super) fn make_room(&self, longest: Duration) {
        let mut state = self.lock();
        let ended = state.connections.ended();
        state.connections.close_longest_idle(clock::now());
        let waited = self.changed.wait_timeout_while(state, longest, |state| {
            !state.closing && state.connections.ended() == ended
        });
        drop(waited);
    }

    /// The number of open connections.
    pub(super) fn count_connections(&self) -> usize {
        self.lock().connections.count()
    }

    /// Changes the state of the connections.
    pub(super) fn with_connections<T>(&self, change: impl FnOnce(&mut OpenConnections) -> T) -> T {
        change(&mut self.lock().connections)
    }

    /// Removes a connection that has ended, and wakes all threads that wait for that.
    pub(super) fn remove_connection(&self, number: u64) {
        self.lock().connections.remove(number);
        self.changed.notify_all();
    }

    /// Forgets the calls, the answers that wait, the tasks and the asynchronous calls. Scripts start again.
    pub(super) fn reset(&self) {
        let context = &self.context;
        context.functions.start_again();
        context.background.clear();
        context.tasks.clear();
        if let Some(calls) = &context.calls {
            calls.clear();
        }
    }

    /// Records a loss.
    pub(super) fn lose(&self, record: impl FnOnce(&mut Losses)) {
        record(self.lock().record.losses());
    }

    /// Writes a block that is not about a request into the log.
    pub(super) fn write_log(&self, block: &str) {
        (self.log)(block);
    }

    pub(super) fn is_closing(&self) -> bool {
        self.lock().closing
    }

    pub(super) fn take_record(&self) -> SessionRecord {
        std::mem::take(&mut self.lock().record)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for ServerState {
    fn pause(&self, length: Duration) -> bool {
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), length, |state| !state.closing);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !state.closing
    }

    fn hold(&self) {
        drop(self.changed.wait_while(self.lock(), |state| !state.closing));
    }
}
