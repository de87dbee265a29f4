//! A reference to a transport, an `Arc` of one and a trait object are transports: every call reaches the transport.

#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

use std::convert::Infallible;
use std::error::Error;
use std::future::{Future, poll_fn};
use std::io::Read;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{
    BlockingStreamingTransport, BlockingTransport, DynTransport, StreamingTransport, Transport,
    TransportError, TransportErrorKind,
};
use http::{Request, Response};
use http_body::{Body, Frame};

/// A transport that returns the payload and records its calls.
#[derive(Default)]
struct Recorder {
    calls: Mutex<Vec<String>>,
}

impl Recorder {
    fn record(&self, call: String) {
        self.calls.lock().unwrap().push(call);
    }

    fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    fn echo<B, C>(&self, call: &str, request: Request<B>, body: C) -> Response<C> {
        self.record(format!("{call} {}", request.uri()));
        drop(request);
        Response::new(body)
    }
}

impl Transport for Recorder {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let body = request.body().clone();
        Ok(self.echo("send", request, body))
    }

    async fn sleep(&self, duration: Duration) {
        self.record(format!("sleep {duration:?}"));
    }
}

impl BlockingTransport for Recorder {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let body = request.body().clone();
        Ok(self.echo("send", request, body))
    }

    fn sleep(&self, duration: Duration) {
        self.record(format!("sleep {duration:?}"));
    }
}

/// A body of one piece.
struct Piece<E>(Option<Bytes>, std::marker::PhantomData<fn() -> E>);

impl<E> Piece<E> {
    fn new(bytes: Bytes) -> Self {
        Self(Some(bytes), std::marker::PhantomData)
    }
}

impl<E> Body for Piece<E> {
    type Data = Bytes;
    type Error = E;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        Poll::Ready(self.get_mut().0.take().map(|bytes| Ok(Frame::data(bytes))))
    }
}

async fn first_piece<B: Body<Data = Bytes>>(body: B) -> Option<Bytes> {
    let mut body = pin!(body);
    let frame = poll_fn(|context| body.as_mut().poll_frame(context)).await;
    frame?.ok()?.into_data().ok()
}

impl StreamingTransport for Recorder {
    type ResponseBody = Piece<TransportError>;

    async fn stream<B>(
        &self,
        request: Request<B>,
    ) -> Result<Response<Self::ResponseBody>, TransportError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let (head, body) = request.into_parts();
        let body = first_piece(body).await.unwrap_or_default();
        let request = Request::from_parts(head, ());
        Ok(self.echo("stream", request, Piece::new(body)))
    }
}

impl BlockingStreamingTransport for Recorder {
    type ResponseBody = std::io::Cursor<Vec<u8>>;

    fn stream<R: Read + Send + 'static>(
        &self,
        request: Request<R>,
        length: u64,
    ) -> Result<Response<Self::ResponseBody>, TransportError> {
        let (head, mut reader) = request.into_parts();
        let mut body = Vec::new();
        let read = reader.read_to_end(&mut body);
        read.map_err(|_| TransportError::new(TransportErrorKind::Request, "no body"))?;
        let call = format!("stream {length} bytes to");
        let request = Request::from_parts(head, ());
        Ok(self.echo(&call, request, std::io::Cursor::new(body)))
    }
}

/// The output of a future that never waits.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future waits"),
    }
}

fn request<B>(body: B) -> Request<B> {
    let mut request = Request::new(body);
    *request.uri_mut() = http::Uri::from_static("http://localhost/a");
    request
}

const PING: Bytes = Bytes::from_static(b"ping");
const WAIT: Duration = Duration::from_secs(7);
const EXCHANGE_AND_WAIT: [&str; 2] = ["send http://localhost/a", "sleep 7s"];

fn use_transport(transport: impl Transport, recorder: &Recorder) {
    let response = now(transport.send(request(PING))).unwrap();
    assert_eq!(response.body(), "ping");
    now(transport.sleep(WAIT));
    assert_eq!(recorder.calls(), EXCHANGE_AND_WAIT);
}

fn use_blocking_transport(transport: impl BlockingTransport, recorder: &Recorder) {
    assert_eq!(transport.send(request(PING)).unwrap().body(), "ping");
    transport.sleep(WAIT);
    assert_eq!(recorder.calls(), EXCHANGE_AND_WAIT);
}

fn use_streaming_transport(transport: impl StreamingTransport, recorder: &Recorder) {
    let body = Piece::<Infallible>::new(PING);
    let response = now(transport.stream(request(body))).unwrap();
    assert_eq!(now(first_piece(response.into_body())), Some(PING));
    assert_eq!(recorder.calls(), ["stream http://localhost/a"]);
}

fn use_blocking_streaming_transport(
    transport: impl BlockingStreamingTransport,
    recorder: &Recorder,
) {
    let response = transport.stream(request(&b"ping"[..]), 4).unwrap();
    let mut body = String::new();
    response.into_body().read_to_string(&mut body).unwrap();
    assert_eq!(body, "ping");
    let calls = recorder.calls();
    assert_eq!(calls, ["stream 4 bytes to http://localhost/a"]);
}

#[test]
fn every_pointer_to_an_asynchronous_transport_reaches_it() {
    let recorder = Arc::new(Recorder::default());
    use_transport(&*recorder, &recorder);
    use_transport(Arc::clone(&recorder), &recorder);
    let object: Arc<dyn DynTransport> = Arc::clone(&recorder) as _;
    use_transport(&*object, &recorder);
    use_transport(Arc::clone(&object), &recorder);
    assert_eq!(format!("{object:?}"), "DynTransport");
}

#[test]
fn every_pointer_to_a_blocking_transport_reaches_it() {
    let recorder = Arc::new(Recorder::default());
    use_blocking_transport(&*recorder, &recorder);
    use_blocking_transport(Arc::clone(&recorder), &recorder);
    let object: Arc<dyn BlockingTransport> = Arc::clone(&recorder) as _;
    use_blocking_transport(&*object, &recorder);
    use_blocking_transport(Arc::clone(&object), &recorder);
}

#[test]
fn every_pointer_to_a_transport_with_streams_reaches_it() {
    let recorder = Arc::new(Recorder::default());
    use_streaming_transport(&*recorder, &recorder);
    use_streaming_transport(Arc::clone(&recorder), &recorder);
    use_blocking_streaming_transport(&*recorder, &recorder);
    use_blocking_streaming_transport(Arc::clone(&recorder), &recorder);
}
