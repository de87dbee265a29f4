//! The body of a request.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

type Stream = Pin<Box<dyn Body<Data = Bytes, Error = PayloadError> + Send>>;

/// The body of a request: complete in memory, or a stream of known length.
pub struct Payload(Kind);

enum Kind {
    InMemory(Bytes),
    Stream(Stream),
}

impl Payload {
    pub(crate) fn in_memory(bytes: Bytes) -> Self {
        Self(Kind::InMemory(bytes))
    }

    /// Makes a body of exactly `length` bytes from a stream.
    pub(crate) fn stream<B>(body: B, length: u64) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        Self(Kind::Stream(Box::pin(ExactLength {
            body: Box::pin(body),
            left: length,
            held: None,
        })))
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = PayloadError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, PayloadError>>> {
        match &mut self.0 {
            Kind::InMemory(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::InMemory(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Kind::Stream(stream) => stream.as_mut().poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::InMemory(bytes) => bytes.is_empty(),
            Kind::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::InMemory(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Stream(stream) => stream.size_hint(),
        }
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Payload")
            .field(&self.size_hint().exact())
            .finish()
    }
}

/// The error of a streamed request body that failed or did not have its declared length.
#[derive(Debug)]
pub struct PayloadError(Option<Box<dyn Error + Send + Sync>>);

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Some(_) => "reading the body of the request failed",
            None => "the body of the request does not have its declared length",
        })
    }
}

impl Error for PayloadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.0.as_ref()?;
        Some(&**source)
    }
}

/// Checks that a body has exactly its declared length. It returns the last frame only after the end of the body, so
/// that a request with a longer body is never sent completely.
struct ExactLength<B> {
    body: Pin<Box<B>>,
    left: u64,
    held: Option<Bytes>,
}

impl<B> Body for ExactLength<B>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = PayloadError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, PayloadError>>> {
        loop {
            let data = match ready!(self.body.as_mut().poll_frame(context)) {
                Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(PayloadError(Some(error.into())))));
                }
                None if self.left > 0 => return Poll::Ready(Some(Err(PayloadError(None)))),
                None => return Poll::Ready(self.held.take().map(Frame::data).map(Ok)),
            };
            if data.is_empty() {
                continue;
            }
            let Some(left) = self.left.checked_sub(data.len() as u64) else {
                return Poll::Ready(Some(Err(PayloadError(None))));
            };
            self.left = left;
            if left > 0 || self.body.is_end_stream() {
                return Poll::Ready(Some(Ok(Frame::data(data))));
            }
            self.held = Some(data);
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0 && self.held.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        let held = self.held.as_ref().map_or(0, Bytes::len) as u64;
        SizeHint::with_exact(self.left + held)
    }
}
