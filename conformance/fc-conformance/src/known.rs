//! Known failures: cases that fail today, each with a reason and a day on which the entry expires.

mod apply;
mod baseline;
mod constants;
mod entry;
mod error;
mod file_parser;
mod issue;
mod list;
mod pattern_check;
mod stale_entry;

pub use self::constants::{BASELINE_DAYS, FILE, MAX_DAYS, UNFILED};
pub use self::error::KnownError;
pub use self::issue::check_issue;
pub use self::list::Known;
pub use self::stale_entry::{Stale, StaleReason};

use fcgate_http::clock;
use jiff::civil::Date;

/// Returns today's date in UTC, which the dates of entries are compared with.
pub fn today() -> Date {
    clock::today()
}
