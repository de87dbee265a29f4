//! The body of a request.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

type Stream = Pin<Box<dyn Body<Data = Bytes, Error = PayloadError> + Send>>;

/// The body of a request as the client gets it: whole, or a stream of a known length.
pub struct Payload(Kind);

enum Kind {
    Whole(Bytes),
    Stream(Stream),
}

impl Payload {
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self(Kind::Whole(bytes))
    }

    /// A body of exactly `length` bytes.
    pub(crate) fn stream<B>(body: B, length: u64) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        Self(Kind::Stream(Box::pin(Exact {
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
            Kind::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Kind::Stream(stream) => stream.as_mut().poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Whole(bytes) => bytes.is_empty(),
            Kind::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
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

/// Why a streamed body of a request did not give what it promised.
#[derive(Debug)]
pub struct PayloadError(Option<Box<dyn Error + Send + Sync>>);

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Some(_) => "the body of the request failed",
            None => "the body of the request is not as long as it said",
        })
    }
}

impl Error for PayloadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.0.as_ref()?;
        Some(&**source)
    }
}

/// Holds a body to its length. The last frame waits for the end of the body, so that a request whose body is
/// too long never leaves complete.
struct Exact<B> {
    body: Pin<Box<B>>,
    left: u64,
    held: Option<Bytes>,
}

impl<B> Body for Exact<B>
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
