//! The time that the caller of a transport has left.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use http::Extensions;

/// The time that the caller has left for an exchange, as an extension of its request.
///
/// A blocking client with an overall deadline sets it, because nothing can interrupt a blocking call. A blocking
/// transport that can do so ends the exchange with [`Timeout`](crate::TransportErrorKind::Timeout) when this time has
/// passed or when its own limit has, whichever is first. An asynchronous client drops the future of the exchange
/// instead.
///
/// ```
/// use std::time::Duration;
///
/// use fc_transport::TimeLeft;
///
/// let mut request = http::Request::new(());
/// assert_eq!(TimeLeft::or_limit(request.extensions(), None), None);
/// request.extensions_mut().insert(TimeLeft::new(Duration::from_secs(2)));
/// let limit = Some(Duration::from_secs(30));
/// assert_eq!(TimeLeft::or_limit(request.extensions(), limit), Some(Duration::from_secs(2)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeLeft(Duration);

impl TimeLeft {
    /// Makes the extension.
    pub fn new(duration: Duration) -> Self {
        Self(duration)
    }

    /// The time.
    pub fn duration(self) -> Duration {
        self.0
    }

    /// The shorter one of the time left in these extensions and `limit`; `None` if there is neither.
    pub fn or_limit(extensions: &Extensions, limit: Option<Duration>) -> Option<Duration> {
        let left = extensions.get().map(|Self(left)| *left);
        left.into_iter().chain(limit).min()
    }
}

/// Waits for `future`; `None` if `limit` is ready first. The unfinished future is dropped.
pub async fn within<F: Future>(future: F, limit: impl Future<Output = ()>) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut limit = pin!(limit);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
