//! A limit for a future, kept by another future.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// The output, or none when `limit` is over before.
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
