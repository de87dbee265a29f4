//! Clients over a scripted transport, with a fixed clock.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use fc_invoke::{BlockingClient, Client, ClockAndRandomness, Scheme};
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, ProviderError, Timestamp,
};
use fc_transport::{BlockingTransport, Transport, TransportError, TransportErrorKind};
use http::{Request, Response};

use crate::samples::{credentials, endpoint};

pub(crate) type SendResult = Result<Response<Bytes>, TransportErrorKind>;

/// A transport that returns scripted results and records the requests and waits.
#[derive(Clone, Default)]
pub(crate) struct Script(Arc<Mutex<Recording>>);

#[derive(Default)]
struct Recording {
    results: VecDeque<SendResult>,
    requests: Vec<Request<Bytes>>,
    waits: Vec<Duration>,
}

impl Script {
    pub(crate) fn of(results: impl IntoIterator<Item = SendResult>) -> Self {
        let results = results.into_iter().collect();
        Self(Arc::new(Mutex::new(Recording {
            results,
            ..Recording::default()
        })))
    }

    fn play(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut recording = self.0.lock().unwrap();
        recording.requests.push(request);
        let result = recording
            .results
            .pop_front()
            .unwrap_or(Err(TransportErrorKind::Other));
        result.map_err(|kind| TransportError::new(kind, "scripted"))
    }

    pub(crate) fn headers(&self, name: &str) -> Vec<String> {
        let recording = self.0.lock().unwrap();
        let value = |request: &Request<Bytes>| request.headers().get(name).unwrap().clone();
        recording
            .requests
            .iter()
            .map(|r| value(r).to_str().unwrap().to_owned())
            .collect()
    }

    /// The names of the headers of each request.
    pub(crate) fn header_names(&self) -> Vec<Vec<String>> {
        let recording = self.0.lock().unwrap();
        let names = |request: &Request<Bytes>| {
            let names = request.headers().keys();
            names.map(ToString::to_string).collect()
        };
        recording.requests.iter().map(names).collect()
    }

    pub(crate) fn waits(&self) -> Vec<Duration> {
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

/// A clock that advances by one second at each reading, and random numbers with the highest low bits.
#[derive(Default)]
pub(crate) struct Ticking(AtomicU64);

impl ClockAndRandomness for Ticking {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_652_259_600 + self.0.fetch_add(1, Ordering::Relaxed))
    }

    fn random(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed)) | u128::from(u32::MAX)
    }
}

pub(crate) fn client(script: &Script, scheme: Scheme) -> Client<Script> {
    Client::new(script.clone(), endpoint(), scheme, credentials())
        .clock_and_randomness(Arc::new(Ticking::default()))
}

pub(crate) fn blocking(script: &Script, scheme: Scheme) -> BlockingClient<Script> {
    BlockingClient::new(script.clone(), endpoint(), scheme, credentials())
        .clock_and_randomness(Arc::new(Ticking::default()))
}

pub(crate) fn answer(status: u16) -> SendResult {
    Ok(Response::builder()
        .status(status)
        .header("x-fc-request-id", "r-1")
        .body(Bytes::from_static(b"result"))
        .unwrap())
}

/// A provider that returns another key for every attempt, and an error after two.
#[derive(Default)]
pub(crate) struct Rotating(AtomicU64);

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
