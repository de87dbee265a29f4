//! What an observer receives: each attempt and the end of each invocation, from both clients.

use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use fc_invoke::{
    AttemptRecord, BlockingClient, Client, ClockAndRandomness, InvocationObserver,
    InvocationRecord, InvocationResult, InvokeFunctionInput, Scheme, Target,
};
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, ProviderError, Timestamp,
};
use fc_transport::{Transport, TransportError, TransportErrorKind};
use http::{Request, Response, StatusCode};

use crate::samples::{credentials, endpoint, input};
use crate::scripted_clients::{Script, SendResult, answer, blocking, client};

/// Writes every record without its times.
#[derive(Default)]
pub(crate) struct Records(Mutex<Vec<String>>);

impl Records {
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

fn facts(
    status: Option<StatusCode>,
    error: Option<TransportErrorKind>,
    id: Option<&str>,
) -> String {
    let status = status.map(|status| format!(" {}", status.as_u16()));
    let error = error.map(|error| format!(" {}", error.slug()));
    let id = id.map(|id| format!(" {id}"));
    [status, error, id].into_iter().flatten().collect()
}

impl InvocationObserver for Records {
    fn attempt_ended(&self, attempt: &AttemptRecord<'_>) {
        let facts = facts(attempt.status, attempt.error, attempt.request_id);
        let retry = attempt.retry.map_or("", |_| ", retried");
        let line = format!("attempt {}:{facts}{retry}", attempt.attempt);
        self.0.lock().unwrap().push(line);
    }

    fn invocation_ended(&self, invocation: &InvocationRecord<'_>) {
        let facts = facts(invocation.status, invocation.error, invocation.request_id);
        let (result, attempts) = (invocation.result, invocation.attempts);
        let line = format!("{result} after {attempts}:{facts}");
        self.0.lock().unwrap().push(line);
    }
}

fn response(status: u16, header: (&'static str, &'static str), body: &'static str) -> SendResult {
    let response = Response::builder().status(status);
    let response = response
        .header("x-fc-request-id", "r-1")
        .header(header.0, header.1);
    Ok(response.body(Bytes::from_static(body.as_bytes())).unwrap())
}

#[tokio::test]
async fn every_attempt_and_every_result_is_reported_by_both_clients() {
    use TransportErrorKind::{Connect, Interrupted};
    type Results = fn() -> Vec<SendResult>;
    let cases: [(Results, &[&str]); 8] = [
        (
            || vec![answer(200)],
            &["attempt 1: 200 r-1", "completed after 1: 200 r-1"],
        ),
        (
            || vec![answer(202)],
            &["attempt 1: 202 r-1", "accepted after 1: 202 r-1"],
        ),
        (
            || {
                vec![response(
                    200,
                    ("x-fc-error-type", "HandledInvocationError"),
                    "",
                )]
            },
            &["attempt 1: 200 r-1", "function-failed after 1: 200 r-1"],
        ),
        (
            || vec![answer(403)],
            &["attempt 1: 403 r-1", "rejected after 1: 403 r-1"],
        ),
        (
            || vec![Err(Connect), answer(429), answer(200)],
            &[
                "attempt 1: connect, retried",
                "attempt 2: 429 r-1, retried",
                "attempt 3: 200 r-1",
                "completed after 3: 200 r-1",
            ],
        ),
        (
            || vec![Err(Interrupted)],
            &["attempt 1: interrupted", "transport after 1: interrupted"],
        ),
        (
            || vec![answer(204)],
            &["attempt 1: 204 r-1", "response after 1: 204 r-1"],
        ),
        (
            || {
                vec![response(
                    403,
                    ("date", "x"),
                    r#"{"Code":"RequestTimeTooSkewed"}"#,
                )]
            },
            &["attempt 1: 403 r-1", "clock-skew after 1: 403 r-1"],
        ),
    ];
    for (results, expected) in cases {
        let records = [Arc::new(Records::default()), Arc::new(Records::default())];
        let [one, two] = records.clone();
        let client = client(&Script::of(results()), Scheme::Fc).observer(one);
        let asynchronous = client.invoke(&input()).await;
        let client = blocking(&Script::of(results()), Scheme::Fc).observer(two);
        assert_eq!(client.invoke(&input()).is_ok(), asynchronous.is_ok());
        for records in records {
            assert_eq!(records.lines(), expected);
        }
    }
}

struct NoKey;

impl BlockingCredentialsProvider for NoKey {
    fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        Err(ProviderError::new("there is no key"))
    }
}

