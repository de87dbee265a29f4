//! Both clients over a scripted transport and a clock that only sleeps advance.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use fc_invoke::{BlockingClient, Client, ClockAndRandomness, Scheme};
use fc_sign::Credentials;
use fc_transport::{BlockingTransport, Transport, TransportError, TransportErrorKind};
use http::{Request, Response};

use crate::samples::{SendResult, endpoint, error};

/// Returns scripted results, and records the requests; a sleep advances the clock.
#[derive(Clone, Default)]
pub(crate) struct Script(Arc<Mutex<Recording>>);

#[derive(Default)]
struct Recording {
    results: VecDeque<SendResult>,
    requests: Vec<String>,
    signatures: Vec<String>,
    time: Duration,
    numbers: u64,
}

impl Script {
    pub(crate) fn of(results: impl IntoIterator<Item = SendResult>) -> Self {
        let results = results.into_iter().collect();
        let recording = Recording {
            results,
            ..Recording::default()
        };
        Self(Arc::new(Mutex::new(recording)))
    }

    fn play(&self, request: &Request<Bytes>) -> SendResult {
        let mut recording = self.0.lock().unwrap();
        let target = request.uri().path_and_query().unwrap();
        recording
            .requests
            .push(format!("{} {target}", request.method()));
        let signature = request.headers()["authorization"]
            .to_str()
            .unwrap()
            .to_owned();
        recording.signatures.push(signature);
        let last = || error(TransportErrorKind::Other);
        recording.results.pop_front().unwrap_or_else(last)
    }

    fn pause(&self, time: Duration) {
        self.0.lock().unwrap().time += time;
    }

    /// The requests; every one has its own signature.
    pub(crate) fn requests(&self) -> Vec<String> {
        let recording = self.0.lock().unwrap();
        let mut signatures = recording.signatures.clone();
        signatures.sort();
        signatures.dedup();
        assert_eq!(signatures.len(), recording.requests.len());
        recording.requests.clone()
    }

    pub(crate) fn invocations(&self) -> usize {
        let posts = |request: &&String| request.starts_with("POST");
        self.requests().iter().filter(posts).count()
    }
}

impl Transport for Script {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.play(&request)
    }

    async fn sleep(&self, duration: Duration) {
        self.pause(duration);
    }
}

impl BlockingTransport for Script {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.play(&request)
    }

    fn sleep(&self, duration: Duration) {
        self.pause(duration);
    }
}

impl ClockAndRandomness for Script {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_652_259_600) + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        self.0.lock().unwrap().time
    }

    fn random(&self) -> u128 {
        let mut recording = self.0.lock().unwrap();
        recording.numbers += 1;
        u128::from(recording.numbers) << 64 | u128::from(u32::MAX)
    }
}

fn key() -> Credentials {
    Credentials::new("id".parse().unwrap(), "secret".parse().unwrap())
}

pub(crate) fn client(script: &Script) -> Client<Script> {
    Client::new(script.clone(), endpoint(), Scheme::Acs3, key())
        .clock_and_randomness(Arc::new(script.clone()))
}

pub(crate) fn blocking(script: &Script) -> BlockingClient<Script> {
    BlockingClient::new(script.clone(), endpoint(), Scheme::Acs3, key())
        .clock_and_randomness(Arc::new(script.clone()))
}
