//! A finding of the linter.

use std::fmt;

use super::super::Case;

/// One violation of a rule of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The id of the case or requirement, or the file.
    pub place: String,
    /// The stable name of the rule.
    pub rule: &'static str,
    /// The message.
    pub message: String,
}

impl Finding {
    pub(super) fn new(
        place: impl Into<String>,
        rule: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            place: place.into(),
            rule,
            message: message.into(),
        }
    }

    pub(super) fn of_case(case: &Case, rule: &'static str, message: impl Into<String>) -> Self {
        Self::new(&case.id, rule, message)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.rule, self.message)
    }
}