impl CredentialsProvider for NoKey {
    async fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        BlockingCredentialsProvider::credentials(self, now)
    }
}

/// A clock before 1970, for which nothing can be signed.
struct Past;

impl ClockAndRandomness for Past {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH - Duration::from_secs(1)
    }

    fn random(&self) -> u128 {
        1
    }
}

#[tokio::test]
async fn an_invocation_that_was_not_sent_has_no_attempt() {
    let records = Arc::new(Records::default());
    let newest = Target::v2023_03_30("fn".parse().unwrap());
    let newest = InvokeFunctionInput::builder(newest).build().unwrap();
    let script = Script::default();

    let observed = client(&script, Scheme::Fc).observer(records.clone());
    assert!(observed.invoke(&newest).await.is_err());
    let observed = observed.clock_and_randomness(Arc::new(Past));
    assert!(observed.invoke(&input()).await.is_err());
    let observed = Client::new(script.clone(), endpoint(), Scheme::Fc, NoKey);
    let observed = observed.observer(records.clone());
    assert!(observed.invoke(&input()).await.is_err());

    let observed = blocking(&script, Scheme::Fc).observer(records.clone());
    assert!(observed.invoke(&newest).is_err());
    let observed = observed.clock_and_randomness(Arc::new(Past));
    assert!(observed.invoke(&input()).is_err());
    let observed = BlockingClient::new(script.clone(), endpoint(), Scheme::Fc, NoKey);
    let observed = observed.observer(records.clone());
    assert!(observed.invoke(&input()).is_err());

    let of_one_client = ["input after 0:", "sign after 0:", "credentials after 0:"];
    assert_eq!(records.lines(), [of_one_client, of_one_client].concat());
    assert!(script.headers("date").is_empty());
}

/// A transport that never returns.
struct Stalled;

impl Transport for Stalled {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        std::future::pending().await
    }

    async fn sleep(&self, _: Duration) {}
}

#[test]
fn a_dropped_invocation_is_reported_once() {
    let records = Arc::new(Records::default());
    let client = Client::new(Stalled, endpoint(), Scheme::Fc, credentials());
    let client = client.observer(records.clone());
    let input = input();
    let mut invocation = Box::pin(client.invoke(&input));
    let mut context = Context::from_waker(Waker::noop());
    assert!(invocation.as_mut().poll(&mut context).is_pending());
    assert!(records.lines().is_empty());
    drop(invocation);
    assert_eq!(records.lines(), ["dropped after 1:"]);
}

/// Counts attempts, and ignores the ends of invocations.
#[derive(Default)]
struct Attempts(Mutex<u32>);

impl InvocationObserver for Attempts {
    fn attempt_ended(&self, _: &AttemptRecord<'_>) {
        *self.0.lock().unwrap() += 1;
    }
}

/// Ignores everything.
struct Nothing;

impl InvocationObserver for Nothing {}

#[test]
fn an_observer_may_ignore_what_it_does_not_count() {
    let attempts = Arc::new(Attempts::default());
    let observers: [Arc<dyn InvocationObserver>; 2] = [attempts.clone(), Arc::new(Nothing)];
    for observer in observers {
        let script = Script::of([answer(429), answer(200)]);
        let client = blocking(&script, Scheme::Fc).observer(observer);
        let success = client.invoke(&input()).unwrap().into_result().unwrap();
        assert_eq!(success.status(), 200);
    }
    assert_eq!(*attempts.0.lock().unwrap(), 2);
}

/// The words are labels of metrics, and so public API.
#[test]
fn every_result_has_its_word() {
    for (result, word) in [
        (InvocationResult::Completed, "completed"),
        (InvocationResult::Accepted, "accepted"),
        (InvocationResult::FunctionFailed, "function-failed"),
        (InvocationResult::Rejected, "rejected"),
        (InvocationResult::Input, "input"),
        (InvocationResult::Credentials, "credentials"),
        (InvocationResult::Sign, "sign"),
        (InvocationResult::Transport, "transport"),
        (InvocationResult::Response, "response"),
        (InvocationResult::ClockSkew, "clock-skew"),
        (InvocationResult::Deadline, "deadline"),
        (InvocationResult::Dropped, "dropped"),
    ] {
        assert_eq!(
            (result.as_str(), result.to_string()),
            (word, word.to_owned())
        );
    }
}
