//! The open cases, and the requests that arrived for each.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use fcgate_cases::judge::Arrival;
use fcgate_http::answer::Response;
use fcgate_protocol::{Credentials, Scheme};

use super::case_listeners::CaseListeners;
use super::function_name::function_name_of_bytes;
use super::nonces::Nonces;
use super::received;
use crate::shortage;

/// The number of closed cases whose listeners stay open for late requests. Each holds descriptors.
const KEPT: usize = 16;

/// The open cases by function name, and the nonces of the run.
#[derive(Debug, Default)]
pub(super) struct OpenCases {
    entries: Mutex<BTreeMap<String, Entry>>,
    /// The closed cases whose listeners are still open, the oldest first.
    kept: Mutex<VecDeque<String>>,
    nonces: Nonces,
    failure: OnceLock<String>,
}

#[derive(Debug)]
struct Entry {
    scheme: Scheme,
    credentials: Credentials,
    /// The responses of the common server. The last is sent to all requests that follow.
    responses: Vec<Response>,
    /// The number of responses that were sent.
    sent: usize,
    /// `None` when the case has been closed for a while.
    listeners: Option<Arc<CaseListeners>>,
    /// The requests at the common server.
    arrivals: Vec<Arrival>,
    /// The number of requests that the listeners had received when the case was closed.
    closed: Option<usize>,
    late: usize,
}

/// The data that the endpoint needs to verify and answer one request.
#[derive(Debug)]
pub(super) struct RequestContext {
    pub(super) scheme: Scheme,
    pub(super) credentials: Credentials,
    pub(super) response: Response,
}

impl OpenCases {
    /// Records that the endpoint lost a connection, so that no later result says anything about the client. The first
    /// reason is kept.
    pub(super) fn fail(&self, error: &io::Error) {
        self.failure.get_or_init(|| shortage::described(error));
    }

    /// As [`fail`](Self::fail), for a connection to the server of the endpoint.
    pub(super) fn fail_server(&self, error: &io::Error) {
        self.failure
            .get_or_init(|| shortage::described_of_server(error));
    }

    /// Why the endpoint lost a connection, if it did.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
    }

    pub(super) fn open(
        &self,
        function: &str,
        scheme: Scheme,
        credentials: Credentials,
        (listeners, responses): (CaseListeners, Vec<Response>),
    ) {
        let entry = Entry {
            scheme,
            credentials,
            responses,
            sent: 0,
            listeners: Some(Arc::new(listeners)),
            arrivals: Vec::new(),
            closed: None,
            late: 0,
        };
        self.lock().insert(function.to_owned(), entry);
    }

    /// The context of an open case. A request for a closed case is counted as late.
    pub(super) fn context(&self, function: &str) -> Option<RequestContext> {
        let mut entries = self.lock();
        let entry = entries.get_mut(function)?;
        if entry.closed.is_some() {
            entry.late += 1;
            return None;
        }
        let response = entry.responses.get(entry.sent);
        let response = response.or(entry.responses.last())?.clone();
        entry.sent += 1;
        Some(RequestContext {
            scheme: entry.scheme,
            credentials: entry.credentials.clone(),
            response,
        })
    }

    /// Records the bytes of a request for the open case that they name; `next` are those that arrived with its end.
    pub(super) fn record(&self, bytes: &[u8], next: &[u8]) {
        let Some(function) = function_name_of_bytes(bytes) else {
            return;
        };
        let arrival = received::arrival(bytes, next, &self.nonces);
        if let Some(entry) = self.lock().get_mut(&function)
            && entry.closed.is_none()
        {
            entry.arrivals.push(arrival);
        }
    }

    pub(super) fn close(&self, function: &str, gave_up: bool) -> Vec<Arrival> {
        let listeners = self.lock().get(function).and_then(Entry::listeners);
        let Some(listeners) = listeners else {
            return Vec::new();
        };
        // This may wait for requests, and other cases must not wait: the lock is not held.
        let received = listeners.arrivals(&self.nonces, gave_up);
        let mut entries = self.lock();
        let Some(entry) = entries.get_mut(function) else {
            return received;
        };
        entry.closed = Some(received.len());
        // A late request gets none of them, and a self-test has the cases of many runs in memory at the same time.
        entry.responses = Vec::new();
        let mut arrivals = std::mem::take(&mut entry.arrivals);
        arrivals.extend(received);
        drop(entries);
        if let Some(error) = listeners.failure() {
            self.fail(&error);
        }
        self.end_oldest(function);
        arrivals
    }

    /// Keeps the listeners of a closed case, and ends those of the oldest one.
    fn end_oldest(&self, closed: &str) {
        let oldest = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push_back(closed.to_owned());
            if kept.len() <= KEPT {
                return;
            }
            kept.pop_front()
        };
        let listeners = oldest.and_then(|oldest| {
            let mut entries = self.lock();
            let entry = entries.get_mut(&oldest)?;
            entry.late = entry.late();
            entry.listeners.take()
        });
        // Ending a listener waits for its threads: the lock is not held.
        drop(listeners);
    }

    /// The number of requests that arrived for a name after it was closed.
    pub(super) fn late(&self, function: &str) -> usize {
        self.lock().get(function).map_or(0, Entry::late)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn listeners(&self) -> Option<Arc<CaseListeners>> {
        self.listeners.as_ref().map(Arc::clone)
    }

    /// The number of requests after the case was closed.
    fn late(&self) -> usize {
        let (Some(listeners), Some(before)) = (&self.listeners, self.closed) else {
            return self.late;
        };
        self.late + listeners.requests().saturating_sub(before)
    }
}
