//! A refusal because the security token has expired: the provider forgets it, and the request is sent again once.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use fc_invoke::{
    BlockingClient, Call, Client, DeadlinePhase, InvokeErrorKind, Next, RetryPolicy, Scheme,
    StreamingOutcome, StreamingPayload,
};
use fc_response::Outcome;
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsProvider, ProviderError, Timestamp,
};
use fc_transport::TransportErrorKind;

use crate::one_attempt::{SendResult, answer, error, plain, signer};
use crate::samples::{builder, endpoint, input};
use crate::scripted_clients::{self, Script};
use crate::streaming_transports::{Once, Pieces, Reader, reader};

const EXPIRED: &str = "InvalidSecurityToken.Expired";

/// The decision after an attempt with credentials that can be replaced or not, and how often they were discarded.
fn attempt(call: Call, result: SendResult, can_be_replaced: bool) -> (Next, u32) {
    let time = "2022-05-11T09:00:00Z".parse().unwrap();
    let (_, in_flight) = call.start(&signer(), time, &"n".parse().unwrap()).unwrap();
    let mut discarded = 0;
    let next = in_flight.finish_with_reload(result, || {
        discarded += 1;
        can_be_replaced
    });
    (next, discarded)
}

fn refusal_code(next: Next) -> String {
    match next {
        Next::Done(Ok(Outcome::Rejected(error))) => error.code().unwrap().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_call_is_sent_again_once_and_without_a_wait() {
    let (next, discarded) = attempt(plain(), answer(400, EXPIRED), true);
    let Next::Retry(call, backoff) = next else {
        panic!("{next:?}")
    };
    assert_eq!(backoff.longest(), Duration::ZERO);
    assert_eq!(discarded, 1);
    let late = call.deadline_exceeded(DeadlinePhase::Credentials);
    assert_eq!(late.code(), Some(EXPIRED));
    let InvokeErrorKind::Deadline(late) = late.kind() else {
        panic!("{late}")
    };
    assert_eq!(late.attempts(), 1);
    let (next, discarded) = attempt(call, answer(400, EXPIRED), true);
    assert_eq!((refusal_code(next).as_str(), discarded), (EXPIRED, 0));
}

#[test]
fn a_call_is_not_sent_again_without_other_credentials_or_without_an_attempt_left() {
    let (next, discarded) = attempt(plain(), answer(400, EXPIRED), false);
    assert_eq!((refusal_code(next).as_str(), discarded), (EXPIRED, 1));
    let never = plain().retry_policy(RetryPolicy::never());
    let (next, discarded) = attempt(never, answer(400, EXPIRED), true);
    assert_eq!((refusal_code(next).as_str(), discarded), (EXPIRED, 1));
}

#[test]
fn the_credentials_are_kept_after_any_other_result() {
    for result in [
        answer(200, ""),
        answer(403, "AccessDenied"),
        answer(429, "ResourceExhausted"),
        answer(502, EXPIRED),
        error(TransportErrorKind::Connect),
        error(TransportErrorKind::Interrupted),
    ] {
        let shown = format!("{result:?}");
        let (_, discarded) = attempt(plain(), result, true);
        assert_eq!(discarded, 0, "{shown}");
    }
}

/// A provider that has another key after each one that it discarded.
#[derive(Default)]
struct Renewing(AtomicU32);

impl Renewing {
    fn key(&self) -> Credentials {
        let id = format!("id-{}", self.discarded());
        Credentials::new(id.parse().unwrap(), "secret".parse().unwrap())
    }

    fn discarded(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    fn forget(&self, refused: &Credentials) -> bool {
        assert_eq!(refused.access_key_id(), self.key().access_key_id());
        self.0.fetch_add(1, Ordering::Relaxed);
        true
    }
}

impl BlockingCredentialsProvider for Renewing {
    fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        Ok(self.key())
    }

    fn discard(&self, refused: &Credentials) -> bool {
        self.forget(refused)
    }
}

impl CredentialsProvider for Renewing {
    async fn credentials(&self, _: Timestamp) -> Result<Credentials, ProviderError> {
        Ok(self.key())
    }

    fn discard(&self, refused: &Credentials) -> bool {
        self.forget(refused)
    }
}

#[tokio::test]
async fn both_clients_sign_the_second_attempt_with_other_credentials() {
    let results = || {
        Script::of([
            Ok(answer(400, EXPIRED).unwrap()),
            scripted_clients::answer(200),
        ])
    };
    let (one, two) = (results(), results());
    let client = Client::new(one.clone(), endpoint(), Scheme::Fc, Renewing::default());
    let outcome = client.invoke(&input()).await.unwrap();
    assert!(outcome.into_result().is_ok());
    let client = BlockingClient::new(two.clone(), endpoint(), Scheme::Fc, Renewing::default());
    let outcome = client.invoke(&input()).unwrap();
    assert!(outcome.into_result().is_ok());
    for script in [one, two] {
        let signatures = script.headers("authorization");
        let ids = signatures.iter().filter_map(|it| it.split(':').next());
        let ids: Vec<_> = ids.collect();
        assert_eq!(ids, ["FC id-0", "FC id-1"]);
        assert_eq!(script.waits(), [Duration::ZERO]);
    }
}

fn body(code: &str) -> &'static str {
    match code {
        EXPIRED => r#"{"Code":"InvalidSecurityToken.Expired"}"#,
        _ => r#"{"Code":"InvalidSecurityToken.Malformed"}"#,
    }
}

#[tokio::test]
async fn a_stream_is_not_sent_again_but_the_next_invocation_has_other_credentials() {
    let input = builder().build().unwrap();
    for (code, discarded) in [(EXPIRED, 1), ("InvalidSecurityToken.Malformed", 0)] {
        let provider = Renewing::default();
        let once = Once::new(400, Pieces::of([body(code)]));
        let client = Client::new(&once, endpoint(), Scheme::Fc, &provider);
        let payload = StreamingPayload::new(Pieces::of(["event"]));
        let outcome = client.invoke_streaming(&input, payload).await.unwrap();
        assert!(matches!(
            outcome,
            StreamingOutcome::Other(Outcome::Rejected(_))
        ));
        assert_eq!(provider.discarded(), discarded, "{code}");

        let provider = Renewing::default();
        let once: Once<Reader> = Once::new(400, reader(body(code)));
        let client = BlockingClient::new(&once, endpoint(), Scheme::Fc, &provider);
        let payload = StreamingPayload::new(&b"event"[..]);
        let outcome = client.invoke_streaming(&input, payload, 5).unwrap();
        assert!(matches!(
            outcome,
            StreamingOutcome::Other(Outcome::Rejected(_))
        ));
        assert_eq!(provider.discarded(), discarded, "{code}");
    }
}
