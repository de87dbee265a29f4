//! Which limit a time-out of ureq is.

use std::time::Duration;

use fc_transport::{ExchangeLimits, TimeLeft, TimeLimit};
use http::Extensions;
use ureq::Timeout;

/// The limits of one exchange, to name the one that was reached.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeLimits {
    /// The shorter one of the time that the caller has left and the limit of the exchange.
    pub(crate) total: Option<Duration>,
    total_is_deadline: bool,
    pub(crate) idle: Option<Duration>,
}

impl TimeLimits {
    pub(crate) fn new(extensions: &Extensions, limits: &ExchangeLimits) -> Self {
        let total = TimeLeft::or_limit(extensions, limits.total);
        Self {
            total,
            total_is_deadline: total != limits.total,
            idle: limits.idle,
        }
    }

    /// The limit that ureq reports; one that is not set here is a setting of the agent.
    pub(crate) fn reached(self, timeout: Timeout) -> TimeLimit {
        match timeout {
            Timeout::Resolve | Timeout::Connect => TimeLimit::Connect,
            Timeout::Global if self.total_is_deadline => TimeLimit::Deadline,
            Timeout::Global if self.total.is_some() => TimeLimit::Total,
            Timeout::RecvBody if self.idle.is_some() => TimeLimit::Idle,
            _ => TimeLimit::HttpClient,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_that_of_the_exchange_of_the_caller_or_of_the_agent() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        let reached = |left: Option<Duration>, total, idle, timeout| {
            let mut extensions = Extensions::new();
            left.map(|left| extensions.insert(TimeLeft::new(left)));
            let mut limits = ExchangeLimits::default();
            (limits.total, limits.idle) = (total, idle);
            TimeLimits::new(&extensions, &limits).reached(timeout)
        };
        let global = |left, total| reached(left, total, None, Timeout::Global);
        assert_eq!(global(None, seconds(3)), TimeLimit::Total);
        assert_eq!(global(seconds(2), seconds(3)), TimeLimit::Deadline);
        assert_eq!(global(seconds(4), seconds(3)), TimeLimit::Total);
        assert_eq!(global(seconds(2), None), TimeLimit::Deadline);
        assert_eq!(global(None, None), TimeLimit::HttpClient);
        let body = |idle| reached(None, seconds(3), idle, Timeout::RecvBody);
        assert_eq!(body(seconds(1)), TimeLimit::Idle);
        assert_eq!(body(None), TimeLimit::HttpClient);
        for timeout in [Timeout::Connect, Timeout::Resolve] {
            assert_eq!(reached(None, seconds(3), None, timeout), TimeLimit::Connect);
        }
    }
}
