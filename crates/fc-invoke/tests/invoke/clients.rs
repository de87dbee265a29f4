//! The asynchronous and the blocking client, over a scripted transport and a fixed clock.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use fc_invoke::{
    BlockingClient, Client, ClockAndRandomness, InvokeError, InvokeErrorKind, InvokeOptions,
    RetryPolicy, Scheme,
};
use fc_response::Outcome;
use fc_sign::{Credentials, ProviderError, SignError};
use fc_transport::{TransportError, TransportErrorKind};
use http::Response;

use crate::samples::{endpoint, input};
use crate::scripted_clients::{Rotating, Script, answer, blocking, client};

fn throttled_then_completed() -> Script {
    Script::of([Err(TransportErrorKind::Connect), answer(429), answer(200)])
}

#[tokio::test]
async fn both_clients_send_the_same_requests_and_wait_the_same_time() {
    for scheme in [Scheme::Fc, Scheme::Acs3] {
        let (async_script, blocking_script) =
            (throttled_then_completed(), throttled_then_completed());
        let outcome = client(&async_script, scheme)
            .invoke(&input())
            .await
            .unwrap();
        let blocking = blocking(&blocking_script, scheme).invoke(&input()).unwrap();
        for outcome in [outcome, blocking] {
            let Outcome::Completed(completed) = outcome else {
                panic!("{outcome:?}")
            };
            assert_eq!(completed.payload().as_ref(), b"result");
        }
        let signatures = async_script.headers("authorization");
        assert_eq!(signatures, blocking_script.headers("authorization"));
        assert_eq!(signatures.len(), 3);
        assert!(
            signatures.windows(2).all(|pair| pair[0] != pair[1]),
            "every attempt is signed again"
        );
        // The random number is the highest one, so the client waits the longest time of each backoff.
        assert_eq!(
            async_script.waits(),
            [Duration::from_millis(100), Duration::from_millis(200)]
        );
        assert_eq!(async_script.waits(), blocking_script.waits());
    }
}

#[tokio::test]
async fn an_attempt_that_may_have_run_is_retried_only_if_the_caller_declares_it_idempotent() {
    let lost = || Script::of([Err(TransportErrorKind::Interrupted), answer(200)]);
    let script = lost();
    let error = client(&script, Scheme::Fc)
        .invoke(&input())
        .await
        .unwrap_err();
    assert!(matches!(error.kind(), InvokeErrorKind::Transport(_)));
    assert!(error.may_have_run() && !error.is_retryable());
    assert_eq!(script.headers("date").len(), 1);
    let script = lost();
    let options = InvokeOptions::default().idempotent();
    client(&script, Scheme::Fc)
        .invoke_with(&input(), options)
        .await
        .unwrap()
        .into_result()
        .unwrap();
    assert_eq!(script.headers("date").len(), 2);
    let options = options.retry_policy(RetryPolicy::never());
    assert!(
        client(&lost(), Scheme::Fc)
            .invoke_with(&input(), options)
            .await
            .is_err()
    );
}

/// A clock at the epoch, and always the same random number.
struct Fixed(u128);

impl ClockAndRandomness for Fixed {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH
    }

    fn random(&self) -> u128 {
        self.0
    }
}

/// A clock at the epoch, and a different number at each call.
#[derive(Default)]
struct Counting(AtomicU64);

impl ClockAndRandomness for Counting {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH
    }

    fn random(&self) -> u128 {
        self.0.fetch_add(1, Ordering::Relaxed).into()
    }
}

#[tokio::test]
async fn every_attempt_has_a_nonce_of_its_own_also_within_one_second() {
    let (script, blocking_script) = (throttled_then_completed(), throttled_then_completed());
    let client = client(&script, Scheme::Acs3);
    let client = client.clock_and_randomness(Arc::new(Counting::default()));
    client
        .invoke(&input())
        .await
        .unwrap()
        .into_result()
        .unwrap();
    let client = blocking(&blocking_script, Scheme::Acs3);
    let client = client.clock_and_randomness(Arc::new(Counting::default()));
    client.invoke(&input()).unwrap().into_result().unwrap();
    for script in [script, blocking_script] {
        let mut nonces = script.headers("x-acs-signature-nonce");
        assert_eq!(nonces.len(), 3);
        nonces.sort();
        nonces.dedup();
        assert_eq!(nonces.len(), 3, "{nonces:?}");
    }
}

/// A clock at the epoch without random numbers.
struct NoRandomness;

impl ClockAndRandomness for NoRandomness {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH
    }

    fn random(&self) -> u128 {
        panic!("the scheme FC sends no nonce")
    }
}

#[tokio::test]
async fn a_signature_without_a_nonce_takes_no_random_number() {
    let script = Script::of([answer(200)]);
    let client = client(&script, Scheme::Fc).clock_and_randomness(Arc::new(NoRandomness));
    let outcome = client.invoke(&input()).await.unwrap();
    assert!(outcome.into_result().is_ok());
    let script = Script::of([answer(200)]);
    let client = blocking(&script, Scheme::Fc).clock_and_randomness(Arc::new(NoRandomness));
    assert!(client.invoke(&input()).unwrap().into_result().is_ok());
}

