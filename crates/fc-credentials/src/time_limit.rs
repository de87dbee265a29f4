//! A time limit for a future.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// Waits for `future`; `None` if `limit` is ready first.
pub(crate) async fn within<F: Future>(
    future: F,
    limit: impl Future<Output = ()>,
) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut limit = pin!(limit);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
