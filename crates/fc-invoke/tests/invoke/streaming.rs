//! Streamed payloads and results: signing, results as streams, and results in memory.

use std::io::{self, Cursor, Read};

use bytes::Bytes;
use fc_invoke::{
    BlockingClient, Client, InvokeError, InvokeErrorKind, InvokeFunctionInput, Scheme,
    StreamingOutcome, StreamingPayload, StreamingSuccess, Target,
};
use fc_response::{Failure, Outcome, Success};
use fc_transport::{TransportError, TransportErrorKind};
use http::Response;

use crate::samples::{builder, credentials, endpoint};
use crate::streaming_transports::{Once, Piece, Pieces, Reader, reader};

/// The body limit of the transports, which also holds for a response that is not a result: 64 MiB.
const LIMIT: usize = 64 << 20;

/// Streams `event` through the asynchronous client.
async fn stream(
    once: &Once<Pieces>,
    scheme: Scheme,
    input: &InvokeFunctionInput,
    digest: Option<[u8; 32]>,
) -> Result<StreamingOutcome<Pieces>, InvokeError> {
    let client = Client::new(once, endpoint(), scheme, credentials());
    let payload = StreamingPayload::new(Pieces::of(["ev", "ent"]));
    let payload = match digest {
        Some(digest) => payload.sha256(digest),
        None => payload,
    };
    client.invoke_streaming(input, payload).await
}

/// Streams `event` through the blocking client; the response has status 429 and this body.
fn blocking_refusal(
    body: impl Read + Send + 'static,
) -> Result<StreamingOutcome<Reader>, InvokeError> {
    let once = Once::new(429, Box::new(body) as Reader);
    let client = BlockingClient::new(&once, endpoint(), Scheme::Fc, credentials());
    let payload = StreamingPayload::new(Cursor::new("event"));
    let input = builder().build().unwrap();
    let outcome = client.invoke_streaming(&input, payload, 5);
    let sent = once.sent().unwrap();
    assert_eq!(sent.body(), b"event");
    assert!(
        sent.headers()["authorization"]
            .to_str()
            .unwrap()
            .starts_with("FC id:")
    );
    outcome
}

fn body_of<B>(outcome: StreamingOutcome<B>) -> Bytes {
    match outcome {
        StreamingOutcome::Other(other) => other.into_response().into_body(),
        StreamingOutcome::Completed(_) => panic!("the outcome is a result"),
    }
}

fn transport_kind<T>(result: Result<T, InvokeError>) -> TransportErrorKind {
    match result.map_err(InvokeError::into_kind) {
        Err(InvokeErrorKind::Transport(error)) => error.kind(),
        _ => panic!("expected a transport error"),
    }
}

#[tokio::test]
async fn the_head_is_signed_with_the_digest_of_the_caller() {
    let mut digest = [0x0f; 32];
    digest[31] = 0xf0;
    let input = builder().build().unwrap();
    for (scheme, prefix, hash) in [
        (Scheme::Fc, "FC id:", None),
        (
            Scheme::Acs3,
            "ACS3-HMAC-SHA256 Credential=id,",
            Some("0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0ff0"),
        ),
    ] {
        let once = Once::new(200, Pieces::of(["re", "sult"]));
        let outcome = stream(&once, scheme, &input, Some(digest)).await.unwrap();
        let StreamingOutcome::Completed(response) = outcome else {
            panic!("{prefix}")
        };
        let left = response.body().left();
        assert_eq!(left, 2, "the client must not read the result");
        let sent = once.sent().unwrap();
        assert_eq!(sent.body(), b"event");
        let header = |name| {
            sent.headers()
                .get(name)
                .map(|value| value.to_str().unwrap())
        };
        assert!(header("authorization").unwrap().starts_with(prefix));
        assert_eq!(header("x-acs-content-sha256"), hash);
    }
}

