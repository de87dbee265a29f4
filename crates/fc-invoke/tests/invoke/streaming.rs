//! Streamed payloads and results: signing, results as streams, and results in memory.

use std::collections::VecDeque;
use std::error::Error;
use std::future::poll_fn;
use std::io::{self, Cursor, Read};
use std::pin::{Pin, pin};
use std::sync::Mutex;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use fc_invoke::{
    BlockingClient, Client, InvokeError, InvokeErrorKind, InvokeFunctionInput, Scheme,
    StreamingOutcome, StreamingPayload, Target,
};
use fc_response::Outcome;
use fc_transport::{
    BlockingStreamingTransport, BlockingTransport, StreamingTransport, Transport, TransportError,
    TransportErrorKind,
};
use http::{Request, Response};
use http_body::{Body, Frame};

use crate::samples::{builder, credentials, endpoint};

/// The body limit of the transports, which also holds for a response that is not a result: 64 MiB.
const LIMIT: usize = 64 << 20;

/// A body that consists of pieces.
struct Pieces(VecDeque<Result<Bytes, TransportError>>);

impl Pieces {
    fn of<const N: usize>(pieces: [&'static str; N]) -> Self {
        let pieces = pieces.map(|piece| Ok(Bytes::from_static(piece.as_bytes())));
        Self(pieces.into())
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.0.pop_front().map(|piece| piece.map(Frame::data)))
    }
}

/// A transport that returns one response and records the request.
struct Once<B> {
    answer: Mutex<Option<Response<B>>>,
    sent: Mutex<Option<Request<Vec<u8>>>>,
}

impl<B> Once<B> {
    fn new(status: u16, body: B) -> Self {
        let answer = Response::builder()
            .status(status)
            .header("x-fc-request-id", "r-1")
            .body(body)
            .unwrap();
        Self {
            answer: Mutex::new(Some(answer)),
            sent: Mutex::new(None),
        }
    }

    fn take(&self, head: http::request::Parts, payload: Vec<u8>) -> Response<B> {
        *self.sent.lock().unwrap() = Some(Request::from_parts(head, payload));
        self.answer.lock().unwrap().take().unwrap()
    }
}

impl<B: Send> Transport for &Once<B> {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Err(TransportError::new(
            TransportErrorKind::Other,
            "only streams are expected",
        ))
    }

    async fn sleep(&self, _: Duration) {}
}

impl StreamingTransport for &Once<Pieces> {
    type ResponseBody = Pieces;

    async fn stream<B>(&self, request: Request<B>) -> Result<Response<Pieces>, TransportError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let (head, body) = request.into_parts();
        let mut body = pin!(body);
        let mut payload = Vec::new();
        while let Some(Ok(frame)) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
            payload.extend(frame.into_data().unwrap_or_default());
        }
        Ok(self.take(head, payload))
    }
}

type Reader = Box<dyn Read + Send>;

impl BlockingTransport for &Once<Reader> {
    fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Err(TransportError::new(
            TransportErrorKind::Other,
            "only streams are expected",
        ))
    }

    fn sleep(&self, _: Duration) {}
}

impl BlockingStreamingTransport for &Once<Reader> {
    type ResponseBody = Reader;

    fn stream<R: Read + Send + 'static>(
        &self,
        request: Request<R>,
        length: u64,
    ) -> Result<Response<Reader>, TransportError> {
        let (head, body) = request.into_parts();
        let mut payload = Vec::new();
        body.take(length).read_to_end(&mut payload).unwrap();
        Ok(self.take(head, payload))
    }
}

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
    let sent = once.sent.lock().unwrap().take().unwrap();
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
        assert_eq!(
            response.body().0.len(),
            2,
            "the client must not read the result"
        );
        let sent = once.sent.lock().unwrap().take().unwrap();
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
        let once = Once::new(200, Pieces::of([]));
        let input = input.build().unwrap();
        let Err(error) = stream(&once, scheme, &input, None).await else {
            panic!("{message}")
        };
        assert!(error.to_string().starts_with(message), "{error}");
        assert!(once.sent.lock().unwrap().is_none(), "{message}");
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
        Once::new(429, Pieces(pieces.into_iter().map(Ok).collect()))
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
    let once = Once::new(
        429,
        Pieces(VecDeque::from([Ok(Bytes::from("{")), Err(late())])),
    );
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
