//! The time limits of the cases of a client that completes no invocation, and of one that does.

use std::sync::Mutex;

use fcgate_cases::Claims;
use fcgate_protocol::{
    Hello, Implementation, InvokeInput, InvokeOutput, Outcome, OutcomeKind, Reply, TransportClass,
};
use fcgate_runner::{InProcess, Plan, run};

use crate::small_corpus::small_corpus;

/// Reports this class of transport error for every invocation, and keeps the limits that it received.
struct Failing {
    class: TransportClass,
    limits: Mutex<Vec<u64>>,
}

impl Implementation for Failing {
    fn hello(&self) -> Hello {
        Hello::new("failing", "1.0.0", "rust")
            .claim("invoke")
            .claim("sign.fc")
            .revision("2021-04-06")
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        self.limits.lock().unwrap().push(input.timeout_ms);
        let mut outcome = Outcome::new(OutcomeKind::TransportError);
        outcome.class = Some(self.class);
        Reply::Ok(InvokeOutput::new(outcome))
    }
}

/// Returns the limits that the client received, and the notes about them.
fn run_with(class: TransportClass) -> (Vec<u64>, Vec<String>) {
    let client = Failing {
        class,
        limits: Mutex::default(),
    };
    let claims = Claims::of(&client.hello());
    let is_invoke = |case: &fcgate_cases::corpus::Case| case.id.starts_with("invoke.");
    let results = run(
        &small_corpus(),
        &InProcess::new(&client),
        &claims,
        &Plan::new(),
        &is_invoke,
    )
    .results;
    let notes = results.into_iter().filter_map(|result| result.note);
    let notes = notes.filter(|note| note.contains("time limit")).collect();
    (client.limits.into_inner().unwrap(), notes)
}

#[test]
fn the_limits_of_a_client_that_completes_no_invocation_shrink() {
    let (limits, notes) = run_with(TransportClass::Timeout);
    assert_eq!(limits[..3], [2000; 3]);
    assert!(limits.len() > 3 && limits[3..].iter().all(|limit| *limit == 100));
    let expected = "the time limit of the case was 100 ms, because 3 plain invocations did not end within 2000 ms each";
    assert!(!notes.is_empty() && notes.iter().all(|note| note == expected));
}

#[test]
fn the_limits_of_a_client_with_another_failure_stay() {
    let (limits, notes) = run_with(TransportClass::Other);
    assert!(!limits.contains(&100) && limits.contains(&10_000));
    assert_eq!(notes, [""; 0]);
}
