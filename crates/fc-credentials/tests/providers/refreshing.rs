//! `RefreshingProvider`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use fc_credentials::{LoadCredentials, Loaded, RefreshingProvider};
use fc_sign::{Credentials, CredentialsProvider, ProviderError, Timestamp};
use tokio::sync::Notify;

use crate::fakes::{
    EXPIRES, FakeEnvironment, FakeTransport, NO_ECS, SECRET, at, chain, credentials_json, messages,
    now,
};

/// A loader with a configurable result. It numbers the ids of its keys.
#[derive(Clone)]
struct Source {
    loads: Arc<AtomicUsize>,
    next: Arc<Mutex<Next>>,
    gate: Option<Arc<Notify>>,
}

#[derive(Clone, Copy)]
enum Next {
    Until(u64),
    OpenEnded,
    Failure,
}

impl Source {
    fn new(next: Next) -> Self {
        Self {
            loads: Arc::default(),
            next: Arc::new(Mutex::new(next)),
            gate: None,
        }
    }

    /// A loader whose loads wait for a notification.
    fn gated(next: Next) -> (Self, Arc<Notify>) {
        let gate = Arc::new(Notify::new());
        let source = Self {
            gate: Some(gate.clone()),
            ..Self::new(next)
        };
        (source, gate)
    }

    fn set(&self, next: Next) {
        *self.next.lock().unwrap() = next;
    }

    fn loads(&self) -> usize {
        self.loads.load(Ordering::SeqCst)
    }
}

impl LoadCredentials for Source {
    async fn load(&self, _: Timestamp) -> Result<Loaded, ProviderError> {
        let number = self.loads.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(gate) = &self.gate {
            gate.notified().await;
        }
        let credentials = Credentials::new(
            format!("LOAD-{number}").parse().unwrap(),
            SECRET.parse().unwrap(),
        );
        match *self.next.lock().unwrap() {
            Next::Until(end) => Ok(Loaded::until(credentials, at(end))),
            Next::OpenEnded => Ok(Loaded::open_ended(credentials)),
            Next::Failure => Err(ProviderError::new("the source is down")),
        }
    }
}

async fn loaded_id(provider: &impl CredentialsProvider, seconds: u64) -> String {
    let found = provider.credentials(at(seconds)).await.unwrap();
    found.access_key_id().to_string()
}

#[tokio::test]
async fn credentials_are_cached_until_five_minutes_before_they_expire() {
    let source = Source::new(Next::Until(10_000));
    let provider = RefreshingProvider::new(source.clone());
    assert_eq!(loaded_id(&provider, 1000).await, "LOAD-1");
    assert_eq!(loaded_id(&provider, 9699).await, "LOAD-1");
    source.set(Next::Until(20_000));
    assert_eq!(loaded_id(&provider, 9700).await, "LOAD-2");
    assert_eq!(loaded_id(&provider, 19_699).await, "LOAD-2");
    assert_eq!(source.loads(), 2);
}

#[tokio::test]
async fn discarded_credentials_are_loaded_again_once_for_all_calls_that_used_them() {
    let source = Source::new(Next::Until(10_000));
    let provider = RefreshingProvider::new(source.clone());
    let first = provider.credentials(at(1000)).await.unwrap();
    let same = provider.credentials(at(1001)).await.unwrap();
    assert!(first.is_clone_of(&same));
    for refused in [&first, &same] {
        assert!(provider.discard(refused));
        assert_eq!(loaded_id(&provider, 1002).await, "LOAD-2");
    }
    assert_eq!(source.loads(), 2);
}

#[tokio::test]
async fn discarded_credentials_are_not_used_again_if_the_load_fails() {
    let source = Source::new(Next::Until(10_000));
    let provider = RefreshingProvider::new(source.clone());
    let first = provider.credentials(at(1000)).await.unwrap();
    source.set(Next::Failure);
    provider.discard(&first);
    provider.credentials(at(1001)).await.unwrap_err();
    source.set(Next::Until(10_000));
    assert_eq!(loaded_id(&provider, 1002).await, "LOAD-3");
}

