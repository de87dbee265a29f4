//! Reads the body of a response, completely or as a stream.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use fc_transport::{ExchangeLimits, TimeLimit, TransportError};
use http::Response;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Instant, Sleep, sleep_until, timeout};

use crate::error;

/// The maximum memory that is reserved for a declared length before the body arrives.
const RESERVE: u64 = 1 << 20;

/// Reads the complete body. A body that arrives in one piece is not copied.
pub(crate) async fn read_complete(
    response: Response<Incoming>,
    limits: &ExchangeLimits,
) -> Result<Response<Bytes>, TransportError> {
    let (parts, mut body) = response.into_parts();
    let declared = body.size_hint().lower();
    if declared > limits.body {
        return Err(error::too_large());
    }
    let first = next_data(&mut body, limits.idle).await?.unwrap_or_default();
    let mut length = checked_length(0, &first, limits)?;
    let mut next = next_data(&mut body, limits.idle).await?;
    if next.is_none() {
        return Ok(Response::from_parts(parts, first));
    }
    let reserve = usize::try_from(declared.min(RESERVE)).unwrap_or_default();
    let mut all = BytesMut::with_capacity(reserve.max(first.len()));
    all.extend_from_slice(&first);
    while let Some(more) = next {
        length = checked_length(length, &more, limits)?;
        all.extend_from_slice(&more);
        next = next_data(&mut body, limits.idle).await?;
    }
    Ok(Response::from_parts(parts, all.freeze()))
}

/// Adds the length of a piece; refuses a body beyond the limit.
fn checked_length(
    length: u64,
    more: &Bytes,
    limits: &ExchangeLimits,
) -> Result<u64, TransportError> {
    let length = length.saturating_add(more.len() as u64);
    if length > limits.body {
        return Err(error::too_large());
    }
    Ok(length)
}

async fn next_data(
    body: &mut Incoming,
    idle: Option<Duration>,
) -> Result<Option<Bytes>, TransportError> {
    let Some(idle) = idle else {
        return poll_fn(|context| poll_data(body, context))
            .await
            .transpose();
    };
    // Usually the data arrived with the head, so poll once before setting a timer.
    let polled = poll_fn(|context| Poll::Ready(poll_data(body, context))).await;
    if let Poll::Ready(next) = polled {
        return next.transpose();
    }
    let read = timeout(idle, poll_fn(|context| poll_data(body, context))).await;
    read.map_err(|_| TransportError::timeout(TimeLimit::Idle))?
        .transpose()
}

/// Polls the next piece of the body; trailers are dropped.
fn poll_data(
    body: &mut Incoming,
    context: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, TransportError>>> {
    if body.is_end_stream() {
        return Poll::Ready(None);
    }
    loop {
        match ready!(Pin::new(&mut *body).poll_frame(context)) {
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Poll::Ready(Some(Ok(data)));
                }
            }
            Some(Err(error)) => return Poll::Ready(Some(Err(error::from_body_error(error)))),
            None => return Poll::Ready(None),
        }
    }
}

/// The body of a response that has not been read yet; dropping it closes the connection.
pub struct ResponseBody {
    body: Incoming,
    idle: Option<Duration>,
    deadline: Option<Instant>,
    /// The bytes that may still arrive.
    left: u64,
    /// Ends at the deadline or after the idle limit; `None` without a limit.
    timer: Option<Pin<Box<Sleep>>>,
}

impl ResponseBody {
    pub(crate) fn new(body: Incoming, limits: &ExchangeLimits, deadline: Option<Instant>) -> Self {
        let mut new = Self {
            body,
            idle: limits.idle,
            deadline,
            left: limits.streamed_body,
            timer: None,
        };
        new.timer = new
            .next_timeout()
            .map(|instant| Box::pin(sleep_until(instant)));
        new
    }

    fn next_timeout(&self) -> Option<Instant> {
        let idle = self.idle.map(|idle| Instant::now() + idle);
        idle.into_iter().chain(self.deadline).min()
    }

    fn within_limit(&mut self, data: Bytes) -> Result<Bytes, TransportError> {
        let left = self.left.checked_sub(data.len() as u64);
        self.left = left.ok_or_else(error::too_large)?;
        Ok(data)
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Poll::Ready(next) = poll_data(&mut self.body, context) {
            if let (Some(_), Some(instant)) = (self.idle, self.next_timeout())
                && let Some(timer) = &mut self.timer
            {
                timer.as_mut().reset(instant);
            }
            return Poll::Ready(next.map(|data| self.within_limit(data?).map(Frame::data)));
        }
        let Some(timer) = &mut self.timer else {
            return Poll::Pending;
        };
        ready!(timer.as_mut().poll(context));
        let is_total = Some(timer.deadline()) == self.deadline;
        let limit = if is_total {
            TimeLimit::Total
        } else {
            TimeLimit::Idle
        };
        Poll::Ready(Some(Err(TransportError::timeout(limit))))
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
