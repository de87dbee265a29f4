//! A refusal because the token has expired: the credentials are loaded again, and the request is sent again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fc_credentials::{LoadCredentials, Loaded, RefreshingProvider};
use fc_invoke::{InvokeOptions, RetryPolicy};
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, ProviderError, Timestamp,
};
use fc_transport::ExchangeLimits;
use fcgate_http::origin::{Connection, Origin, Script, Step};

use crate::transports::{AnyClient, Backend, SUCCESS, endpoint, input, key, with_length};

const EXPIRED: &str = r#"{"RequestId":"1-65","Code":"InvalidSecurityToken.Expired","Message":"Specified SecurityToken is expired."}"#;
const MALFORMED: &str =
    r#"{"RequestId":"1-65","Code":"InvalidSecurityToken.Malformed","Message":"m"}"#;

fn refusal(body: &str) -> Vec<u8> {
    let head = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n";
    with_length(format!("{head}{body}").as_bytes())
}

/// Refuses the first requests with these bodies; a success for every later one.
fn origin(bodies: &[&str]) -> Origin {
    let answer = |response: Vec<u8>| vec![Step::send(response), Step::Close];
    let mut answers = bodies.iter().map(|body| answer(refusal(body)));
    let first = answers.next().unwrap_or_else(|| answer(SUCCESS.to_vec()));
    let script = answers.fold(Script::on_request(first), Script::then);
    Origin::start(script.then(answer(SUCCESS.to_vec()))).unwrap()
}

/// Numbers the key ids and the tokens that it loads.
#[derive(Default)]
struct Vault(AtomicUsize);

impl LoadCredentials for Vault {
    async fn load(&self, _: Timestamp) -> Result<Loaded, ProviderError> {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        let credentials = Credentials::temporary(
            format!("STS.LOAD-{number}").parse().unwrap(),
            "fcTestAccessKeySecret0123456789".parse().unwrap(),
            format!("CAISdummy{number}").parse().unwrap(),
        );
        let in_an_hour = Timestamp::try_from(4_000_000_000_u64).unwrap();
        Ok(Loaded::until(credentials, in_an_hour))
    }
}

/// A cache for both clients.
#[derive(Clone)]
struct Cache(Arc<RefreshingProvider<Arc<Vault>>>);

impl Cache {
    fn new() -> (Self, Arc<Vault>) {
        let vault = Arc::new(Vault::default());
        (
            Self(Arc::new(RefreshingProvider::new(Arc::clone(&vault)))),
            vault,
        )
    }
}

impl CredentialsProvider for Cache {
    async fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        self.0.credentials(now).await
    }

    fn discard(&self, refused: &Credentials) -> bool {
        self.0.discard(refused)
    }
}

impl BlockingCredentialsProvider for Cache {
    fn credentials(&self, now: Timestamp) -> Result<Credentials, ProviderError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(self.0.credentials(now))
    }

    fn discard(&self, refused: &Credentials) -> bool {
        self.0.discard(refused)
    }
}

/// The tokens of the requests that arrived.
fn tokens(origin: &Origin) -> Vec<String> {
    let connections = origin.connections();
    let requests = connections.iter().flat_map(Connection::requests);
    let line = |request: &[u8]| {
        let text = String::from_utf8_lossy(request).to_ascii_lowercase();
        let line = text
            .lines()
            .find(|line| line.starts_with("x-acs-security-token:"));
        line.unwrap_or_default().split(": ").skip(1).collect()
    };
    requests.map(line).collect()
}

#[test]
fn a_request_with_an_expired_token_is_sent_again_with_a_new_one() {
    for backend in Backend::ALL {
        let (cache, vault) = Cache::new();
        let origin = origin(&[EXPIRED]);
        let client = AnyClient::new(backend, ExchangeLimits::default(), endpoint(&origin), cache);
        let outcome = client.invoke(&input(), InvokeOptions::default()).unwrap();
        assert_eq!(outcome.status(), 200, "{backend:?}");
        assert_eq!(tokens(&origin), ["caisdummy1", "caisdummy2"], "{backend:?}");
        let outcome = client.invoke(&input(), InvokeOptions::default()).unwrap();
        assert_eq!(outcome.status(), 200, "{backend:?}");
        assert_eq!(
            vault.0.load(Ordering::SeqCst),
            2,
            "the new token is kept: {backend:?}"
        );
    }
}

#[test]
fn a_token_that_is_refused_again_is_a_refusal_after_one_load() {
    for backend in Backend::ALL {
        let (cache, vault) = Cache::new();
        let origin = origin(&[EXPIRED, EXPIRED]);
        let client = AnyClient::new(backend, ExchangeLimits::default(), endpoint(&origin), cache);
        let outcome = client.invoke(&input(), InvokeOptions::default()).unwrap();
        let failure = outcome.into_result().unwrap_err();
        assert_eq!(
            failure.code(),
            Some("InvalidSecurityToken.Expired"),
            "{backend:?}"
        );
        assert!(!failure.may_have_run(), "{backend:?}");
        assert_eq!(
            (origin.invocations(), vault.0.load(Ordering::SeqCst)),
            (2, 2),
            "{backend:?}"
        );
    }
}

#[test]
fn another_refusal_of_a_token_a_fixed_key_and_a_policy_without_retries_send_once() {
    for backend in Backend::ALL {
        let limits = ExchangeLimits::default();
        let (cache, vault) = Cache::new();
        let malformed = origin(&[MALFORMED]);
        let client = AnyClient::new(backend, limits, endpoint(&malformed), cache);
        let outcome = client.invoke(&input(), InvokeOptions::default()).unwrap();
        outcome.into_result().unwrap_err();
        assert_eq!(
            (malformed.invocations(), vault.0.load(Ordering::SeqCst)),
            (1, 1)
        );

        let fixed = origin(&[EXPIRED]);
        let client = AnyClient::new(backend, limits, endpoint(&fixed), key());
        let outcome = client.invoke(&input(), InvokeOptions::default()).unwrap();
        outcome.into_result().unwrap_err();
        assert_eq!(fixed.invocations(), 1, "{backend:?}");

        let (cache, vault) = Cache::new();
        let once = origin(&[EXPIRED]);
        let client = AnyClient::new(backend, limits, endpoint(&once), cache);
        let never = InvokeOptions::default().retry_policy(RetryPolicy::never());
        client
            .invoke(&input(), never)
            .unwrap()
            .into_result()
            .unwrap_err();
        assert_eq!(once.invocations(), 1, "{backend:?}");
        // The next invocation does not use the refused token.
        let outcome = client.invoke(&input(), never).unwrap();
        assert_eq!(
            (outcome.status().as_u16(), vault.0.load(Ordering::SeqCst)),
            (200, 2)
        );
    }
}
