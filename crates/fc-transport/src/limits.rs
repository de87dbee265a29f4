//! The limits of a transport.

use std::time::Duration;

/// The limits of one exchange.
///
/// The connect timeout is a setting of the HTTP client.
///
/// # What ends a call
///
/// A synchronous call sends nothing while the function runs, up to a day.
///
/// | what happens | the call ends |
/// | --- | --- |
/// | the function answers | with its answer, unless a limit is reached first |
/// | the service or the network closes or resets the connection | at once, with [`Interrupted`](crate::TransportErrorKind::Interrupted) |
/// | the network drops the connection without a sign | with TCP keepalive (hyper and reqwest) after about a minute, with [`Timeout`](crate::TransportErrorKind::Timeout); without it (ureq) only at a limit or at the deadline of the client |
/// | no data for a long time on a live connection | at [`idle`](Self::idle) while a body arrives, otherwise at [`total`](Self::total) |
/// | none of these, and neither a limit nor a deadline is set | never |
///
/// [`total`](Self::total) is the limit of one attempt. The deadline of a client, which also counts retries, waits and
/// credentials, is set there. In each of these cases but the first the function may still be running, and the client sends
/// the request again only if the caller declared that a second run does no harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExchangeLimits {
    /// The maximum size of a response body in memory, in bytes; the default is 64 MiB.
    pub body: u64,
    /// The maximum size of a streamed response body, in bytes; the default is no limit (`u64::MAX`).
    pub streamed_body: u64,
    /// The time limit for the whole exchange. The default is no limit, because a function may run for a day.
    pub total: Option<Duration>,
    /// The time limit between two reads of the response body. The default is no limit. A backend that has no such
    /// limit applies it to the whole body; its adapter documents that.
    pub idle: Option<Duration>,
}

impl Default for ExchangeLimits {
    fn default() -> Self {
        Self {
            body: 64 << 20,
            streamed_body: u64::MAX,
            total: None,
            idle: None,
        }
    }
}

impl ExchangeLimits {
    /// Sets the maximum size of a response body, in memory and as a stream, in bytes.
    #[must_use]
    pub fn body(self, bytes: u64) -> Self {
        Self {
            body: bytes,
            streamed_body: bytes,
            ..self
        }
    }

    /// Sets the maximum size of a streamed response body, in bytes. Call it after [`body`](Self::body), which sets
    /// both.
    #[must_use]
    pub fn streamed_body(self, bytes: u64) -> Self {
        Self {
            streamed_body: bytes,
            ..self
        }
    }

    /// Sets the time limit for the whole exchange.
    #[must_use]
    pub fn total(self, time: Duration) -> Self {
        Self {
            total: Some(time),
            ..self
        }
    }

    /// Sets the time limit between two reads of the response body.
    #[must_use]
    pub fn idle(self, time: Duration) -> Self {
        Self {
            idle: Some(time),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_default_a_body_in_memory_has_64_mib_and_nothing_else_a_limit() {
        let limits = ExchangeLimits::default();
        assert_eq!(limits.body, 67_108_864);
        assert_eq!(limits.streamed_body, u64::MAX);
        assert_eq!((limits.total, limits.idle), (None, None));
    }

    #[test]
    fn each_setter_changes_its_limit_and_the_size_of_a_body_is_that_of_a_stream_too() {
        let second = Duration::from_secs(1);
        let limits = ExchangeLimits::default();
        let changed = |body, streamed_body, total, idle| ExchangeLimits {
            body,
            streamed_body,
            total,
            idle,
        };
        let (default, unlimited) = (67_108_864, u64::MAX);
        assert_eq!(limits.body(5), changed(5, 5, None, None));
        assert_eq!(limits.streamed_body(5), changed(default, 5, None, None));
        assert_eq!(limits.body(5).streamed_body(6), changed(5, 6, None, None));
        let total = changed(default, unlimited, Some(second), None);
        assert_eq!(limits.total(second), total);
        let idle = changed(default, unlimited, None, Some(second));
        assert_eq!(limits.idle(second), idle);
    }
}
