//! Both clients are the same loop over a transport, a clock and credentials.

#![expect(
    clippy::unwrap_used,
    clippy::unnecessary_wraps,
    reason = "a test may fail loudly, and scripts results"
)]

use std::collections::VecDeque;
use std::error::Error as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use fc_invoke::{
    BlockingClient, Client, Environment, InvokeError, InvokeFunctionInput, InvokeOptions,
    RetryPolicy, Scheme, Target,
};
use fc_response::Outcome;
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, ProviderError, SignError,
    Timestamp,
};
use fc_transport::{BlockingTransport, Transport, TransportError, TransportErrorKind};
use http::{Request, Response};

type Came = Result<Response<Bytes>, TransportErrorKind>;

/// Plays a script and remembers what it was asked for.
#[derive(Clone, Default)]
struct Script(Arc<Mutex<Played>>);

#[derive(Default)]
struct Played {
    answers: VecDeque<Came>,
    requests: Vec<Request<Bytes>>,
    waits: Vec<Duration>,
}

impl Script {
    fn of(answers: impl IntoIterator<Item = Came>) -> Self {
        let answers = answers.into_iter().collect();
        Self(Arc::new(Mutex::new(Played {
            answers,
            ..Played::default()
        })))
    }

    fn play(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut played = self.0.lock().unwrap();
        played.requests.push(request);
        let came = played
            .answers
            .pop_front()
            .unwrap_or(Err(TransportErrorKind::Other));
        came.map_err(|kind| TransportError::new(kind, "scripted"))
    }

    fn headers(&self, name: &str) -> Vec<String> {
        let played = self.0.lock().unwrap();
        let value = |request: &Request<Bytes>| request.headers().get(name).unwrap().clone();
        played
            .requests
            .iter()
            .map(|r| value(r).to_str().unwrap().to_owned())
            .collect()
    }

    fn waits(&self) -> Vec<Duration> {
        self.0.lock().unwrap().waits.clone()
    }
}

impl Transport for Script {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.play(request)
    }

    async fn sleep(&self, duration: Duration) {
        self.0.lock().unwrap().waits.push(duration);
    }
}

impl BlockingTransport for Script {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.play(request)
    }

    fn sleep(&self, duration: Duration) {
        self.0.lock().unwrap().waits.push(duration);
    }
}

/// A clock that goes on by a second at each look, and dice that count.
#[derive(Default)]
struct Ticking(AtomicU64);

impl Environment for Ticking {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_652_259_600 + self.0.fetch_add(1, Ordering::Relaxed))
    }

    fn random(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed)) | u128::from(u32::MAX)
    }
}

fn credentials() -> Credentials {
    Credentials::new("id".parse().unwrap(), "secret".parse().unwrap())
}

fn input() -> InvokeFunctionInput {
    let target = Target::new("svc".parse().unwrap(), "fn".parse().unwrap());
    InvokeFunctionInput::builder(target)
        .payload("event")
        .build()
        .unwrap()
}

fn client(script: &Script, scheme: Scheme) -> Client<Script> {
    let endpoint = "https://fc.example.com".parse().unwrap();
    Client::new(script.clone(), endpoint, scheme, credentials())
        .environment(Arc::new(Ticking::default()))
}

fn blocking(script: &Script, scheme: Scheme) -> BlockingClient<Script> {
    let endpoint = "https://fc.example.com".parse().unwrap();
    BlockingClient::new(script.clone(), endpoint, scheme, credentials())
        .environment(Arc::new(Ticking::default()))
}

fn answer(status: u16) -> Came {
    Ok(Response::builder()
        .status(status)
        .body(Bytes::from_static(b"result"))
        .unwrap())
}

fn refused_then_answered() -> Script {
    Script::of([Err(TransportErrorKind::Connect), answer(429), answer(200)])
}

