//! Transports with streams: one answer, whose body consists of pieces.

use std::collections::VecDeque;
use std::error::Error;
use std::future::{pending, poll_fn};
use std::io::{Cursor, Read};
use std::pin::{Pin, pin};
use std::sync::Mutex;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{
    BlockingStreamingTransport, BlockingTransport, StreamingTransport, Transport, TransportError,
    TransportErrorKind,
};
use http::{HeaderMap, Request, Response};
use http_body::{Body, Frame};

/// A part of a body.
#[derive(Debug)]
pub(crate) enum Piece {
    Data(Bytes),
    Trailers,
    Lost(TransportErrorKind),
    /// The body never ends.
    Stalled,
}

impl From<&'static str> for Piece {
    fn from(text: &'static str) -> Self {
        Self::Data(Bytes::from_static(text.as_bytes()))
    }
}

/// A body that consists of pieces.
#[derive(Debug)]
pub(crate) struct Pieces(VecDeque<Piece>);

impl Pieces {
    pub(crate) fn of<P: Into<Piece>>(pieces: impl IntoIterator<Item = P>) -> Self {
        Self(pieces.into_iter().map(Into::into).collect())
    }

    /// How many pieces the client has not read.
    pub(crate) fn left(&self) -> usize {
        self.0.len()
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(match self.0.pop_front() {
            None => None,
            Some(Piece::Data(data)) => Some(Ok(Frame::data(data))),
            Some(Piece::Trailers) => Some(Ok(Frame::trailers(HeaderMap::new()))),
            Some(Piece::Lost(kind)) => Some(Err(TransportError::new(kind, "scripted"))),
            Some(Piece::Stalled) => return Poll::Pending,
        })
    }
}

/// The body of a request as a whole.
async fn whole<B: Body<Data = Bytes>>(body: B) -> Vec<u8> {
    let mut body = pin!(body);
    let mut payload = Vec::new();
    while let Some(Ok(frame)) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        payload.extend(frame.into_data().unwrap_or_default());
    }
    payload
}

/// A transport that returns one response, or never one, and records the request.
pub(crate) struct Once<B> {
    answer: Mutex<Option<Response<B>>>,
    sent: Mutex<Option<Request<Vec<u8>>>>,
}

impl<B> Once<B> {
    /// A response with a request id.
    pub(crate) fn new(status: u16, body: B) -> Self {
        let answer = Response::builder().status(status);
        Self::of(answer.header("x-fc-request-id", "r-1").body(body).unwrap())
    }

    pub(crate) fn of(answer: Response<B>) -> Self {
        Self {
            answer: Mutex::new(Some(answer)),
            sent: Mutex::new(None),
        }
    }

    /// The request that was sent, if one was.
    pub(crate) fn sent(&self) -> Option<Request<Vec<u8>>> {
        self.sent.lock().unwrap().take()
    }

    fn take(&self, head: http::request::Parts, payload: Vec<u8>) -> Option<Response<B>> {
        *self.sent.lock().unwrap() = Some(Request::from_parts(head, payload));
        self.answer.lock().unwrap().take()
    }
}

fn only_streams() -> TransportError {
    TransportError::new(TransportErrorKind::Other, "only streams are expected")
}

impl<B: Send> Transport for &Once<B> {
    async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Err(only_streams())
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
        match self.take(head, whole(body).await) {
            Some(answer) => Ok(answer),
            None => pending().await,
        }
    }
}

pub(crate) type Reader = Box<dyn Read + Send>;

pub(crate) fn reader(text: &'static str) -> Reader {
    Box::new(Cursor::new(text))
}

impl BlockingTransport for &Once<Reader> {
    fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Err(only_streams())
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
        let answer = self.take(head, payload);
        answer.ok_or_else(|| TransportError::new(TransportErrorKind::Timeout, "late"))
    }
}
