//! One process of an adapter: sends requests to it, waits for replies, and terminates it.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use fcgate_http::clock;
use fcgate_protocol::VERSION;

use super::fault::{Fault, QUOTED};
use super::lock::lock;
use super::pending_requests::Pending;
use super::request_outcome::{ChildResponse, NoReply, Terminated};
use super::secrets::{Secret, Secrets};
use super::seq::format_seq;
use super::stderr_tail::StderrTail;
use super::stdin_writer::StdinWriter;
use super::system::{ProcessReaper, Waker};
use super::violation::Violation;

/// The time limit for the exit of a killed process. The kernel needs some time.
const KILL_LIMIT: Duration = Duration::from_secs(3);

/// A running adapter.
pub(super) struct Process {
    command: String,
    guard: ProcessReaper,
    /// Makes the `seq` of requests unpredictable.
    keys: RandomState,
    count: AtomicU64,
    parallel: AtomicUsize,
    pending: Mutex<Pending>,
    /// Signalled when `pending` changes.
    changed: Condvar,
    pub(super) stdin: StdinWriter,
    /// Wakes the output reader.
    waker: Waker,
    /// The memory of a line, kept for the next long line.
    memory: Mutex<Vec<u8>>,
    pub(super) secrets: Arc<Secrets>,
}

impl Process {
    pub(super) fn new(
        command: String,
        guard: ProcessReaper,
        keys: RandomState,
        stdin: StdinWriter,
        waker: Waker,
        secrets: Arc<Secrets>,
    ) -> Self {
        Self {
            command,
            guard,
            keys,
            count: AtomicU64::new(0),
            parallel: AtomicUsize::new(1),
            pending: Mutex::default(),
            changed: Condvar::new(),
            stdin,
            waker,
            memory: Mutex::default(),
            secrets,
        }
    }

    /// Waits until the process exits, and reaps it.
    pub(super) fn reap(&self) {
        let status = self.guard.wait();
        // Killing the remaining processes may take longer than the grace period for a closed stdout.
        self.pending().exiting = true;
        self.guard.reap();
        self.pending().exited = Some((status, clock::now()));
        self.waker.wake();
    }