#[tokio::test]
async fn both_clients_send_the_same_requests_and_wait_the_same_time() {
    for scheme in [Scheme::Fc, Scheme::Acs3] {
        let (ours, theirs) = (refused_then_answered(), refused_then_answered());
        let outcome = client(&ours, scheme).invoke(&input()).await.unwrap();
        let blocking = blocking(&theirs, scheme).invoke(&input()).unwrap();
        for outcome in [outcome, blocking] {
            let Outcome::Completed(completed) = outcome else {
                panic!("{outcome:?}")
            };
            assert_eq!(completed.payload().as_ref(), b"result");
        }
        let signatures = ours.headers("authorization");
        assert_eq!(signatures, theirs.headers("authorization"));
        assert_eq!(signatures.len(), 3);
        assert!(
            signatures.windows(2).all(|pair| pair[0] != pair[1]),
            "each is signed afresh"
        );
        // The dice show their highest number, so the driver picks the end of each window.
        assert_eq!(
            ours.waits(),
            [Duration::from_millis(100), Duration::from_millis(200)]
        );
        assert_eq!(ours.waits(), theirs.waits());
    }
}

#[tokio::test]
async fn what_may_have_run_is_repeated_on_the_callers_word_alone() {
    let lost = || Script::of([Err(TransportErrorKind::Interrupted), answer(200)]);
    let script = lost();
    let error = client(&script, Scheme::Fc)
        .invoke(&input())
        .await
        .unwrap_err();
    assert!(matches!(error, InvokeError::Transport(_)));
    assert_eq!(script.headers("date").len(), 1);
    let script = lost();
    let options = InvokeOptions::default().idempotent();
    client(&script, Scheme::Fc)
        .invoke_with(&input(), options)
        .await
        .unwrap();
    assert_eq!(script.headers("date").len(), 2);
    let options = options.policy(RetryPolicy::never());
    assert!(
        client(&lost(), Scheme::Fc)
            .invoke_with(&input(), options)
            .await
            .is_err()
    );
}

/// Dice that always show the same number.
struct Loaded(u128);

impl Environment for Loaded {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH
    }

    fn random(&self) -> u128 {
        self.0
    }
}

#[tokio::test]
async fn a_wait_is_picked_by_the_low_bits_of_the_dice_alone() {
    for (dice, wait) in [
        (1_u128 << 100, 50),
        ((1 << 100) | u128::from(u32::MAX), 100),
    ] {
        let script = refused_then_answered();
        let client = client(&script, Scheme::Fc).environment(Arc::new(Loaded(dice)));
        client.invoke(&input()).await.unwrap();
        assert_eq!(script.waits()[0], Duration::from_millis(wait));
    }
}

#[tokio::test]
async fn the_policy_of_a_client_holds_for_every_invocation() {
    let (ours, theirs) = (refused_then_answered(), refused_then_answered());
    let policy = RetryPolicy::never();
    let client = client(&ours, Scheme::Fc).policy(policy);
    assert!(client.invoke(&input()).await.is_err());
    let blocking = blocking(&theirs, Scheme::Fc).policy(policy);
    assert!(blocking.invoke(&input()).is_err());
    assert_eq!(
        (ours.headers("date").len(), theirs.headers("date").len()),
        (1, 1)
    );
    for (shown, name) in [
        (format!("{client:?}"), "Client { driver: Driver {"),
        (format!("{blocking:?}"), "BlockingClient { driver: Driver {"),
    ] {
        assert!(shown.starts_with(name), "{shown}");
    }
}

#[tokio::test]
async fn an_invocations_own_policy_comes_before_that_of_the_client() {
    for options in [
        InvokeOptions::default()
            .policy(RetryPolicy::default())
            .idempotent(),
        InvokeOptions::default()
            .idempotent()
            .policy(RetryPolicy::default()),
    ] {
        let script = Script::of([Err(TransportErrorKind::Interrupted), answer(200)]);
        let client = client(&script, Scheme::Fc).policy(RetryPolicy::never());
        client.invoke_with(&input(), options).await.unwrap();
        assert_eq!(script.headers("date").len(), 2);
    }
}

