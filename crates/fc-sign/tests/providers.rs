//! Providers of credentials: the credentials themselves, and pointers to a provider.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use std::error::Error as _;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, DynCredentialsProvider,
    ProviderError, Timestamp,
};

fn key() -> Credentials {
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    Credentials::new("FCTESTACCESSKEYID01".parse().unwrap(), secret)
}

fn now() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}

/// One more second, at which the credentials of `Cache` have expired.
fn later() -> Timestamp {
    "2022-05-11T09:00:01Z".parse().unwrap()
}

/// Has credentials until `now`, and can replace them after a refusal.
struct Cache(Credentials);

impl CredentialsProvider for Cache {
    async fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        BlockingCredentialsProvider::credentials(self, now)
    }

    fn discard(&self, refused: &Credentials) -> bool {
        BlockingCredentialsProvider::discard(self, refused)
    }
}

impl BlockingCredentialsProvider for Cache {
    fn credentials(&self, time: Timestamp) -> Result<Credentials, ProviderError> {
        if time > now() {
            return Err(ProviderError::new("expired"));
        }
        Ok(self.0.clone())
    }

    fn discard(&self, refused: &Credentials) -> bool {
        refused.is_clone_of(&self.0)
    }
}

/// The output of a future that is ready at once.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("expected a future that is ready at once"),
    }
}

/// Asserts that a provider answers as `cache` does.
fn assert_asks<P: CredentialsProvider + ?Sized>(provider: &P, cache: &Cache) {
    assert!(
        ready(provider.credentials(now()))
            .unwrap()
            .is_clone_of(&cache.0)
    );
    let error = ready(provider.credentials(later())).unwrap_err();
    assert_eq!(error.to_string(), "credentials: expired");
    assert!(provider.discard(&cache.0));
    assert!(!provider.discard(&key()));
}

/// The same for a blocking provider.
fn assert_asks_blocking<P: BlockingCredentialsProvider + ?Sized>(provider: &P, cache: &Cache) {
    assert!(provider.credentials(now()).unwrap().is_clone_of(&cache.0));
    let error = provider.credentials(later()).unwrap_err();
    assert_eq!(error.to_string(), "credentials: expired");
    assert!(provider.discard(&cache.0));
    assert!(!provider.discard(&key()));
}

#[test]
fn a_pointer_to_a_provider_answers_as_the_provider() {
    let cache = Arc::new(Cache(key()));
    assert_asks(&&*cache, &cache);
    assert_asks(&cache, &cache);
    assert_asks_blocking(&&*cache, &cache);
    assert_asks_blocking(&cache, &cache);
    let object: Arc<dyn BlockingCredentialsProvider> = cache.clone();
    assert_asks_blocking(&object, &cache);
}

#[test]
fn a_provider_of_any_type_answers_as_the_provider() {
    let cache = Arc::new(Cache(key()));
    let object: Arc<dyn DynCredentialsProvider> = cache.clone();
    assert_asks(&*object, &cache);
    assert_asks(&object, &cache);
    assert_eq!(format!("{object:?}"), "DynCredentialsProvider");
}

#[test]
fn credentials_are_a_provider_that_returns_themselves_and_has_no_others() {
    let key = key();
    let loaded = ready(CredentialsProvider::credentials(&key, now())).unwrap();
    assert!(loaded.is_clone_of(&key));
    let loaded = BlockingCredentialsProvider::credentials(&key, now()).unwrap();
    assert!(loaded.is_clone_of(&key));
    assert!(!CredentialsProvider::discard(&key, &loaded));
    assert!(!BlockingCredentialsProvider::discard(&key, &loaded));
}

#[test]
fn a_provider_error_displays_its_detail_and_keeps_its_source() {
    let error = ProviderError::new("no file");
    assert_eq!(error.to_string(), "credentials: no file");
    assert!(error.source().is_none());
    let error = error.because("the disk is gone");
    assert_eq!(error.to_string(), "credentials: no file");
    assert_eq!(error.source().unwrap().to_string(), "the disk is gone");
}