#[tokio::test]
async fn credentials_that_expire_soon_are_cached_for_half_of_the_remaining_time() {
    let source = Source::new(Next::Until(1100));
    let provider = RefreshingProvider::new(source.clone());
    assert_eq!(loaded_id(&provider, 1000).await, "LOAD-1");
    assert_eq!(loaded_id(&provider, 1049).await, "LOAD-1");
    assert_eq!(loaded_id(&provider, 1050).await, "LOAD-2");
}

#[tokio::test]
async fn credentials_without_an_expiry_are_refreshed_after_five_minutes() {
    let source = Source::new(Next::OpenEnded);
    let provider = RefreshingProvider::new(source.clone());
    assert_eq!(loaded_id(&provider, 1000).await, "LOAD-1");
    assert_eq!(loaded_id(&provider, 1299).await, "LOAD-1");
    assert_eq!(loaded_id(&provider, 1300).await, "LOAD-2");
    source.set(Next::Failure);
    assert_eq!(loaded_id(&provider, 9_000_000).await, "LOAD-2");
}

#[tokio::test]
async fn after_a_failed_refresh_valid_credentials_are_used_and_the_next_refresh_is_delayed() {
    let source = Source::new(Next::Until(10_000));
    let provider = RefreshingProvider::new(source.clone());
    assert_eq!(loaded_id(&provider, 1000).await, "LOAD-1");
    source.set(Next::Failure);
    assert_eq!(loaded_id(&provider, 9700).await, "LOAD-1");
    assert_eq!(loaded_id(&provider, 9729).await, "LOAD-1");
    assert_eq!(source.loads(), 2);
    assert_eq!(loaded_id(&provider, 9730).await, "LOAD-1");
    assert_eq!(source.loads(), 3);
    assert_eq!(loaded_id(&provider, 9999).await, "LOAD-1");
    let error = provider.credentials(at(10_000)).await.unwrap_err();
    assert_eq!(messages(&error), ["credentials: the source is down"]);
    source.set(Next::Until(30_000));
    assert_eq!(loaded_id(&provider, 10_001).await, "LOAD-6");
}

#[tokio::test]
async fn a_refresh_that_returns_expired_credentials_is_ignored() {
    let source = Source::new(Next::Until(10_000));
    let provider = RefreshingProvider::new(source.clone());
    assert_eq!(loaded_id(&provider, 1000).await, "LOAD-1");
    source.set(Next::Until(9000));
    assert_eq!(loaded_id(&provider, 9700).await, "LOAD-1");
}

#[tokio::test]
async fn expired_credentials_are_never_returned() {
    let source = Source::new(Next::Until(1000));
    let provider = RefreshingProvider::new(source.clone());
    for seconds in [1000, 1001, u64::from(u32::MAX)] {
        let error = provider.credentials(at(seconds)).await.unwrap_err();
        assert_eq!(
            messages(&error),
            ["credentials: the loaded credentials have already expired"]
        );
    }
    assert_eq!(loaded_id(&provider, 999).await, "LOAD-4");
    assert!(provider.credentials(at(1000)).await.is_err());
}

/// Starts calls and runs each of them until it waits.
async fn start(
    provider: &Arc<RefreshingProvider<Source>>,
    count: usize,
    seconds: u64,
) -> Vec<tokio::task::JoinHandle<Result<Credentials, ProviderError>>> {
    let mut calls = Vec::new();
    for _ in 0..count {
        let provider = Arc::clone(provider);
        calls.push(tokio::spawn(async move {
            provider.credentials(at(seconds)).await
        }));
        tokio::task::yield_now().await;
    }
    calls
}

#[tokio::test]
async fn concurrent_calls_share_one_load() {
    let (source, gate) = Source::gated(Next::Until(10_000));
    let provider = Arc::new(RefreshingProvider::new(source.clone()));
    let calls = start(&provider, 64, 1000).await;
    assert_eq!(source.loads(), 1);
    gate.notify_one();
    for call in calls {
        assert_eq!(
            call.await.unwrap().unwrap().access_key_id().as_str(),
            "LOAD-1"
        );
    }
    assert_eq!(source.loads(), 1);
}

