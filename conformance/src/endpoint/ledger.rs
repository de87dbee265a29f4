//! Which cases are open, and what arrived for each.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::corpus::CannedAnswer;
use crate::judge::{Arrival, Arrivals};
use crate::protocol::{Credentials, Scheme};

/// The open cases by function name.
#[derive(Debug, Default)]
pub(super) struct Ledger(Mutex<BTreeMap<String, Entry>>);

#[derive(Debug)]
struct Entry {
    scheme: Scheme,
    credentials: Credentials,
    answer: CannedAnswer,
    arrivals: Arrivals,
    closed: bool,
    late: usize,
}

/// What the endpoint needs to verify and answer one request.
#[derive(Debug)]
pub(super) struct Terms {
    pub(super) scheme: Scheme,
    pub(super) credentials: Credentials,
    pub(super) answer: CannedAnswer,
}

impl Ledger {
    pub(super) fn open(
        &self,
        function: &str,
        scheme: Scheme,
        credentials: Credentials,
        answer: CannedAnswer,
    ) {
        let entry = Entry {
            scheme,
            credentials,
            answer,
            arrivals: Arrivals::new(),
            closed: false,
            late: 0,
        };
        self.lock().insert(function.to_owned(), entry);
    }

    /// What an open case needs; a request for a closed one is late.
    pub(super) fn terms(&self, function: &str) -> Option<Terms> {
        let mut entries = self.lock();
        let entry = entries.get_mut(function)?;
        if entry.closed {
            entry.late += 1;
            return None;
        }
        Some(Terms {
            scheme: entry.scheme,
            credentials: entry.credentials.clone(),
            answer: entry.answer.clone(),
        })
    }

    pub(super) fn record(&self, function: &str, arrival: Arrival) {
        if let Some(entry) = self.lock().get_mut(function) {
            entry.arrivals.push(arrival);
        }
    }

    pub(super) fn close(&self, function: &str) -> Arrivals {
        self.lock()
            .get_mut(function)
            .map(|entry| {
                entry.closed = true;
                std::mem::take(&mut entry.arrivals)
            })
            .unwrap_or_default()
    }

    /// How many requests arrived for a name after it was closed.
    pub(super) fn late(&self, function: &str) -> usize {
        self.lock().get(function).map_or(0, |entry| entry.late)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