#[tokio::test]
async fn only_the_low_bits_of_the_random_number_pick_the_wait() {
    for (number, wait) in [
        (1_u128 << 100, 50),
        ((1 << 100) | u128::from(u32::MAX), 100),
    ] {
        let script = throttled_then_completed();
        let client = client(&script, Scheme::Fc).clock_and_randomness(Arc::new(Fixed(number)));
        client
            .invoke(&input())
            .await
            .unwrap()
            .into_result()
            .unwrap();
        assert_eq!(script.waits()[0], Duration::from_millis(wait));
    }
}

#[tokio::test]
async fn the_retry_policy_of_a_client_holds_for_every_invocation() {
    let (async_script, blocking_script) = (throttled_then_completed(), throttled_then_completed());
    let policy = RetryPolicy::never();
    let client = client(&async_script, Scheme::Fc).retry_policy(policy);
    assert!(client.invoke(&input()).await.is_err());
    let blocking = blocking(&blocking_script, Scheme::Fc).retry_policy(policy);
    assert!(blocking.invoke(&input()).is_err());
    assert_eq!(
        (
            async_script.headers("date").len(),
            blocking_script.headers("date").len()
        ),
        (1, 1)
    );
    for (shown, name) in [
        (format!("{client:?}"), "Client { state: ClientState {"),
        (
            format!("{blocking:?}"),
            "BlockingClient { state: ClientState {",
        ),
    ] {
        assert!(shown.starts_with(name), "{shown}");
    }
}

#[tokio::test]
async fn the_retry_policy_of_an_invocation_overrides_that_of_the_client() {
    for options in [
        InvokeOptions::default()
            .retry_policy(RetryPolicy::default())
            .idempotent(),
        InvokeOptions::default()
            .idempotent()
            .retry_policy(RetryPolicy::default()),
    ] {
        let script = Script::of([Err(TransportErrorKind::Interrupted), answer(200)]);
        let client = client(&script, Scheme::Fc).retry_policy(RetryPolicy::never());
        client
            .invoke_with(&input(), options)
            .await
            .unwrap()
            .into_result()
            .unwrap();
        assert_eq!(script.headers("date").len(), 2);
    }
}

#[tokio::test]
async fn the_clock_is_corrected_only_for_an_invocation_that_allows_it() {
    let body = r#"{"ErrorCode":"RequestTimeTooSkewed"}"#;
    let skewed = || {
        let response = Response::builder().status(403);
        let response = response.header("date", "Thu, 01 Jan 1970 01:00:00 GMT");
        Script::of([Ok(response.body(Bytes::from(body)).unwrap()), answer(200)])
    };
    let fixed = || Arc::new(Fixed(0));
    let script = skewed();
    let uncorrected = client(&script, Scheme::Fc).clock_and_randomness(fixed());
    let error = uncorrected.invoke(&input()).await.unwrap_err();
    assert_eq!(
        error.source().unwrap().to_string(),
        "rejected with status 403: RequestTimeTooSkewed"
    );
    let script = skewed();
    let client = client(&script, Scheme::Fc).clock_and_randomness(fixed());
    let options = InvokeOptions::default().correct_clock();
    client
        .invoke_with(&input(), options)
        .await
        .unwrap()
        .into_result()
        .unwrap();
    assert_eq!(
        script.headers("date"),
        [
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Thu, 01 Jan 1970 01:00:00 GMT"
        ]
    );
}

#[test]
fn an_error_names_its_origin_and_keeps_its_source() {
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

#[tokio::test]
async fn the_credentials_are_requested_before_every_attempt() {
    let script = Script::of([answer(429), answer(429), answer(200)]);
    let client = Client::new(script.clone(), endpoint(), Scheme::Fc, Rotating::default());
    let error = client.invoke(&input()).await.unwrap_err();
    assert_eq!(error.to_string(), "credentials: there are no more");
    let signatures = script.headers("authorization");
    assert!(signatures[0].starts_with("FC id-0:") && signatures[1].starts_with("FC id-1:"));
}

#[tokio::test]
async fn ten_thousand_random_numbers_of_the_system_are_all_different() {
    let environment = fc_invoke::SystemClockAndRandomness::default();
    let drawn: std::collections::HashSet<u128> =
        (0..10_000).map(|_| environment.random()).collect();
    assert_eq!(drawn.len(), 10_000);
    assert_eq!(format!("{environment:?}"), "SystemClockAndRandomness");
    let halves = |number: &u128| (number >> 64, number & u128::from(u64::MAX));
    assert!(
        drawn
            .iter()
            .map(halves)
            .all(|(high, low)| high != 0 && low != 0)
    );
}

#[test]
fn neither_a_client_nor_its_errors_show_a_secret() {
    let secret = "fcTestAccessKeySecret0123456789".parse().unwrap();
    let credentials = Credentials::new("id".parse().unwrap(), secret);
    let client = BlockingClient::new(Script::default(), endpoint(), Scheme::Fc, credentials);
    let error = client.invoke(&input()).unwrap_err();
    let shown = format!("{client:?} {error:?} {error}");
    assert!(!shown.contains("TestAccess"), "{shown}");
}
