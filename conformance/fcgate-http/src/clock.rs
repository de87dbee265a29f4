//! The clock of the gate: the only module that reads one, except for the wrong clients of `fcgate-mutants`.

use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The current instant, for time limits.
#[expect(clippy::disallowed_methods, reason = "the gate keeps time limits")]
pub fn now() -> Instant {
    Instant::now()
}

/// Today in UTC, for the dates of known failures.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// The current time, for comparison with the time of a request.
pub fn timestamp() -> Timestamp {
    Timestamp::now()
}
