//! Clones of clients: they share the transport and the credentials, and have their own settings.

use fc_invoke::{
    BlockingClient, BlockingTriggerClient, Client, RetryPolicy, Scheme, TriggerAuth, TriggerClient,
    TriggerRequest, TriggerScheme,
};
use http::Method;

use crate::samples::{endpoint, input};
use crate::scripted_clients::{Rotating, Script, SendResult, answer};

/// The access key ids of the requests. A provider `Rotating` has two keys, each for one request.
fn ids(script: &Script) -> Vec<String> {
    let signatures = script.headers("authorization");
    let ids = signatures.iter().filter_map(|it| it.split_once(':'));
    ids.map(|(id, _)| id.to_owned()).collect()
}

fn two_refusals() -> [SendResult; 2] {
    [answer(429), answer(429)]
}

#[tokio::test]
async fn a_clone_of_a_client_shares_its_provider_and_not_its_retry_policy() {
    let script = Script::of(two_refusals());
    let client = Client::new(script.clone(), endpoint(), Scheme::Fc, Rotating::default());
    let once = client.clone().retry_policy(RetryPolicy::never());
    let outcome = once.invoke(&input()).await.unwrap();
    assert_eq!(outcome.status(), 429);
    // The client itself still retries, and the clone used one of the two keys.
    let error = client.invoke(&input()).await.unwrap_err();
    assert_eq!(error.to_string(), "credentials: there are no more");
    assert_eq!(ids(&script), ["FC id-0", "FC id-1"]);
}

#[test]
fn a_clone_of_a_blocking_client_shares_its_provider_and_not_its_retry_policy() {
    let script = Script::of(two_refusals());
    let client = BlockingClient::new(script.clone(), endpoint(), Scheme::Fc, Rotating::default());
    let once = client.clone().retry_policy(RetryPolicy::never());
    assert_eq!(once.invoke(&input()).unwrap().status(), 429);
    let error = client.invoke(&input()).unwrap_err();
    assert_eq!(error.to_string(), "credentials: there are no more");
    assert_eq!(ids(&script), ["FC id-0", "FC id-1"]);
}

#[tokio::test]
async fn a_clone_of_a_trigger_client_shares_its_provider() {
    let request = TriggerRequest::builder(Method::GET, "/").build().unwrap();
    let auth = || TriggerAuth::signed(TriggerScheme::Fc, Rotating::default());

    let script = Script::of(two_refusals());
    let client = TriggerClient::new(script.clone(), endpoint(), auth());
    for client in [client.clone(), client.clone()] {
        assert!(client.call(&request).await.is_ok());
    }
    assert!(client.call(&request).await.is_err());
    assert_eq!(ids(&script), ["FC id-0", "FC id-1"]);

    let script = Script::of(two_refusals());
    let client = BlockingTriggerClient::new(script.clone(), endpoint(), auth());
    for client in [client.clone(), client.clone()] {
        assert!(client.call(&request).is_ok());
    }
    assert!(client.call(&request).is_err());
    assert_eq!(ids(&script), ["FC id-0", "FC id-1"]);
}