#[tokio::test]
async fn the_clock_is_corrected_for_the_invocation_that_asks_for_it() {
    let body = r#"{"ErrorCode":"RequestTimeTooSkewed"}"#;
    let skewed = || {
        let response = Response::builder().status(403);
        let response = response.header("date", "Thu, 01 Jan 1970 01:00:00 GMT");
        Script::of([Ok(response.body(Bytes::from(body)).unwrap()), answer(200)])
    };
    let still = || Arc::new(Loaded(0));
    let script = skewed();
    let unasked = client(&script, Scheme::Fc).environment(still());
    let error = unasked.invoke(&input()).await.unwrap_err();
    assert_eq!(
        error.source().unwrap().to_string(),
        "rejected with status 403: RequestTimeTooSkewed"
    );
    let script = skewed();
    let client = client(&script, Scheme::Fc).environment(still());
    let options = InvokeOptions::default().correct_clock();
    client.invoke_with(&input(), options).await.unwrap();
    assert_eq!(
        script.headers("date"),
        [
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Thu, 01 Jan 1970 01:00:00 GMT"
        ]
    );
}

#[test]
fn an_error_names_its_part_and_keeps_what_was_behind_it() {
    let transport = TransportError::new(TransportErrorKind::Interrupted, "cut").because("reset");
    let provider = ProviderError::new("no file").because("the disk is gone");
    for (error, text, source) in [
        (
            InvokeError::from(transport),
            "transport: interrupted: cut",
            Some("reset"),
        ),
        (
            provider.into(),
            "credentials: no file",
            Some("the disk is gone"),
        ),
        (
            SignError::Host.into(),
            "sign: host: the request names no host",
            None,
        ),
    ] {
        assert_eq!(error.to_string(), text);
        assert_eq!(error.source().map(ToString::to_string).as_deref(), source);
    }
}

/// Gives another key for every attempt, and none after two.
#[derive(Default)]
struct Rotating(AtomicU64);

impl BlockingCredentialsProvider for Rotating {
    fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        let id = format!("id-{number}").parse().unwrap();
        let known = Credentials::new(id, "secret".parse().unwrap());
        (number < 2)
            .then_some(known)
            .ok_or(ProviderError::new("there are no more"))
    }
}

impl CredentialsProvider for Rotating {
    async fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        BlockingCredentialsProvider::credentials(self, now)
    }
}

#[tokio::test]
async fn credentials_are_asked_for_before_every_attempt() {
    let script = Script::of([answer(429), answer(429), answer(200)]);
    let endpoint = "https://fc.example.com".parse().unwrap();
    let client = Client::new(script.clone(), endpoint, Scheme::Fc, Rotating::default());
    let error = client.invoke(&input()).await.unwrap_err();
    assert_eq!(error.to_string(), "credentials: there are no more");
    let signatures = script.headers("authorization");
    assert!(signatures[0].starts_with("FC id-0:") && signatures[1].starts_with("FC id-1:"));
}

#[tokio::test]
async fn ten_thousand_nonces_of_the_system_are_ten_thousand() {
    let environment = fc_invoke::SystemEnvironment::default();
    let drawn: std::collections::HashSet<u128> =
        (0..10_000).map(|_| environment.random()).collect();
    assert_eq!(drawn.len(), 10_000);
    assert_eq!(format!("{environment:?}"), "SystemEnvironment");
    let halves = |number: &u128| (number >> 64, number & u128::from(u64::MAX));
    assert!(
        drawn
            .iter()
            .map(halves)
            .all(|(high, low)| high != 0 && low != 0)
    );
}

#[test]
fn nothing_that_a_client_shows_holds_a_secret() {
    let endpoint = "https://fc.example.com".parse().unwrap();
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    let credentials = Credentials::new("id".parse().unwrap(), secret);
    let client = BlockingClient::new(Script::default(), endpoint, Scheme::Fc, credentials);
    let error = client.invoke(&input()).unwrap_err();
    let shown = format!("{client:?} {error:?} {error}");
    assert!(!shown.contains("TestAccess"), "{shown}");
}
