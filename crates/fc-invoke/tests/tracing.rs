//! The span, the events and the observer of an invocation: their names are public API, and they show no secret.

#![cfg(feature = "tracing")]
#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

use std::io::{self, Cursor, Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use fc_invoke::{
    AttemptRecord, BlockingClient, Client, ClockAndRandomness, InvocationObserver,
    InvocationRecord, InvokeFunctionInput, Scheme, StreamingPayload, Target,
};
use fc_sign::{BlockingCredentialsProvider, Credentials, ProviderError, Timestamp};
use fc_transport::{BlockingStreamingTransport, BlockingTransport, Transport, TransportError};
use http::{Request, Response};

const SECRET: &str = "fcTestAccessKeySecret0123456789";
const TOKEN: &str = "CAISdummySTS+token/with==chars";

/// A transport that returns 429 once, then 200, and a clock that advances by 7 ms for each attempt.
#[derive(Clone, Default)]
struct Throttled(Arc<Mutex<u32>>);

impl Throttled {
    fn respond(&self) -> Response<Bytes> {
        let mut sent = self.0.lock().unwrap();
        *sent += 1;
        let status = if *sent == 1 { 429 } else { 200 };
        let response = Response::builder()
            .status(status)
            .header("x-fc-request-id", "request-1");
        response
            .body(Bytes::from_static(b"private result"))
            .unwrap()
    }
}

impl BlockingTransport for Throttled {
    fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Ok(self.respond())
    }

    fn sleep(&self, _: Duration) {}
}

impl BlockingStreamingTransport for Throttled {
    type ResponseBody = Box<dyn Read + Send>;

    fn stream<R: Read + Send + 'static>(
        &self,
        _: Request<R>,
        _: u64,
    ) -> Result<Response<Self::ResponseBody>, TransportError> {
        *self.0.lock().unwrap() += 1;
        Ok(self
            .respond()
            .map(|body| Box::new(Cursor::new(body)) as Box<dyn Read + Send>))
    }
}

/// A transport that never returns.
struct Stalled;

impl Transport for Stalled {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        std::future::pending().await
    }

    async fn sleep(&self, _: Duration) {}
}

impl ClockAndRandomness for Throttled {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(7) * *self.0.lock().unwrap()
    }

    fn random(&self) -> u128 {
        0
    }
}

struct NoKey;

impl BlockingCredentialsProvider for NoKey {
    fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        Err(ProviderError::new("private detail"))
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The log of all events while `work` runs.
fn logged(work: impl FnOnce()) -> String {
    // Without a subscriber of the whole process, a test that reaches an event first, while no other test listens, may
    // disable the event for all of them. The second call of this process fails, which changes nothing.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry());
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, work);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for secret in [SECRET, TOKEN, "private", "FC FCTEST"] {
        assert!(!text.contains(secret), "the log shows {secret}");
    }
    text
}

fn key() -> Credentials {
    let id = "FCTESTACCESSKEYID01".parse().unwrap();
    Credentials::temporary(id, SECRET.parse().unwrap(), TOKEN.parse().unwrap())
}

fn client<P: BlockingCredentialsProvider>(provider: P) -> BlockingClient<Throttled, P> {
    let transport = Throttled::default();
    let endpoint = "https://fc.example.com".parse().unwrap();
    BlockingClient::new(transport.clone(), endpoint, Scheme::Fc, provider)
        .clock_and_randomness(Arc::new(transport))
}

fn input(payload: &'static str) -> InvokeFunctionInput {
    let target = Target::new("svc".parse().unwrap(), "fn".parse().unwrap());
    let input = InvokeFunctionInput::builder(target).payload(payload);
    input.build().unwrap()
}

