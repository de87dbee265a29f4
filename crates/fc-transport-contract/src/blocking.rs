//! A wrapper that gives a blocking transport the asynchronous traits.

use std::error::Error;
use std::future::poll_fn;
use std::io::{Cursor, Read};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{
    BlockingStreamingTransport, BlockingTransport, StreamingTransport, Transport, TransportError,
};
use http::{Request, Response};
use http_body::{Body, Frame};

/// A blocking transport as an asynchronous one; its futures block the thread.
#[derive(Debug)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the wrapped transport is its only field"
)]
pub struct Blocking<T>(pub T);

impl<T: BlockingTransport> Transport for Blocking<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.0.send(request)
    }

    async fn sleep(&self, duration: Duration) {
        self.0.sleep(duration);
    }
}

impl<T: BlockingStreamingTransport> StreamingTransport for Blocking<T> {
    type ResponseBody = ReaderBody<T::ResponseBody>;

    async fn stream<B>(
        &self,
        request: Request<B>,
    ) -> Result<Response<Self::ResponseBody>, TransportError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let (head, body) = request.into_parts();
        let length = body.size_hint().exact().unwrap();
        let mut body = pin!(body);
        let mut payload = Vec::new();
        while let Some(Ok(frame)) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
            payload.extend(frame.into_data().unwrap_or_default());
        }
        let request = Request::from_parts(head, Cursor::new(payload));
        let response = self.0.stream(request, length)?;
        Ok(response.map(|reader| ReaderBody(Box::new(reader))))
    }
}

/// The response body of a blocking transport as an [`http_body::Body`].
#[derive(Debug)]
pub struct ReaderBody<R>(Box<R>);

impl<R: Read> Body for ReaderBody<R> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let mut buffer = vec![0; 4096];
        Poll::Ready(match self.0.read(&mut buffer) {
            Ok(0) => None,
            Ok(count) => {
                buffer.truncate(count);
                Some(Ok(Frame::data(Bytes::from(buffer))))
            }
            Err(error) => Some(Err(error.downcast::<TransportError>().unwrap())),
        })
    }
}