#[tokio::test]
async fn an_input_that_cannot_be_signed_is_refused_before_anything_is_sent() {
    let newest = || InvokeFunctionInput::builder(Target::v2023_03_30("fn".parse().unwrap()));
    for (scheme, input, message) in [
        (
            Scheme::Fc,
            builder().payload("twice"),
            "input: two-payloads: payload",
        ),
        (
            Scheme::Fc,
            builder().content_md5(),
            "input: missing: Content-MD5",
        ),
        (
            Scheme::Fc,
            newest(),
            "input: unsupported-scheme: signature scheme",
        ),
        (Scheme::Acs3, builder(), "input: missing: SHA-256"),
    ] {
        let once = Once::new(200, Pieces::of([""; 0]));
        let input = input.build().unwrap();
        let Err(error) = stream(&once, scheme, &input, None).await else {
            panic!("{message}")
        };
        assert!(error.to_string().starts_with(message), "{error}");
        assert!(once.sent().is_none(), "{message}");
    }
}

#[tokio::test]
async fn a_response_that_is_not_a_result_is_read_completely() {
    let input = builder().build().unwrap();
    let body = r#"{"ErrorCode":"ResourceExhausted"}"#;
    let (first, second) = body.split_at(9);
    let once = Once::new(429, Pieces::of([first, second]));
    let outcome = stream(&once, Scheme::Fc, &input, None).await.unwrap();
    let StreamingOutcome::Other(Outcome::Rejected(error)) = outcome else {
        panic!("{body}")
    };
    assert_eq!(error.code(), Some("ResourceExhausted"));
    assert_eq!(body_of(blocking_refusal(body.as_bytes()).unwrap()), body);
}

#[tokio::test]
async fn a_response_that_is_not_a_result_is_limited_to_the_body_limit_of_the_transports() {
    let input = builder().build().unwrap();
    let pieces = |more: usize| {
        let piece = Bytes::from(vec![b'x'; LIMIT / 4]);
        let mut pieces = vec![piece; 4];
        pieces.extend((more > 0).then(|| Bytes::from(vec![b'x'; more])));
        Once::new(429, Pieces::of(pieces.into_iter().map(Piece::Data)))
    };
    let whole = stream(&pieces(0), Scheme::Fc, &input, None).await.unwrap();
    assert_eq!(body_of(whole).len(), LIMIT);
    let beyond = stream(&pieces(1), Scheme::Fc, &input, None).await;
    assert_eq!(transport_kind(beyond), TransportErrorKind::Protocol);
    let whole = blocking_refusal(io::repeat(b'x').take(LIMIT as u64)).unwrap();
    assert_eq!(body_of(whole).len(), LIMIT);
    let endless = blocking_refusal(io::repeat(b'x'));
    assert_eq!(transport_kind(endless), TransportErrorKind::Protocol);
}

/// A reader that fails once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[tokio::test]
async fn a_truncated_response_is_the_error_of_the_transport() {
    let late = || TransportError::new(TransportErrorKind::Timeout, "the exchange took too long");
    let input = builder().build().unwrap();
    let pieces = ["{".into(), Piece::Lost(TransportErrorKind::Timeout)];
    let once = Once::new(429, Pieces::of(pieces));
    let cut = stream(&once, Scheme::Fc, &input, None).await;
    assert_eq!(transport_kind(cut), TransportErrorKind::Timeout);
    let passed_on = blocking_refusal(Failing(Some(io::Error::other(late()))));
    assert_eq!(transport_kind(passed_on), TransportErrorKind::Timeout);
    let other = blocking_refusal(Failing(Some(io::ErrorKind::ConnectionReset.into())));
    assert_eq!(transport_kind(other), TransportErrorKind::Interrupted);
}

#[test]
fn debug_does_not_show_a_streamed_payload() {
    let payload = StreamingPayload::new("personal");
    assert_eq!(
        format!("{payload:?}"),
        "StreamingPayload { sha256: None, .. }"
    );
}

fn read(mut reader: Reader) -> String {
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    text
}

fn blocking(once: &Once<Reader>) -> BlockingClient<&Once<Reader>> {
    BlockingClient::new(once, endpoint(), Scheme::Fc, credentials())
}

