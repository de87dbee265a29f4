//! The error of a request to the control interface.

use fcgate_text::visible;
use serde_json::{Value, json};

use crate::document_version::VERSION;

/// The longest text of a part of a message.
const LONGEST: usize = 300;

/// A refused request: what was expected, what was found, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ControlError {
    pub(super) status: u16,
    code: &'static str,
    expected: String,
    found: String,
    next: String,
}

impl ControlError {
    pub(super) fn new(status: u16, code: &'static str, expected: impl Into<String>) -> Self {
        Self {
            status,
            code,
            expected: expected.into(),
            found: String::new(),
            next: String::new(),
        }
    }

    pub(super) fn found(mut self, found: &str) -> Self {
        self.found = visible::line(found, LONGEST);
        self
    }

    pub(super) fn next(mut self, next: impl Into<String>) -> Self {
        self.next = next.into();
        self
    }

    /// A parameter of the query with a wrong value.
    pub(super) fn parameter(name: &str, expected: impl Into<String>, found: &str) -> Self {
        Self::new(400, "InvalidParameter", expected)
            .found(found)
            .next(format!("correct the parameter {}", visible::line(name, 60)))
    }

    /// A body that is not the document of its path.
    pub(super) fn document(expected: &str, found: &str) -> Self {
        Self::new(400, "InvalidDocument", expected)
            .found(found)
            .next("correct the document; its form is in control.schema.json")
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "version": VERSION,
            "error": {
                "code": self.code,
                "expected": self.expected,
                "found": self.found,
                "next": self.next,
            },
        })
    }
}