    pub(super) fn pending(&self) -> MutexGuard<'_, Pending> {
        lock(&self.pending)
    }

    /// Keeps the memory of a line, because allocating long lines again and again fragments the memory.
    pub(super) fn keep_memory(&self, mut line: Vec<u8>) {
        let mut memory = lock(&self.memory);
        if line.capacity() > memory.capacity() {
            line.clear();
            *memory = line;
        }
    }

    /// Takes the kept memory.
    pub(super) fn take_memory(&self) -> Vec<u8> {
        std::mem::take(&mut lock(&self.memory))
    }

    /// Wakes the threads that wait for a change. If no thread waits, it skips the system call.
    pub(super) fn notify(&self) {
        if self.pending().waiting > 0 {
            self.changed.notify_all();
        }
    }

    /// Sets how many requests may be pending at the same time.
    pub(super) fn set_parallel(&self, parallel: usize) {
        self.parallel.store(parallel, Ordering::Relaxed);
    }

    fn next_seq(&self) -> u64 {
        self.keys
            .hash_one(self.count.fetch_add(1, Ordering::Relaxed))
    }

    /// Sends a request and waits for its reply, for at most `limit` from its first byte.
    pub(super) fn request(
        &self,
        command: &str,
        input: &impl Serialize,
        limit: Duration,
        secrets: Vec<Arc<Secret>>,
    ) -> Result<ChildResponse, NoReply> {
        let seq = self.next_seq();
        let line = request_line(seq, command, input)?;
        let (sender, response) = sync_channel(1);
        self.wait_for_capacity()?.add(seq, sender, secrets);
        let until = clock::now() + limit;
        if self.stdin.write_line(&line) {
            self.waker.wake();
        }
        drop(line);
        let no_reader =
            || NoReply::NotSent("the output reader of the adapter has ended".to_owned());
        let left = until.saturating_duration_since(clock::now());
        match response.recv_timeout(left) {
            Ok(response) => return response,
            Err(RecvTimeoutError::Disconnected) => return Err(no_reader()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let expired = self.wait_for_delivery().expire(seq);
        match expired {
            Some(reason) => {
                self.guard.kill();
                self.notify();
                Err(reason)
            }
            None => response
                .recv_timeout(KILL_LIMIT)
                .unwrap_or_else(|_| Err(no_reader())),
        }
    }

    /// Waits until all complete lines are delivered, so that a reply that was read in time does not count as late.
    fn wait_for_delivery(&self) -> MutexGuard<'_, Pending> {
        let mut pending = self.pending();
        while pending.delivering {
            pending = self.wait_for_change(pending);
        }
        pending
    }

    fn wait_for_change<'a>(&self, mut pending: MutexGuard<'a, Pending>) -> MutexGuard<'a, Pending> {
        pending.waiting += 1;
        pending = self
            .changed
            .wait(pending)
            .unwrap_or_else(PoisonError::into_inner);
        pending.waiting -= 1;
        pending
    }

    /// Waits until the process can receive another request.
    fn wait_for_capacity(&self) -> Result<MutexGuard<'_, Pending>, NoReply> {
        let mut pending = self.pending();
        loop {
            pending.check_running()?;
            // An exited process receives no further requests, even if a descendant still writes to its stdout.
            let is_exiting = pending.exited.is_some() && !pending.output_ended;
            if !is_exiting && pending.len() < self.parallel.load(Ordering::Relaxed) {
                return Ok(pending);
            }
            pending = self.wait_for_change(pending);
        }
    }

    /// Sends `bye` and closes stdin. Returns whether the process exited within `limit`.
    pub(super) fn bye(&self, limit: Duration) -> bool {
        let seq = self.next_seq();
        self.pending().add_bye(seq);
        if let Ok(line) = request_line(seq, "bye", &serde_json::Map::new()) {
            self.stdin.write_line(&line);
        }
        self.stdin.close();
        self.wait_for_output_end(limit);
        self.pending().exited.is_some()
    }

    /// The reason why the process receives no further requests, if there is one.
    pub(super) fn terminated(&self) -> Option<Terminated> {
        self.pending().terminated.clone()
    }

    /// Kills the process and its descendants, and fails all pending requests.
    pub(super) fn terminate(&self, terminated: Terminated, reason: &NoReply) {
        {
            let mut pending = self.pending();
            pending.terminated.get_or_insert(terminated);
            pending.fail_all(reason);
        }
        self.notify();
        self.guard.kill();
    }

    /// Terminates the process because it broke the protocol.
    pub(super) fn break_protocol(&self, fault: Fault) {
        let fault = self.with_context(fault);
        let reason = NoReply::Broken(fault.clone());
        self.terminate(Terminated::Broken(fault), &reason);
    }

    /// Creates a fault that quotes the wrong line.
    pub(super) fn quote_line(&self, violation: Violation, line: &[u8]) -> Fault {
        let fault = Fault::new(violation.kind, violation.text);
        match line {
            [] => fault,
            line => fault.quote(&self.secrets.redact_head(line, QUOTED), line.len()),
        }
    }

    /// Adds the command and the last lines of stderr to a fault.
    pub(super) fn with_context(&self, fault: Fault) -> Fault {
        fault
            .command(&self.command)
            .stderr_tail(self.stderr_tail().lines())
    }

    /// The last lines of stderr.
    pub(super) fn stderr_tail(&self) -> StderrTail {
        let (text, dropped) = {
            let stderr = &self.pending().stderr;
            (stderr.bytes(), stderr.dropped())
        };
        StderrTail::of(&self.secrets.redact(&text), dropped)
    }

    /// Kills the process and its descendants, and waits until they are reaped and their output is read.
    pub(super) fn kill_and_wait(&self) {
        self.guard.kill();
        self.stdin.close();
        self.wait_for_output_end(KILL_LIMIT);
    }

    /// Kills the process and its descendants without waiting.
    pub(super) fn kill(&self) {
        self.guard.kill();
    }

    fn wait_for_output_end(&self, limit: Duration) {
        let mut pending = self.pending();
        pending.waiting += 1;
        let (mut pending, _) = self
            .changed
            .wait_timeout_while(pending, limit, |pending| !pending.output_ended)
            .unwrap_or_else(PoisonError::into_inner);
        pending.waiting -= 1;
    }
}

/// Formats the line of one request.
fn request_line(seq: u64, command: &str, input: &impl Serialize) -> Result<Vec<u8>, NoReply> {
    let seq = format_seq(seq);
    let mut line = format!(r#"{{"p":{VERSION},"seq":"{seq}","cmd":"{command}","in":"#).into_bytes();
    serde_json::to_writer(&mut line, input)
        .map_err(|error| NoReply::NotSent(format!("cannot write the request as JSON: {error}")))?;
    line.extend_from_slice(b"}\n");
    Ok(line)
}
