//! What a transport bounds.

use std::time::Duration;

/// The bounds of one exchange.
///
/// The time limit for making a connection belongs to the backend's own connector and is set there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most bytes of a response body that are held in memory; 64 MiB unless set.
    pub body: u64,
    /// The longest time for the whole exchange. None unless set: functions may run for a day.
    pub total: Option<Duration>,
    /// The longest time without a byte received once the response has begun. None unless set. A backend that
    /// cannot tell two reads apart bounds the whole body by it; its adapter says so.
    pub idle: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 64 << 20,
            total: None,
            idle: None,
        }
    }
}

impl Limits {
    /// Another limit for the body, in bytes.
    #[must_use]
    pub fn body(self, bytes: u64) -> Self {
        Self {
            body: bytes,
            ..self
        }
    }

    /// A limit for the whole exchange.
    #[must_use]
    pub fn total(self, time: Duration) -> Self {
        Self {
            total: Some(time),
            ..self
        }
    }

    /// A limit for the time between two reads of the response.
    #[must_use]
    pub fn idle(self, time: Duration) -> Self {
        Self {
            idle: Some(time),
            ..self
        }
    }
}
