//! The checks of the requests that arrived for a case.

use fcgate_cases::corpus::{InvokeExpectation, InvokeGiven};
use fcgate_cases::judge::{self, Arrivals, Check};
use fcgate_protocol::{Capabilities, InvokeOutput, Outcome, OutcomeKind, Reply};

/// The failed checks of what arrived, with their actual values.
pub(crate) fn failed(given: &InvokeGiven, arrivals: &Arrivals) -> Vec<String> {
    let outcome = Outcome::new(OutcomeKind::Completed);
    let expect = InvokeExpectation {
        outcome: Some(Box::new(outcome.clone())),
        absent: Vec::new(),
        payload_repeat: None,
        requests: Some(u32::try_from(arrivals.requests.len()).unwrap()),
        not_injected: Vec::new(),
    };
    let reply = Reply::Ok(InvokeOutput::new(outcome));
    let checks = judge::invoke(given, &expect, &Capabilities::all(), &reply, arrivals);
    let failed = checks.iter().filter(|check| check.failed());
    let shown =
        |check: &Check| format!("{}: {}", check.id, check.actual_text().unwrap_or_default());
    failed.map(shown).collect()
}
