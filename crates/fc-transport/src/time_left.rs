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

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::task::{Context, Waker};

    use super::*;

    const SHORT: Duration = Duration::from_secs(1);
    const LONG: Duration = Duration::from_secs(2);

    #[test]
    fn the_shorter_one_of_the_time_left_and_the_limit_counts() {
        let or_limit = |left: Option<Duration>, limit| {
            let mut extensions = Extensions::new();
            if let Some(left) = left {
                extensions.insert(TimeLeft::new(left));
            }
            TimeLeft::or_limit(&extensions, limit)
        };
        assert_eq!(or_limit(None, None), None);
        assert_eq!(or_limit(Some(SHORT), None), Some(SHORT));
        assert_eq!(or_limit(None, Some(SHORT)), Some(SHORT));
        assert_eq!(or_limit(Some(SHORT), Some(LONG)), Some(SHORT));
        assert_eq!(or_limit(Some(LONG), Some(SHORT)), Some(SHORT));
        assert_eq!(TimeLeft::new(LONG).duration(), LONG);
    }

    fn poll<T>(future: impl Future<Output = T>) -> Poll<T> {
        pin!(future).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn the_future_wins_against_a_limit_that_is_ready_at_the_same_time() {
        assert_eq!(poll(within(ready(5), ready(()))), Poll::Ready(Some(5)));
        assert_eq!(poll(within(ready(5), pending())), Poll::Ready(Some(5)));
        let never = pending::<u8>;
        assert_eq!(poll(within(never(), ready(()))), Poll::Ready(None));
        assert_eq!(poll(within(never(), pending())), Poll::Pending);
    }
}
