//! The streamed body of a request.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Checks that a body has exactly its declared length. It returns the last frame only after the end of the body, so
/// that a request with a longer body is never sent completely.
pub(crate) struct ExactLength<B> {
    /// Never locked: the mutex makes the body `Sync`, which `reqwest` requires.
    body: Mutex<Pin<Box<B>>>,
    left: u64,
    held: Option<Bytes>,
}

impl<B> ExactLength<B> {
    pub(crate) fn new(body: B, length: u64) -> Self {
        Self {
            body: Mutex::new(Box::pin(body)),
            left: length,
            held: None,
        }
    }
}

impl<B> Body for ExactLength<B>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = PayloadError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, PayloadError>>> {
        let this = self.get_mut();
        let body = this.body.get_mut().unwrap_or_else(PoisonError::into_inner);
        loop {
            let data = match ready!(body.as_mut().poll_frame(context)) {
                Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(PayloadError(Some(error.into())))));
                }
                None if this.left > 0 => return Poll::Ready(Some(Err(PayloadError(None)))),
                None => return Poll::Ready(this.held.take().map(Frame::data).map(Ok)),
            };
            if data.is_empty() {
                continue;
            }
            let Some(left) = this.left.checked_sub(data.len() as u64) else {
                return Poll::Ready(Some(Err(PayloadError(None))));
            };
            this.left = left;
            if left > 0 || body.is_end_stream() {
                return Poll::Ready(Some(Ok(Frame::data(data))));
            }
            this.held = Some(data);
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

/// The error of a streamed request body that failed or did not have its declared length.
#[derive(Debug)]
pub(crate) struct PayloadError(Option<Box<dyn Error + Send + Sync>>);

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
