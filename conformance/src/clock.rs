//! The one place of the gate that reads a clock.

use std::time::Instant;

/// The present instant, for time limits.
#[expect(clippy::disallowed_methods, reason = "the gate keeps time limits")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
