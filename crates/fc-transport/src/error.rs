//! The error of an exchange without a complete response.

use std::error::Error;
use std::fmt;

use crate::TimeLimit;

/// The reason that there is no complete response; the source is the error of the backend.
///
/// Neither message contains a URL, a header or a body.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    detail: &'static str,
    time_limit: Option<TimeLimit>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// What failed, and whether the function may have run.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransportErrorKind {
    /// No connection was made: refused, unreachable, not resolved, or not in time. **No byte of the request was
    /// sent.** A retry is always safe.
    Connect,
    /// The certificate of the server is not trusted. **No byte of the request was sent.** A retry would fail in the
    /// same way.
    Untrusted,
    /// The connection was lost before, in or after the head of the response. **The function may have run.** Retry
    /// only if a second run does no harm.
    Interrupted,
    /// A time limit passed. **The function may still be running.** Retry only if a second run does no harm.
    Timeout,
    /// The response is not HTTP, contradicts itself or exceeds a limit. **The function may have run.** A retry would
    /// get the same response.
    Protocol,
    /// The request was not sent: its URI, its body or the transport cannot be used. **No complete request was
    /// sent.** A retry would fail in the same way.
    Request,
    /// Anything else. **The function may have run.** Do not retry.
    Other,
}

impl TransportErrorKind {
    /// Whether the service may have received the request, so that the function may have run.
    pub fn may_have_been_sent(self) -> bool {
        !matches!(self, Self::Connect | Self::Untrusted | Self::Request)
    }

    /// The stable lower-case word at the beginning of every message.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Untrusted => "untrusted",
            Self::Interrupted => "interrupted",
            Self::Timeout => "timeout",
            Self::Protocol => "protocol",
            Self::Request => "request",
            Self::Other => "other",
        }
    }
}

impl TransportError {
    /// Makes an error of this kind; `detail` describes in a few fixed words what happened.
    pub fn new(kind: TransportErrorKind, detail: &'static str) -> Self {
        Self {
            kind,
            detail,
            time_limit: None,
            source: None,
        }
    }

    /// Makes the error of an exchange that a time limit ended: [`Connect`](TransportErrorKind::Connect) for the connect
    /// timeout, otherwise [`Timeout`](TransportErrorKind::Timeout).
    pub fn timeout(limit: TimeLimit) -> Self {
        let kind = if limit == TimeLimit::Connect {
            TransportErrorKind::Connect
        } else {
            TransportErrorKind::Timeout
        };
        Self {
            time_limit: Some(limit),
            ..Self::new(kind, limit.detail())
        }
    }

    /// Sets the source: the error of the backend, from which the adapter has removed URLs.
    #[must_use]
    pub fn because(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }

    /// What failed, and whether the function may have run.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The time limit that ended the exchange; `None` for another error, and for a connection that the operating system
    /// gave up.
    pub fn time_limit(&self) -> Option<TimeLimit> {
        self.time_limit
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.slug(), self.detail)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_ref()
            .map(|source| &**source as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_begins_with_the_kind_and_the_source_is_kept() {
        let error = TransportError::new(TransportErrorKind::Interrupted, "the response was cut")
            .because(std::io::Error::other("reset"));
        assert_eq!(error.to_string(), "interrupted: the response was cut");
        assert_eq!(
            error.source().map(ToString::to_string).as_deref(),
            Some("reset")
        );
    }

    #[test]
    fn every_kind_has_its_own_word_at_the_beginning_of_the_message() {
        use TransportErrorKind::*;
        for (kind, slug) in [
            (Connect, "connect"),
            (Untrusted, "untrusted"),
            (Interrupted, "interrupted"),
            (Timeout, "timeout"),
            (Protocol, "protocol"),
            (Request, "request"),
            (Other, "other"),
        ] {
            let error = TransportError::new(kind, "what happened");
            assert_eq!((error.kind(), kind.slug()), (kind, slug));
            assert_eq!(error.to_string(), format!("{slug}: what happened"));
            assert!(error.source().is_none(), "{slug}");
        }
    }

    #[test]
    fn the_error_of_a_time_limit_names_it_and_only_a_connect_timeout_was_certainly_not_sent() {
        for (limit, kind, name) in [
            (
                TimeLimit::Connect,
                TransportErrorKind::Connect,
                "connect timeout",
            ),
            (
                TimeLimit::Total,
                TransportErrorKind::Timeout,
                "ExchangeLimits::total",
            ),
            (
                TimeLimit::Idle,
                TransportErrorKind::Timeout,
                "ExchangeLimits::idle",
            ),
            (TimeLimit::Deadline, TransportErrorKind::Timeout, "deadline"),
            (
                TimeLimit::HttpClient,
                TransportErrorKind::Timeout,
                "HTTP client",
            ),
        ] {
            let error = TransportError::timeout(limit);
            assert_eq!((error.kind(), error.time_limit()), (kind, Some(limit)));
            assert!(error.to_string().ends_with(limit.detail()) && limit.detail().contains(name));
        }
        assert_eq!(
            TransportError::new(TransportErrorKind::Timeout, "").time_limit(),
            None
        );
    }

    #[test]
    fn only_a_failed_connection_and_an_unusable_request_were_certainly_not_sent() {
        use TransportErrorKind::*;
        let not_sent = [Connect, Untrusted, Request];
        for kind in [
            Connect,
            Untrusted,
            Interrupted,
            Timeout,
            Protocol,
            Request,
            Other,
        ] {
            assert_eq!(kind.may_have_been_sent(), !not_sent.contains(&kind));
        }
    }
}
