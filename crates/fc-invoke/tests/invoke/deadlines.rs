//! Deadlines of invocations, on a clock that only the scripted transport and provider move.

use std::collections::VecDeque;
use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use fc_invoke::{
    BlockingClient, Call, Client, ClockAndRandomness, DeadlinePhase, InvokeError, InvokeErrorKind,
    InvokeOptions, Next, RetryPolicy, Scheme, Signer,
};
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, ProviderError, Timestamp,
};
use fc_transport::{BlockingTransport, TimeLeft, Transport, TransportError, TransportErrorKind};
use http::{Request, Response};

use crate::observers::Records;
use crate::samples::{credentials, endpoint, input};

pub(crate) const SECOND: Duration = Duration::from_secs(1);

/// What an attempt does.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// The response has this status, and the exchange takes this time.
    Status(u16, Duration),
    /// The exchange takes this time or until the time left has passed, and the connection is lost.
    Lost(Duration),
    /// A time limit of the transport ends the exchange after this time.
    TimedOut(Duration),
    /// There is never a response.
    Stalled,
}

#[derive(Default)]
struct World {
    time: Duration,
    loading: Duration,
    steps: VecDeque<Step>,
    waits: Vec<Duration>,
    sent: u32,
}

/// A transport, a provider and a clock with one time.
#[derive(Clone, Default)]
pub(crate) struct Scripted(Arc<Mutex<World>>);

impl Scripted {
    pub(crate) fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        let world = World {
            steps: steps.into_iter().collect(),
            ..World::default()
        };
        Self(Arc::new(Mutex::new(world)))
    }

    pub(crate) fn loading(self, time: Duration) -> Self {
        self.0.lock().unwrap().loading = time;
        self
    }

    fn sent(&self) -> u32 {
        self.0.lock().unwrap().sent
    }

    /// The result of the next attempt; `None` if there is none.
    pub(crate) fn exchange(
        &self,
        left: Duration,
    ) -> Option<Result<Response<Bytes>, TransportError>> {
        let mut world = self.0.lock().unwrap();
        world.sent += 1;
        let failed = |kind, detail| Err(TransportError::new(kind, detail));
        let (time, result) = match world.steps.pop_front().unwrap() {
            Step::Status(status, time) => {
                let response = Response::builder().status(status);
                let response = response.header("x-fc-request-id", "r-1");
                (time, Ok(response.body(Bytes::new()).unwrap()))
            }
            Step::Lost(time) => (time, failed(TransportErrorKind::Interrupted, "lost")),
            Step::TimedOut(time) => (time, failed(TransportErrorKind::Timeout, "slow")),
            Step::Stalled => return None,
        };
        world.time += time.min(left);
        Some(result)
    }

    fn advance(&self, time: Duration) {
        let mut world = self.0.lock().unwrap();
        world.time += time;
        world.waits.push(time);
    }

    fn load(&self) -> Credentials {
        let mut world = self.0.lock().unwrap();
        let loading = world.loading;
        world.time += loading;
        credentials()
    }
}

impl ClockAndRandomness for Scripted {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + self.0.lock().unwrap().time
    }

    fn random(&self) -> u128 {
        u128::from(u32::MAX)
    }
}

impl Transport for Scripted {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        match self.exchange(Duration::MAX) {
            Some(result) => result,
            None => std::future::pending().await,
        }
    }

    async fn sleep(&self, duration: Duration) {
        self.advance(duration);
    }
}

impl BlockingTransport for Scripted {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let left = TimeLeft::or_limit(request.extensions(), None).unwrap();
        self.exchange(left).unwrap_or_else(|| {
            self.advance(left);
            Err(TransportError::new(TransportErrorKind::Timeout, "late"))
        })
    }

    fn sleep(&self, duration: Duration) {
        self.advance(duration);
    }
}

impl BlockingCredentialsProvider for Scripted {
    fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        Ok(self.load())
    }
}

impl CredentialsProvider for Scripted {
    async fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        Ok(self.load())
    }
}

/// A client with a deadline of ten seconds.
pub(crate) fn client(world: &Scripted) -> Client<Scripted, Scripted> {
    Client::new(world.clone(), endpoint(), Scheme::Fc, world.clone())
        .clock_and_randomness(Arc::new(world.clone()))
        .deadline(10 * SECOND)
}

pub(crate) fn blocking(world: &Scripted) -> BlockingClient<Scripted, Scripted> {
    BlockingClient::new(world.clone(), endpoint(), Scheme::Fc, world.clone())
        .clock_and_randomness(Arc::new(world.clone()))
        .deadline(10 * SECOND)
}

/// Invokes through both clients; returns the errors and the number of attempts.
async fn errors(world: impl Fn() -> Scripted, options: InvokeOptions) -> [(InvokeError, u32); 2] {
    let (one, two) = (world(), world());
    let asynchronous = client(&one).invoke_with(&input(), options).await;
    let blocking = blocking(&two).invoke_with(&input(), options);
    [
        (asynchronous.unwrap_err(), one.sent()),
        (blocking.unwrap_err(), two.sent()),
    ]
}

pub(crate) fn phase(error: &InvokeError) -> DeadlinePhase {
    match error.kind() {
        InvokeErrorKind::Deadline(error) => error.phase(),
        other => panic!("{other:?}"),
    }
}

fn idempotent() -> InvokeOptions {
    let policy = RetryPolicy::default().max_attempts(9).base(2 * SECOND);
    InvokeOptions::default().idempotent().retry_policy(policy)
}

