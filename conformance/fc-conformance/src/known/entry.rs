//! One entry of a known-failures file, and its dates.

use globset::GlobMatcher;
use jiff::civil::Date;

use super::constants::MAX_DAYS;
use super::stale_entry::StaleReason;

/// One `[[known]]` entry.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The number of the entry in the file, from 1.
    pub(super) number: usize,
    /// The line on which the entry begins.
    pub(super) line: usize,
    pub(super) patterns: Vec<Pattern>,
    pub(super) sees: Vec<String>,
    pub(super) issue: String,
    pub(super) added: Date,
    pub(super) expires: Date,
}

/// A glob over case ids.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) text: String,
    pub(super) matcher: GlobMatcher,
}

impl Entry {
    pub(super) fn matches(&self, id: &str) -> bool {
        self.patterns
            .iter()
            .any(|pattern| pattern.matcher.is_match(id))
    }

    /// The reason if the dates make the entry invalid on this day.
    pub(super) fn stale_on(&self, today: Date) -> Option<StaleReason> {
        if self.added > today {
            Some(StaleReason::AddedLater(self.added))
        } else if days(self.added, self.expires) > MAX_DAYS {
            Some(StaleReason::TooLong(self.expires))
        } else if self.expires < today {
            Some(StaleReason::Expired(self.expires))
        } else {
            None
        }
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}
