//! The clock of the gate: the only module that reads one, except for the wrong clients of `fcgate-mutants`.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The current instant, for time limits.
#[expect(clippy::disallowed_methods, reason = "the gate keeps time limits")]
pub fn now() -> Instant {
    Instant::now()
}

/// The instant after this time. One beyond what the clock can hold becomes one in 30 years, so that any limit can be waited for.
///
/// ```
/// use std::time::Duration;
///
/// use fcgate_http::clock;
///
/// assert!(clock::after(Duration::MAX) > clock::after(Duration::from_secs(60)));
/// ```
pub fn after(longest: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    let now = now();
    now.checked_add(longest).unwrap_or_else(|| now + FAR)
}

/// Today in UTC, for the dates of known failures.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// The current time, for comparison with the time of a request.
pub fn timestamp() -> Timestamp {
    Timestamp::now()
}