fn blocking_stream(
    client: &BlockingClient<&Once<Reader>>,
) -> Result<StreamingOutcome<Reader>, InvokeError> {
    let input = builder().build().unwrap();
    let payload = StreamingPayload::new(Cursor::new("event and more"));
    client.invoke_streaming(&input, payload, 5)
}

#[test]
fn the_blocking_client_sends_the_length_of_the_caller_and_returns_the_result_as_a_reader() {
    let once = Once::new(200, reader("result"));
    let outcome = blocking_stream(&blocking(&once)).unwrap();
    assert_eq!(outcome.request_id(), Some("r-1"));
    let StreamingSuccess::Completed(response) = outcome.into_result().unwrap() else {
        panic!("the outcome is not a result")
    };
    assert_eq!(read(response.into_body()), "result");
    assert_eq!(once.sent().unwrap().body(), b"event");
}

#[tokio::test]
async fn an_outcome_that_is_not_a_result_is_a_success_or_a_failure() {
    let input = builder().build().unwrap();
    let once = Once::new(202, Pieces::of([""]));
    let outcome = stream(&once, Scheme::Fc, &input, None).await.unwrap();
    assert_eq!(outcome.request_id(), Some("r-1"));
    let success = outcome.into_result().unwrap();
    assert!(matches!(
        success,
        StreamingSuccess::Other(Success::Accepted(_))
    ));

    let body = r#"{"Code":"AccessDenied","Message":"m","RequestId":"of-body"}"#;
    let refused = Response::builder().status(403).body(Pieces::of([body]));
    let once = Once::of(refused.unwrap());
    let outcome = stream(&once, Scheme::Fc, &input, None).await.unwrap();
    assert_eq!(outcome.request_id(), Some("of-body"));
    let failure = outcome.into_result().unwrap_err();
    assert!(matches!(failure, Failure::Service(_)), "{failure}");
    assert_eq!(failure.code(), Some("AccessDenied"));
}

fn unidentified<B>(status: u16, body: B) -> Once<B> {
    let response = Response::builder().status(status).body(body);
    Once::of(response.unwrap())
}

#[tokio::test]
async fn a_success_without_a_request_id_is_an_error_unless_the_client_accepts_it() {
    let input = builder().build().unwrap();
    let payload = || StreamingPayload::new(Pieces::of(["event"]));
    for status in [200, 202] {
        let once = unidentified(status, Pieces::of(["page"]));
        let client = Client::new(&once, endpoint(), Scheme::Fc, credentials());
        let refused = client.invoke_streaming(&input, payload()).await;
        let message = refused.unwrap_err().to_string();
        assert!(message.starts_with("response: not-fc: "), "{message}");

        let once = unidentified(status, Pieces::of(["page"]));
        let client = Client::new(&once, endpoint(), Scheme::Fc, credentials());
        let client = client.accept_unidentified_responses();
        let outcome = client.invoke_streaming(&input, payload()).await.unwrap();
        let is_result = matches!(outcome, StreamingOutcome::Completed(_));
        assert_eq!(is_result, status == 200);
        assert!(outcome.into_result().is_ok(), "{status}");

        let once = unidentified(status, reader("page"));
        let Err(refused) = blocking_stream(&blocking(&once)) else {
            panic!("{status}")
        };
        assert_eq!(refused.to_string(), message);
        let once = unidentified(status, reader("page"));
        let client = blocking(&once).accept_unidentified_responses();
        let outcome = blocking_stream(&client).unwrap();
        let is_result = matches!(outcome, StreamingOutcome::Completed(_));
        assert_eq!(is_result, status == 200);
    }
}

#[tokio::test]
async fn trailers_are_not_a_part_of_the_body() {
    let input = builder().build().unwrap();
    let pieces = ["{".into(), Piece::Trailers, "}".into()];
    let once = Once::new(429, Pieces::of(pieces));
    let outcome = stream(&once, Scheme::Fc, &input, None).await.unwrap();
    assert_eq!(body_of(outcome), "{}");
}