#[tokio::test]
async fn a_stalled_attempt_ends_at_the_deadline_and_may_have_run() {
    for (error, sent) in errors(|| Scripted::of([Step::Stalled]), idempotent()).await {
        assert_eq!(
            error.to_string(),
            "deadline: the time ran out during attempt 1"
        );
        assert_eq!((phase(&error), sent), (DeadlinePhase::Attempt, 1));
        assert!(error.may_have_run() && !error.is_retryable());
    }
}

#[tokio::test]
async fn a_wait_that_would_end_after_the_deadline_is_not_begun() {
    // The attempts take 3 s each and the waits 2 s and 4 s: the second wait would end after 12 s.
    let world = || Scripted::of([Step::Lost(3 * SECOND); 3]);
    for (error, sent) in errors(world, idempotent()).await {
        assert_eq!(
            error.to_string(),
            "deadline: the time left is shorter than the wait before attempt 3; \
             the last failure: transport: interrupted: lost"
        );
        assert_eq!((phase(&error), sent), (DeadlinePhase::Backoff, 2));
        assert!(error.may_have_run() && !error.is_retryable());
        assert!(error.source().is_some());
    }
}

#[tokio::test]
async fn a_throttled_invocation_whose_time_ran_out_is_retryable_and_keeps_the_response() {
    let world = || Scripted::of([Step::Status(429, 9 * SECOND)]);
    for (error, sent) in errors(world, idempotent()).await {
        assert_eq!((phase(&error), sent), (DeadlinePhase::Backoff, 1));
        assert_eq!(
            (error.status().unwrap().as_u16(), error.request_id()),
            (429, Some("r-1"))
        );
        assert!(!error.may_have_run() && error.is_retryable());
    }
}

#[tokio::test]
async fn slow_credentials_count_and_nothing_is_sent_after_the_deadline() {
    let world = || Scripted::of([]).loading(11 * SECOND);
    for (error, sent) in errors(world, idempotent()).await {
        assert_eq!(
            error.to_string(),
            "deadline: the time ran out while the credentials for attempt 1 were loaded"
        );
        assert_eq!((phase(&error), sent), (DeadlinePhase::Credentials, 0));
        assert!(!error.may_have_run() && error.is_retryable());
    }
}

#[tokio::test]
async fn the_deadline_of_an_invocation_overrides_that_of_the_client() {
    let world = || Scripted::of([Step::Lost(3 * SECOND); 3]);
    let options = idempotent().deadline(4 * SECOND);
    for (error, sent) in errors(world, options).await {
        assert_eq!((phase(&error), sent), (DeadlinePhase::Backoff, 1));
    }
}

#[test]
fn a_call_checks_the_deadline_of_its_caller_without_a_clock() {
    let call = Call::new(&input(), &endpoint(), Scheme::Fc).unwrap();
    assert_eq!(call.time_left(SECOND), None);
    let call = call.deadline(3 * SECOND);
    assert_eq!(call.time_left(SECOND), Some(2 * SECOND));
    assert!(
        call.check_deadline(2 * SECOND, DeadlinePhase::Credentials)
            .is_ok()
    );
    let error = call.check_deadline(3 * SECOND, DeadlinePhase::Credentials);
    assert_eq!(phase(&error.unwrap_err()), DeadlinePhase::Credentials);
    let time = "2022-05-11T09:00:00Z".parse().unwrap();
    let signer = Signer::new(Scheme::Fc, &credentials());
    let (_, in_flight) = call.start(&signer, time, &"n".parse().unwrap()).unwrap();
    assert_eq!(in_flight.time_left(SECOND), Some(2 * SECOND));
    let refused = Response::builder().status(429).body(Bytes::new()).unwrap();
    let Next::Retry(call, _) = in_flight.finish(Ok(refused)) else {
        panic!("a throttled attempt is retried")
    };
    let error = call
        .check_deadline(4 * SECOND, DeadlinePhase::Backoff)
        .unwrap_err();
    let InvokeErrorKind::Deadline(exceeded) = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(exceeded.attempts(), 1);
    assert_eq!(exceeded.last_failure().unwrap().status().unwrap(), 429);
}

#[tokio::test]
async fn the_observer_sees_an_attempt_that_the_deadline_ended_as_a_timeout() {
    let records = [Arc::new(Records::default()), Arc::new(Records::default())];
    let world = || Scripted::of([Step::Stalled]);
    let client = client(&world()).observer(records[0].clone());
    assert!(client.invoke(&input()).await.is_err());
    let client = blocking(&world()).observer(records[1].clone());
    assert!(client.invoke(&input()).is_err());
    for records in records {
        assert_eq!(records.lines(), ["attempt 1: timeout", "deadline after 1:"]);
    }
}

/// A blocking transport reports the deadline as `Timeout`; only together with the time does that mean the deadline.
#[tokio::test]
async fn a_failure_of_the_transport_is_not_the_deadline_without_both_its_kind_and_its_time() {
    let once = InvokeOptions::default().retry_policy(RetryPolicy::never());
    for (step, message) in [
        (Step::Lost(10 * SECOND), "transport: interrupted: lost"),
        (Step::TimedOut(9 * SECOND), "transport: timeout: slow"),
    ] {
        for (error, sent) in errors(|| Scripted::of([step]), once).await {
            assert_eq!((error.to_string().as_str(), sent), (message, 1));
        }
    }
}
