//! The body of a response.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use fc_transport::{Limits, TransportError};
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until, timeout};

use crate::error;

/// No more than this is set aside for a body before it is there, whatever length it says to have.
const RESERVE: u64 = 1 << 20;

/// Reads the body into one piece. A body that comes in one piece is not copied.
pub(crate) async fn whole(
    response: &mut reqwest::Response,
    limits: &Limits,
) -> Result<Bytes, TransportError> {
    let declared = response.content_length().unwrap_or_default();
    if declared > limits.body {
        return Err(error::too_large());
    }
    let first = data(response, limits.idle).await?.unwrap_or_default();
    let mut length = grown(0, &first, limits)?;
    let mut next = data(response, limits.idle).await?;
    if next.is_none() {
        return Ok(first);
    }
    let reserve = usize::try_from(declared.min(RESERVE)).unwrap_or_default();
    let mut all = BytesMut::with_capacity(reserve.max(first.len()));
    all.extend_from_slice(&first);
    while let Some(more) = next {
        length = grown(length, &more, limits)?;
        all.extend_from_slice(&more);
        next = data(response, limits.idle).await?;
    }
    Ok(all.freeze())
}

fn grown(length: u64, more: &Bytes, limits: &Limits) -> Result<u64, TransportError> {
    let length = length.saturating_add(more.len() as u64);
    if length > limits.body {
        return Err(error::too_large());
    }
    Ok(length)
}

/// The next piece; reqwest throws the trailers away.
async fn data(
    response: &mut reqwest::Response,
    idle: Option<Duration>,
) -> Result<Option<Bytes>, TransportError> {
    let mut next = pin!(response.chunk());
    let Some(idle) = idle else {
        return next.await.map_err(error::of);
    };
    // Most often the data came with the head, and a timer would be set in vain.
    let here = poll_fn(|context| Poll::Ready(next.as_mut().poll(context))).await;
    if let Poll::Ready(data) = here {
        return data.map_err(error::of);
    }
    let read = timeout(idle, next).await;
    read.map_err(|_| error::timeout("the response stalled"))?
        .map_err(error::of)
}

/// The body of a response, still on the wire; dropping it closes the connection.
pub struct ResponseBody {
    body: reqwest::Body,
    idle: Option<Duration>,
    deadline: Option<Instant>,
    /// Rings at the deadline, or when nothing came for too long; there is none if there is no limit.
    timer: Option<Pin<Box<Sleep>>>,
}

impl ResponseBody {
    pub(crate) fn new(
        body: reqwest::Body,
        idle: Option<Duration>,
        deadline: Option<Instant>,
    ) -> Self {
        let mut new = Self {
            body,
            idle,
            deadline,
            timer: None,
        };
        new.timer = new.next_bell().map(|bell| Box::pin(sleep_until(bell)));
        new
    }

    fn next_bell(&self) -> Option<Instant> {
        let idle = self.idle.map(|idle| Instant::now() + idle);
        idle.into_iter().chain(self.deadline).min()
    }

    fn poll_data(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error::of(error)))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Poll::Ready(next) = self.poll_data(context) {
            if let (Some(_), Some(bell)) = (self.idle, self.next_bell())
                && let Some(timer) = &mut self.timer
            {
                timer.as_mut().reset(bell);
            }
            return Poll::Ready(next.map(|data| data.map(Frame::data)));
        }
        let Some(timer) = &mut self.timer else {
            return Poll::Pending;
        };
        let rung = timer.as_mut().poll(context);
        rung.map(|()| Some(Err(error::timeout("the response stalled"))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}
