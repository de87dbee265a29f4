//! One broken rule.

use std::fmt;

use super::super::Case;

/// One offence against the rules of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The case, the requirement or the file.
    pub place: String,
    /// The rule, a stable word.
    pub rule: &'static str,
    /// What is wrong.
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
