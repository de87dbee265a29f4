//! The only module of the matrix that reads a clock.

use std::time::{Duration, Instant};

/// Measures the time since its creation.
pub(super) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "how far a limit is overrun is a measured quantity"
    )]
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
