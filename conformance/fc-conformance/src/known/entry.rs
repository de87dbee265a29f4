//! One entry, and whether it is valid on a day.

use globset::GlobMatcher;
use jiff::civil::Date;

use super::{MOST_DAYS, StaleReason};

/// One `[[known]]`.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// The line on which it begins.
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

    /// Why its dates make it invalid, if they do.
    pub(super) fn stale_on(&self, today: Date) -> Option<StaleReason> {
        if self.added > today {
            Some(StaleReason::AddedLater(self.added))
        } else if days(self.added, self.expires) > MOST_DAYS {
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
