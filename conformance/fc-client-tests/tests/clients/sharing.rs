//! Clients that share a transport and a cache of credentials.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use fc_credentials::{LoadCredentials, Loaded, RefreshingProvider};
use fc_invoke::{BlockingClient, Client, Endpoint, InvokeFunctionInput, Scheme, Target};
use fc_sign::{
    BlockingCredentialsProvider, Credentials, DynCredentialsProvider, ProviderError, Timestamp,
};
use fc_transport::{BlockingTransport, DynTransport, Transport, TransportError};
use http::{Request, Response};

/// A transport that records the hosts of its requests. It cannot be cloned.
#[derive(Default)]
struct Recorder(Mutex<Vec<String>>);

impl Recorder {
    fn respond(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let host = request.uri().host().unwrap().to_owned();
        self.0.lock().unwrap().push(host);
        let response = Response::builder().header("x-fc-request-id", "r-1");
        response.body(Bytes::from_static(b"done")).unwrap()
    }

    fn count(&self, region: &str) -> usize {
        let hosts = self.0.lock().unwrap();
        hosts.iter().filter(|host| host.contains(region)).count()
    }
}

impl Transport for Recorder {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Ok(self.respond(&request))
    }

    async fn sleep(&self, _: Duration) {}
}

impl BlockingTransport for Recorder {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Ok(self.respond(&request))
    }

    fn sleep(&self, _: Duration) {}
}

fn key() -> Credentials {
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    Credentials::new("FCTESTACCESSKEYID01".parse().unwrap(), secret)
}

fn endpoint(region: &str) -> Endpoint {
    Endpoint::public(
        &"1234567890123456".parse().unwrap(),
        &region.parse().unwrap(),
    )
}

fn input() -> InvokeFunctionInput {
    let target = Target::new("svc".parse().unwrap(), "fn".parse().unwrap());
    InvokeFunctionInput::builder(target).build().unwrap()
}

/// A loader whose loads take several polls, so that concurrent calls wait for them.
#[derive(Default)]
struct Vault(AtomicUsize);

impl LoadCredentials for Vault {
    async fn load(&self, _: Timestamp) -> Result<Loaded, ProviderError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        Ok(Loaded::open_ended(key()))
    }
}

#[tokio::test]
async fn two_clients_of_different_regions_share_one_cache_and_concurrent_calls_load_once() {
    let vault = Arc::new(Vault::default());
    let cache = Arc::new(RefreshingProvider::new(Arc::clone(&vault)));
    let transport = Arc::new(Recorder::default());
    let client = |region| {
        let (transport, cache) = (Arc::clone(&transport), Arc::clone(&cache));
        Client::new(transport, endpoint(region), Scheme::Fc, cache)
    };
    let clients = [client("cn-hangzhou"), client("eu-central-1")];
    let mut tasks = tokio::task::JoinSet::new();
    for client in clients.iter().cycle().take(32) {
        let client = client.clone();
        tasks.spawn(async move { client.invoke(&input()).await.unwrap().status() });
    }
    while let Some(status) = tasks.join_next().await {
        assert_eq!(status.unwrap(), 200);
    }
    assert_eq!(vault.0.load(Ordering::SeqCst), 1, "loads");
    let sent = ["cn-hangzhou", "eu-central-1"].map(|region| transport.count(region));
    assert_eq!(sent, [16, 16]);
}

#[tokio::test]
async fn a_client_of_trait_objects_is_cloned_and_has_one_type_for_all_transports() {
    let recorder = Arc::new(Recorder::default());
    let transport: Arc<dyn DynTransport> = recorder.clone();
    let provider: Arc<dyn DynCredentialsProvider> = Arc::new(key());
    let client: Client<Arc<dyn DynTransport>, Arc<dyn DynCredentialsProvider>> =
        Client::new(transport, endpoint("cn-hangzhou"), Scheme::Acs3, provider);
    for client in [client.clone(), client] {
        let outcome = client.invoke(&input()).await.unwrap();
        assert_eq!(outcome.status(), 200);
    }
    assert_eq!(recorder.count("cn-hangzhou"), 2);
}

#[test]
fn blocking_clients_share_a_transport_and_a_provider_as_trait_objects_and_references() {
    let recorder = Arc::new(Recorder::default());
    let transport: Arc<dyn BlockingTransport> = recorder.clone();
    let provider: Arc<dyn BlockingCredentialsProvider> = Arc::new(key());
    let client = BlockingClient::new(transport, endpoint("cn-hangzhou"), Scheme::Fc, provider);
    assert_eq!(client.clone().invoke(&input()).unwrap().status(), 200);
    let key = key();
    let borrowed = BlockingClient::new(&*recorder, endpoint("eu-central-1"), Scheme::Fc, &key);
    std::thread::scope(|scope| {
        for client in [borrowed.clone(), borrowed] {
            scope.spawn(move || assert_eq!(client.invoke(&input()).unwrap().status(), 200));
        }
    });
    let sent = ["cn-hangzhou", "eu-central-1"].map(|region| recorder.count(region));
    assert_eq!(sent, [1, 2]);
}
