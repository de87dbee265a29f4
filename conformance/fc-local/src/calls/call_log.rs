//! The calls that a server received: a bounded number, the oldest are forgotten and counted.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fcgate_http::clock;

use crate::functions::FunctionName;
use crate::resource_names::ResourceNames;

use super::received_call::ReceivedCall;

/// The most calls.
pub(crate) const MOST: usize = 10_000;
/// The most bytes of all calls.
const MOST_BYTES: usize = 64 << 20;
/// The most bytes of the payloads of one page.
const PAGE_BYTES: usize = 32 << 20;

/// Service, function and qualifier.
type Names = (Option<String>, String, Option<String>);

/// The calls that a server received.
#[derive(Debug, Default)]
pub(crate) struct CallLog {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    calls: VecDeque<Arc<ReceivedCall>>,
    bytes: usize,
    last: u64,
    forgotten: u64,
    /// How many calls each function received, the forgotten ones too. It is bounded like the calls.
    counts: BTreeMap<Names, usize>,
    is_closed: bool,
}

/// Some of the calls.
#[derive(Debug)]
pub(crate) struct CallPage {
    pub(crate) calls: Vec<Arc<ReceivedCall>>,
    /// The number of the last call that the server received; 0 before the first.
    pub(crate) last: u64,
    /// How many older calls were forgotten.
    pub(crate) forgotten: u64,
    /// Whether later calls match too.
    pub(crate) has_more: bool,
}

impl CallLog {
    /// Adds a call, and returns its number.
    pub(crate) fn add(&self, mut call: ReceivedCall) -> u64 {
        let mut state = self.lock();
        state.last += 1;
        call.number = state.last;
        state.bytes += call.bytes();
        let key = (
            call.call.service.clone(),
            call.call.function.clone(),
            call.call.qualifier.clone(),
        );
        if state.counts.len() < MOST || state.counts.contains_key(&key) {
            *state.counts.entry(key).or_default() += 1;
        }
        state.calls.push_back(Arc::new(call));
        while state.calls.len() > MOST || state.bytes > MOST_BYTES && state.calls.len() > 1 {
            let oldest = state.calls.pop_front();
            state.bytes -= oldest.map_or(0, |oldest| oldest.bytes());
            state.forgotten += 1;
        }
        let number = state.last;
        drop(state);
        self.changed.notify_all();
        number
    }

    /// Notes the status of the answer to a call.
    pub(crate) fn answered(&self, number: u64, status: Option<u16>) {
        let mut state = self.lock();
        let found = state
            .calls
            .binary_search_by_key(&number, |call| call.number);
        if let Some(call) = found.ok().and_then(|index| state.calls.get_mut(index)) {
            // A reader may hold the call: it keeps the old status.
            let mut answered = ReceivedCall::clone(call);
            answered.status = status;
            *call = Arc::new(answered);
        }
    }

    /// All kept calls that a name matches, the oldest first.
    pub(crate) fn all(&self, name: Option<&FunctionName>) -> Vec<Arc<ReceivedCall>> {
        let state = self.lock();
        let calls = state.calls.iter();
        let calls = calls.filter(|call| name.is_none_or(|name| call.is_of(name)));
        calls.map(Arc::clone).collect()
    }

    /// The calls after a number that a name matches, the oldest first.
    pub(crate) fn page(&self, name: Option<&FunctionName>, since: u64, limit: usize) -> CallPage {
        let state = self.lock();
        let matching = |call: &&Arc<ReceivedCall>| {
            call.number > since && name.is_none_or(|name| call.is_of(name))
        };
        let mut matching = state.calls.iter().filter(matching).peekable();
        let (mut calls, mut bytes) = (Vec::new(), 0);
        while let Some(call) = matching.peek() {
            bytes += call.call.payload.len();
            if calls.len() == limit || bytes > PAGE_BYTES && !calls.is_empty() {
                break;
            }
            calls.extend(matching.next().map(Arc::clone));
        }
        CallPage {
            has_more: matching.peek().is_some(),
            calls,
            last: state.last,
            forgotten: state.forgotten,
        }
    }

