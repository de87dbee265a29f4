//! Why the fixtures could not be made.

use std::fmt;

#[derive(Debug)]
pub(crate) struct Failure(String);

pub(super) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// Names what was missing where an option had to hold something.
pub(super) trait Needed<T> {
    fn needed(self, what: &str, whose: &str) -> Result<T>;
}

impl<T> Needed<T> for Option<T> {
    fn needed(self, what: &str, whose: &str) -> Result<T> {
        self.ok_or_else(|| Failure::new(format!("{whose}: no {what}")))
    }
}