#[tokio::test]
async fn calls_that_wait_for_a_load_share_its_error() {
    let (source, gate) = Source::gated(Next::Failure);
    let provider = Arc::new(RefreshingProvider::new(source.clone()));
    let calls = start(&provider, 64, 1000).await;
    gate.notify_one();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(
            messages(&error),
            [
                "credentials: the load shared with other calls failed",
                "credentials: the source is down",
            ]
        );
    }
    assert_eq!(source.loads(), 1);
    source.set(Next::OpenEnded);
    gate.notify_one();
    assert_eq!(loaded_id(&*provider, 1000).await, "LOAD-2");
}

#[tokio::test]
async fn a_waiting_call_with_a_later_time_loads_again_if_the_result_has_expired() {
    let (source, gate) = Source::gated(Next::Failure);
    let provider = Arc::new(RefreshingProvider::new(source.clone()));
    let both = start(&provider, 2, 1000).await;
    gate.notify_one();
    for call in both {
        assert!(call.await.unwrap().is_err());
    }
    source.set(Next::Until(2000));
    let earlier = start(&provider, 1, 1000).await;
    let later = start(&provider, 1, 3000).await;
    gate.notify_one();
    for call in earlier {
        let found = call.await.unwrap().unwrap();
        assert_eq!(found.access_key_id().as_str(), "LOAD-2");
    }
    source.set(Next::Until(4000));
    gate.notify_one();
    for call in later {
        let found = call.await.unwrap().unwrap();
        assert_eq!(found.access_key_id().as_str(), "LOAD-3");
    }
}

#[tokio::test]
async fn valid_cached_credentials_are_returned_during_a_refresh() {
    let (source, gate) = Source::gated(Next::Until(10_000));
    let provider = Arc::new(RefreshingProvider::new(source.clone()));
    gate.notify_one();
    assert_eq!(loaded_id(&*provider, 1000).await, "LOAD-1");
    source.set(Next::Until(20_000));
    let refresh = start(&provider, 1, 9800).await;
    assert_eq!(loaded_id(&*provider, 9800).await, "LOAD-1");
    assert_eq!(source.loads(), 2);
    gate.notify_one();
    for call in refresh {
        assert_eq!(
            call.await.unwrap().unwrap().access_key_id().as_str(),
            "LOAD-2"
        );
    }
    assert_eq!(loaded_id(&*provider, 9800).await, "LOAD-2");
}

#[tokio::test]
async fn a_waiting_call_loads_if_the_future_of_the_load_is_dropped() {
    let (source, gate) = Source::gated(Next::Until(10_000));
    let provider = Arc::new(RefreshingProvider::new(source.clone()));
    let mut calls = start(&provider, 3, 1000).await;
    let first = calls.remove(0);
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    gate.notify_one();
    for call in calls {
        assert_eq!(
            call.await.unwrap().unwrap().access_key_id().as_str(),
            "LOAD-2"
        );
    }
    assert_eq!(source.loads(), 2);
}

#[tokio::test]
async fn the_chain_refreshes_five_minutes_before_the_expiry_in_the_response() {
    let transport =
        FakeTransport::new(|_| Ok(http::Response::new(credentials_json("FROM-URI").into())));
    let uri = (
        "ALIBABA_CLOUD_CREDENTIALS_URI",
        "http://localhost:7777/keys",
    );
    let provider = chain(
        &FakeEnvironment::default().variables(&[NO_ECS, uri]),
        &transport,
    );
    for (seconds, requests) in [
        (now().unix_seconds(), 1),
        (EXPIRES - 301, 1),
        (EXPIRES - 300, 2),
    ] {
        assert_eq!(loaded_id(&provider, seconds).await, "FROM-URI");
        assert_eq!(transport.requests_sent().len(), requests);
    }
    let error = provider.credentials(at(EXPIRES)).await.unwrap_err();
    assert_eq!(
        messages(&error),
        ["credentials: the loaded credentials have already expired"]
    );
}
