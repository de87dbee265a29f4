//! A check: one assertion of a case.

use serde::{Deserialize, Serialize};

use super::{Difference, Value};

/// The result of one assertion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The id of the assertion, e.g. `string_to_sign`, `header.x-fc-log-type`, `no-code`.
    pub id: String,
    /// The result.
    pub status: CheckStatus,
    /// The expected value.
    pub expected: Option<Value>,
    /// The actual value; `None` if there was no value.
    pub actual: Option<Value>,
    /// The first difference, for a failed comparison of two byte strings.
    pub first_difference: Option<Difference>,
}

/// The result of one assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckStatus {
    /// The value is as expected.
    Pass,
    /// The value is not as expected.
    Fail,
    /// The implementation does not return the value that the assertion needs.
    Unsupported,
}

impl Check {
    /// Checks that two byte strings are equal.
    pub fn equal(id: impl Into<String>, expected: &[u8], actual: Option<&[u8]>) -> Self {
        Self::comparison(id, expected, actual, actual == Some(expected))
    }

    /// Creates the check of two byte strings that were compared.
    pub(super) fn comparison(
        id: impl Into<String>,
        expected: &[u8],
        actual: Option<&[u8]>,
        equal: bool,
    ) -> Self {
        Self {
            id: id.into(),
            status: if equal {
                CheckStatus::Pass
            } else {
                CheckStatus::Fail
            },
            expected: Some(Value::Bytes(expected.to_vec())),
            actual: actual.map(|actual| Value::Bytes(actual.to_vec())),
            first_difference: actual
                .filter(|_| !equal)
                .map(|actual| Difference::between(expected, actual)),
        }
    }

    /// Checks that two texts are equal.
    pub fn equal_text(id: impl Into<String>, expected: &str, actual: Option<&str>) -> Self {
        Self::equal(id, expected.as_bytes(), actual.map(str::as_bytes))
    }

    /// Checks that a value is absent.
    pub fn absent(id: impl Into<String>, actual: Option<&[u8]>) -> Self {
        Self::absence(id, actual, actual.is_none())
    }

    /// Creates the check of a value that must be absent.
    pub(super) fn absence(id: impl Into<String>, actual: Option<&[u8]>, absent: bool) -> Self {
        Self {
            id: id.into(),
            status: if absent {
                CheckStatus::Pass
            } else {
                CheckStatus::Fail
            },
            expected: None,
            actual: actual.map(|actual| Value::Bytes(actual.to_vec())),
            first_difference: None,
        }
    }

    /// Checks that a property holds. The expected and the actual value are described in words.
    pub fn holds(id: impl Into<String>, holds: bool, expected: &str, actual: &str) -> Self {
        Self {
            id: id.into(),
            status: if holds {
                CheckStatus::Pass
            } else {
                CheckStatus::Fail
            },
            expected: Some(Value::sentence(expected)),
            actual: Some(Value::sentence(actual)),
            first_difference: None,
        }
    }

    /// Creates a check of a value that the implementation does not return.
    pub fn unsupported(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            status: CheckStatus::Unsupported,
            expected: None,
            actual: None,
            first_difference: None,
        }
    }

    /// Replaces a text that differs from run to run with a fixed word.
    pub fn replace(&mut self, text: &str, word: &str) {
        let mut replaced = false;
        for side in [&mut self.expected, &mut self.actual].into_iter().flatten() {
            replaced |= side.replace(text, word);
        }
        let Some(difference) = self.first_difference.as_mut().filter(|_| replaced) else {
            return;
        };
        difference.bytes = None;
        let sides = [&self.expected, &self.actual].map(|side| side.as_ref()?.bytes());
        if let [Some(expected), Some(actual)] = sides {
            difference.show(expected, actual);
        }
    }

    /// The expected value as visible text.
    pub fn expected_text(&self) -> Option<String> {
        self.expected.as_ref().map(Value::to_string)
    }

    /// The actual value as visible text.
    pub fn actual_text(&self) -> Option<String> {
        self.actual.as_ref().map(Value::to_string)
    }

    /// Whether the check failed.
    pub fn failed(&self) -> bool {
        self.status == CheckStatus::Fail
    }
}
