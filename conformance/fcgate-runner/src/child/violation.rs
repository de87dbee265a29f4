//! A violation of the adapter protocol, before the command and the quoted line are added.

use super::fault::Kind;

/// The violation that a line of the adapter contains.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Violation {
    pub(super) kind: Kind,
    pub(super) text: String,
}

impl Violation {
    pub(super) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
        }
    }

    pub(super) fn schema(text: impl Into<String>) -> Self {
        Self::new(Kind::Schema, text)
    }
}
