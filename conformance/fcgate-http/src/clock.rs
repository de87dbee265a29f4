//! The only module of the gate that reads a clock.

use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The current instant, for time limits.
#[expect(clippy::disallowed_methods, reason = "the gate keeps time limits")]
pub fn now() -> Instant {
    Instant::now()
}

/// The current time, for comparison with the time of a captured request.
pub fn time() -> Timestamp {
    Timestamp::now()
}

/// Today in UTC, for the dates of known failures.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// The current time, to warn about a client whose clock is wrong.
pub fn timestamp() -> Timestamp {
    Timestamp::now()
}
