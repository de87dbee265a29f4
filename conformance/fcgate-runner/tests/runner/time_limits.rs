//! The time limits of the cases of a client that completes no invocation, and of one that does.

use std::io::Read as _;
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::Duration;

use fcgate_cases::Claims;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::Status;
use fcgate_protocol::{
    Hello, Implementation, InvokeInput, InvokeOutput, Outcome, OutcomeKind, Reply, TransportClass,
};
use fcgate_reference::Reference;
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

/// The case of [`Busy`], and its limit.
const SHORT: (&str, u64) = ("invoke.time-limits.class", 300);

/// The reference on a busy machine: the limit of its first calls of the case passes before it sends the request.
struct Busy {
    late_calls: usize,
    calls: Mutex<usize>,
}

impl Implementation for Busy {
    fn hello(&self) -> Hello {
        Reference.hello()
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        if input.timeout_ms != SHORT.1 {
            return Reference.invoke(input);
        }
        let number = {
            let mut calls = self.calls.lock().unwrap();
            *calls += 1;
            *calls
        };
        if number > self.late_calls {
            return Reference.invoke(input);
        }
        let authority = input.endpoint.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(authority).unwrap();
        let limit = Duration::from_millis(input.timeout_ms);
        stream.set_read_timeout(Some(limit)).unwrap();
        stream.read_exact(&mut [0]).unwrap_err();
        let mut outcome = Outcome::new(OutcomeKind::TransportError);
        outcome.class = Some(TransportClass::Timeout);
        Reply::Ok(InvokeOutput::new(outcome))
    }
}

/// Returns the status of the case, and the number of its calls.
fn run_busy(late_calls: usize) -> (Status, usize) {
    let client = Busy {
        late_calls,
        calls: Mutex::default(),
    };
    let claims = Claims::of(&client.hello());
    let results = run(
        &Corpus::embedded().unwrap(),
        &InProcess::new(&client),
        &claims,
        &Plan::new(),
        &|case| case.id == SHORT.0,
    )
    .results;
    let of_the_case = results.iter().find(|result| result.id == SHORT.0).unwrap();
    (of_the_case.status, client.calls.into_inner().unwrap())
}

#[test]
fn a_call_whose_limit_passes_before_its_request_arrives_is_made_again() {
    assert_eq!(run_busy(0), (Status::Pass, 1));
    assert_eq!(run_busy(2), (Status::Pass, 3));
    assert_eq!(run_busy(usize::MAX), (Status::Fail, 3));
}