    /// Waits until a name has received this many calls since the last reset. `Err` has the number that came in time.
    pub(crate) fn wait(
        &self,
        name: Option<&FunctionName>,
        count: usize,
        longest: Duration,
    ) -> Result<usize, usize> {
        let end = clock::after(longest);
        let mut state = self.lock();
        loop {
            let received = state.count(name);
            if received >= count {
                return Ok(received);
            }
            let left = end.saturating_duration_since(clock::now());
            if left.is_zero() || state.is_closed {
                return Err(received);
            }
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Forgets all calls. The next call has the next number.
    pub(crate) fn clear(&self) {
        let mut state = self.lock();
        *state = State {
            last: state.last,
            is_closed: state.is_closed,
            ..State::default()
        };
    }

    /// Ends all waits, also later ones.
    pub(crate) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn count(&self, name: Option<&FunctionName>) -> usize {
        let matches = |(service, function, qualifier): &Names| {
            name.is_none_or(|name| {
                name.matches(&ResourceNames {
                    revision: "2021-04-06",
                    service: service.clone(),
                    function: function.clone(),
                    qualifier: qualifier.clone(),
                })
            })
        };
        let counts = self.counts.iter();
        counts
            .filter(|(names, _)| matches(names))
            .map(|(_, count)| count)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{CallLog, MOST, ReceivedCall};
    use crate::calls::SignatureVerdict;
    use crate::functions::{Call, CallKind};
    use crate::stop_signal::StopSignal;

    fn call(function: &str, length: usize) -> ReceivedCall {
        ReceivedCall {
            number: 0,
            call: Call {
                request_id: "r".to_owned(),
                kind: CallKind::Sync,
                service: None,
                function: function.to_owned(),
                qualifier: None,
                method: "POST".to_owned(),
                target: "/".to_owned(),
                headers: Vec::new(),
                payload: vec![b'x'; length],
                time_limit: Duration::ZERO,
                memory: 0,
                stop: StopSignal::default(),
            },
            revision: "2023-03-30",
            is_known: true,
            signature: SignatureVerdict::Accepted,
            refusal: None,
            status: None,
            failed_checks: Vec::new(),
        }
    }

    #[test]
    fn old_calls_are_forgotten_and_still_counted() {
        let log = CallLog::default();
        for _ in 0..MOST + 2 {
            log.add(call("f", 0));
        }
        let page = log.page(None, 0, usize::MAX);
        assert_eq!((page.calls.len(), page.forgotten), (MOST, 2));
        let name = "f".parse().unwrap();
        assert_eq!(
            log.wait(Some(&name), MOST + 2, Duration::ZERO),
            Ok(MOST + 2)
        );
        log.clear();
        for _ in 0..5 {
            log.add(call("g", 20 << 20));
        }
        let page = log.page(None, 0, usize::MAX);
        assert_eq!(
            (page.forgotten, page.calls.len(), page.has_more),
            (2, 1, true)
        );
        assert_eq!(page.calls[0].number, 10_005, "numbers are never used again");
    }

    #[test]
    fn a_wait_ends_with_the_call_with_the_time_limit_and_with_the_server() {
        let log = CallLog::default();
        let name = "f".parse().unwrap();
        log.add(call("g", 0));
        assert_eq!(log.wait(Some(&name), 1, Duration::ZERO), Err(0));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| log.wait(Some(&name), 1, Duration::from_secs(60)));
            log.add(call("f", 0));
            assert_eq!(waiting.join().unwrap(), Ok(1));
            let waiting = scope.spawn(|| log.wait(Some(&name), 9, Duration::from_secs(600)));
            log.close();
            assert_eq!(waiting.join().unwrap(), Err(1));
        });
    }

    #[test]
    fn an_answer_is_noted_at_its_call() {
        let log = CallLog::default();
        let numbers = [log.add(call("f", 0)), log.add(call("f", 0))];
        log.answered(numbers[1], Some(200));
        let statuses: Vec<_> = log
            .page(None, 0, 9)
            .calls
            .iter()
            .map(|call| call.status)
            .collect();
        assert_eq!(statuses, [None, Some(200)]);
    }
}
