//! One assertion of a case.

use serde::{Deserialize, Serialize};

use fcgate_text::visible::visible;

use super::Difference;

/// The result of one assertion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// What is asserted, e.g. `string_to_sign`, `header.x-fc-log-type`, `no-code`.
    pub id: String,
    /// What came of it.
    pub status: CheckStatus,
    /// The expected value as visible text.
    pub expected: Option<String>,
    /// The actual value as visible text; nothing where there was no value.
    pub actual: Option<String>,
    /// Where the two part, for a failed comparison of two texts.
    pub first_difference: Option<Difference>,
}

/// What came of one assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckStatus {
    /// As expected.
    Pass,
    /// Not as expected.
    Fail,
    /// The implementation does not show what the assertion is about.
    Unsupported,
}

impl Check {
    /// Two byte strings that have to be equal.
    pub fn equal(id: impl Into<String>, expected: &[u8], actual: Option<&[u8]>) -> Self {
        Self::compared(id, expected, actual, actual == Some(expected))
    }

    /// Two byte strings that were compared.
    pub(super) fn compared(
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
            expected: Some(visible(expected)),
            actual: actual.map(visible),
            first_difference: actual
                .filter(|_| !equal)
                .map(|actual| Difference::between(expected, actual)),
        }
    }

    /// Two texts that have to be equal.
    pub fn equal_text(id: impl Into<String>, expected: &str, actual: Option<&str>) -> Self {
        Self::equal(id, expected.as_bytes(), actual.map(str::as_bytes))
    }

    /// A value that must not be there.
    pub fn absent(id: impl Into<String>, actual: Option<&[u8]>) -> Self {
        Self::found(id, actual, actual.is_none())
    }

    /// A value that was looked for.
    pub(super) fn found(id: impl Into<String>, actual: Option<&[u8]>, absent: bool) -> Self {
        Self {
            id: id.into(),
            status: if absent {
                CheckStatus::Pass
            } else {
                CheckStatus::Fail
            },
            expected: None,
            actual: actual.map(visible),
            first_difference: None,
        }
    }

    /// A property that holds or not, both sides said in words.
    pub fn holds(id: impl Into<String>, holds: bool, expected: &str, actual: &str) -> Self {
        Self {
            id: id.into(),
            status: if holds {
                CheckStatus::Pass
            } else {
                CheckStatus::Fail
            },
            expected: Some(visible(expected.as_bytes())),
            actual: Some(visible(actual.as_bytes())),
            first_difference: None,
        }
    }

    /// An assertion about something that the implementation does not show.
    pub fn unsupported(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            status: CheckStatus::Unsupported,
            expected: None,
            actual: None,
            first_difference: None,
        }
    }

    /// Puts a fixed word in the place of a text that differs from run to run.
    pub fn forget(&mut self, text: &str, word: &str) {
        let mut forgotten = false;
        let mut forget = |side: &mut String| {
            if side.contains(text) {
                *side = side.replace(text, word);
                forgotten = true;
            }
        };
        self.expected.iter_mut().for_each(&mut forget);
        self.actual.iter_mut().for_each(&mut forget);
        if let Some(first) = &mut self.first_difference {
            let sides = [&mut first.expected, &mut first.actual, &mut first.sentence];
            sides.into_iter().for_each(forget);
            if forgotten {
                first.bytes = None;
            }
        }
    }

    /// Whether it failed.
    pub fn failed(&self) -> bool {
        self.status == CheckStatus::Fail
    }
}
