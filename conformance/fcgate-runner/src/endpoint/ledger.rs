//! Which cases are open, and what arrived for each.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fcgate_cases::corpus::CannedAnswer;
use fcgate_cases::judge::Arrivals;
use fcgate_cases::oracle::WireRequest;
use fcgate_protocol::{Credentials, Scheme};

use super::nonces::Nonces;
use super::stage::Stage;

/// The open cases by function name.
#[derive(Debug, Default)]
pub(super) struct Ledger(Mutex<BTreeMap<String, Entry>>);

#[derive(Debug)]
struct Entry {
    scheme: Scheme,
    credentials: Credentials,
    /// What the common server answers: the last holds for all requests that follow.
    answers: Vec<CannedAnswer>,
    /// How many of them were given.
    given: usize,
    stage: Arc<Stage>,
    arrivals: Arrivals,
    nonces: Nonces,
    /// How many requests there were on the stage when the case was closed.
    closed: Option<usize>,
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
        (stage, answers): (Stage, Vec<CannedAnswer>),
    ) {
        let entry = Entry {
            scheme,
            credentials,
            answers,
            given: 0,
            stage: Arc::new(stage),
            arrivals: Arrivals::new(),
            nonces: Nonces::default(),
            closed: None,
            late: 0,
        };
        self.lock().insert(function.to_owned(), entry);
    }

    /// What an open case needs; a request for a closed one is late.
    pub(super) fn terms(&self, function: &str) -> Option<Terms> {
        let mut entries = self.lock();
        let entry = entries.get_mut(function)?;
        if entry.closed.is_some() {
            entry.late += 1;
            return None;
        }
        let answer = entry.answers.get(entry.given).or(entry.answers.last())?;
        entry.given += 1;
        Some(Terms {
            scheme: entry.scheme,
            credentials: entry.credentials.clone(),
            answer: answer.clone(),
        })
    }

    /// Notes a request, and whether it was refused.
    pub(super) fn record(&self, function: &str, request: &WireRequest, refusal: Option<String>) {
        if let Some(entry) = self.lock().get_mut(function) {
            entry.arrivals.push(entry.nonces.of(request, refusal));
        }
    }

    pub(super) fn close(&self, function: &str, given_up: bool) -> Arrivals {
        let Some((stage, scheme, credentials)) = self.lock().get(function).map(|entry| {
            let stage = Arc::clone(&entry.stage);
            (stage, entry.scheme, entry.credentials.clone())
        }) else {
            return Arrivals::new();
        };
        // Requests may still be on their way to the stage, and other cases must not wait for them.
        let staged = stage.arrivals(function, scheme, &credentials, given_up);
        let mut entries = self.lock();
        let Some(entry) = entries.get_mut(function) else {
            return staged;
        };
        entry.closed = Some(staged.len());
        let mut arrivals = std::mem::take(&mut entry.arrivals);
        arrivals.extend(staged);
        arrivals
    }

    /// How many requests arrived for a name after it was closed.
    pub(super) fn late(&self, function: &str) -> usize {
        self.lock().get(function).map_or(0, |entry| {
            let staged = entry
                .closed
                .map_or(0, |before| entry.stage.requests().saturating_sub(before));
            entry.late + staged
        })
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