#[test]
fn an_invocation_is_a_span_and_each_attempt_an_event_without_secrets() {
    let log = logged(|| {
        let outcome = client(key()).invoke(&input("private event")).unwrap();
        outcome.into_result().unwrap();
    });
    insta::assert_snapshot!(log, @r#"
     WARN invoke_function{revision="2021-04-06" invocation_type=Sync payload_bytes=13}: fc_invoke: the attempt is retried attempt=1 status=429 request_id="request-1" latency_ms=7 wait_ms_from=50 wait_ms_to=100
    DEBUG invoke_function{revision="2021-04-06" invocation_type=Sync payload_bytes=13}: fc_invoke: the invocation is complete attempt=2 status=200 request_id="request-1" latency_ms=14 kind="completed"
    "#);
}

#[test]
fn a_failure_of_the_credentials_is_an_event() {
    let log = logged(|| assert!(client(NoKey).invoke(&input("private event")).is_err()));
    insta::assert_snapshot!(log, @r#"
    DEBUG invoke_function{revision="2021-04-06" invocation_type=Sync payload_bytes=13}: fc_invoke: the invocation is complete attempt=0 latency_ms=0 kind="credentials"
    "#);
}

#[test]
fn a_streamed_invocation_and_its_failures_are_events() {
    let stream = |length| StreamingPayload::new(Cursor::new(vec![b'x'; length]));
    let log = logged(|| {
        let outcome = client(key()).invoke_streaming(&input(""), stream(3), 3);
        outcome.unwrap().into_result().unwrap();
        assert!(
            client(NoKey)
                .invoke_streaming(&input(""), stream(3), 3)
                .is_err()
        );
        assert!(
            client(key())
                .invoke_streaming(&input("private"), stream(3), 3)
                .is_err()
        );
    });
    insta::assert_snapshot!(log, @r#"
    DEBUG invoke_function{revision="2021-04-06" invocation_type=Sync payload_bytes=0}: fc_invoke: the invocation is complete attempt=1 status=200 request_id="request-1" latency_ms=14 kind="completed"
    DEBUG invoke_function{revision="2021-04-06" invocation_type=Sync payload_bytes=0}: fc_invoke: the invocation is complete attempt=0 latency_ms=0 kind="credentials"
    DEBUG invoke_function{revision="2021-04-06" invocation_type=Sync payload_bytes=7}: fc_invoke: the invocation is complete attempt=0 latency_ms=0 kind="input"
    "#);
}

#[test]
fn a_dropped_invocation_is_an_event() {
    let endpoint = "https://fc.example.com".parse().unwrap();
    let client = Client::new(Stalled, endpoint, Scheme::Fc, key())
        .clock_and_randomness(Arc::new(Throttled::default()));
    let input = input("private event");
    let log = logged(|| {
        let mut invocation = Box::pin(client.invoke(&input));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(invocation.as_mut().poll(&mut context).is_pending());
    });
    insta::assert_snapshot!(log, @r#"
    DEBUG invoke_function{revision="2021-04-06" invocation_type=Sync payload_bytes=13}: fc_invoke: the invocation is complete attempt=1 latency_ms=0 kind="dropped"
    "#);
}

/// Writes every record.
#[derive(Default)]
struct Records(Mutex<Vec<String>>);

impl InvocationObserver for Records {
    fn attempt_ended(&self, attempt: &AttemptRecord<'_>) {
        self.0.lock().unwrap().push(format!("{attempt:?}"));
    }

    fn invocation_ended(&self, invocation: &InvocationRecord<'_>) {
        self.0.lock().unwrap().push(format!("{invocation:?}"));
    }
}

#[test]
fn the_observer_receives_each_attempt_and_the_invocation() {
    let records = Arc::new(Records::default());
    let client = client(key()).observer(records.clone());
    let outcome = client.invoke(&input("private event")).unwrap();
    outcome.into_result().unwrap();
    insta::assert_snapshot!(records.0.lock().unwrap().join("\n"), @r#"
    AttemptRecord { target: Target { revision: V2021_04_06, service: Some(ServiceName("svc")), function: "fn", qualifier: None }, attempt: 1, latency: 7ms, status: Some(429), error: None, request_id: Some("request-1"), retry: Some(Backoff { shortest: 50ms, longest: 100ms }) }
    AttemptRecord { target: Target { revision: V2021_04_06, service: Some(ServiceName("svc")), function: "fn", qualifier: None }, attempt: 2, latency: 7ms, status: Some(200), error: None, request_id: Some("request-1"), retry: None }
    InvocationRecord { target: Target { revision: V2021_04_06, service: Some(ServiceName("svc")), function: "fn", qualifier: None }, attempts: 2, latency: 14ms, result: Completed, status: Some(200), error: None, request_id: Some("request-1") }
    "#);
}
