//! The time limit that ended an exchange.

/// The time limit that ended an exchange; see [`TransportError::time_limit`](crate::TransportError::time_limit).
///
/// ```
/// use fc_transport::{TimeLimit, TransportError, TransportErrorKind};
///
/// let error = TransportError::timeout(TimeLimit::Total);
/// assert_eq!(error.kind(), TransportErrorKind::Timeout);
/// assert_eq!(error.to_string(), "timeout: the exchange exceeded ExchangeLimits::total");
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeLimit {
    /// The connect timeout of the HTTP client. Nothing was sent.
    Connect,
    /// [`ExchangeLimits::total`](crate::ExchangeLimits::total): the limit of one attempt.
    Total,
    /// [`ExchangeLimits::idle`](crate::ExchangeLimits::idle): no part of the response body arrived.
    Idle,
    /// The time that the caller had left, [`TimeLeft`](crate::TimeLeft): the deadline of the whole invocation.
    Deadline,
    /// A limit that the caller set in the HTTP client.
    HttpClient,
}

impl TimeLimit {
    pub(crate) fn detail(self) -> &'static str {
        match self {
            Self::Connect => "no connection was made within the connect timeout",
            Self::Total => "the exchange exceeded ExchangeLimits::total",
            Self::Idle => "the response body exceeded ExchangeLimits::idle",
            Self::Deadline => "the deadline of the invocation passed",
            Self::HttpClient => "a time limit that is set in the HTTP client was exceeded",
        }
    }
}
