//! Why there is no complete response.

use std::error::Error;
use std::fmt;

/// Why there is no complete response; the source is the backend's own error.
///
/// Neither text holds a URL, a header or a body.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    detail: &'static str,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// What went wrong, and with it whether the function may have run.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransportErrorKind {
    /// No connection was made: refused, unreachable, not resolved, not trusted, or not in time. **No byte of
    /// the request has left.** It may be repeated without doubt.
    Connect,
    /// The connection was lost, before, in or behind the head of the response. **Bytes may have left and the
    /// function may have run.** To be repeated only if running twice does no harm.
    Interrupted,
    /// A time limit passed. **Bytes may have left and the function may still run.** To be repeated only if
    /// running twice does no harm.
    Timeout,
    /// What arrived is not HTTP, contradicts itself or is beyond a limit. **Bytes have left and the function may
    /// have run.** Repeating brings the same answer.
    Protocol,
    /// The request was not sent: its URI, its body or the transport itself cannot be used. **No byte of a complete
    /// request has left.** Repeating fails in the same way.
    Request,
    /// Anything else. **Bytes may have left.** Not to be repeated.
    Other,
}

impl TransportErrorKind {
    /// Whether the service may have received the request, so that the function may have run.
    pub fn may_have_left(self) -> bool {
        !matches!(self, Self::Connect | Self::Request)
    }

    /// The stable lower-case word that messages begin with.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Interrupted => "interrupted",
            Self::Timeout => "timeout",
            Self::Protocol => "protocol",
            Self::Request => "request",
            Self::Other => "other",
        }
    }
}

impl TransportError {
    /// An error of this kind; `detail` says in a few fixed words what happened.
    pub fn new(kind: TransportErrorKind, detail: &'static str) -> Self {
        Self {
            kind,
            detail,
            source: None,
        }
    }

    /// The backend's own error, stripped of URLs by the adapter.
    #[must_use]
    pub fn because(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }

    /// What went wrong.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
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
    fn the_text_begins_with_the_kind_and_the_source_stands_behind() {
        let error = TransportError::new(TransportErrorKind::Interrupted, "the response was cut")
            .because(std::io::Error::other("reset"));
        assert_eq!(error.to_string(), "interrupted: the response was cut");
        assert_eq!(
            error.source().map(ToString::to_string).as_deref(),
            Some("reset")
        );
    }

    #[test]
    fn only_a_failed_connection_and_a_request_that_cannot_be_sent_are_certain() {
        use TransportErrorKind::{Connect, Interrupted, Other, Protocol, Request, Timeout};
        let certain = [Connect, Request];
        for kind in [Connect, Interrupted, Timeout, Protocol, Request, Other] {
            assert_eq!(kind.may_have_left(), !certain.contains(&kind));
        }
    }
}
