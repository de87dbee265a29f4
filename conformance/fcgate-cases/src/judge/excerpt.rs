//! Excerpts of two values, starting at their first difference.

use fcgate_text::visible::{END, byte, visible};

/// The maximum number of bytes that are shown.
const SHOWN: usize = 24;

/// The start of both values from their first difference on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Excerpt {
    /// Bytes: one more than is shown, if the value is longer.
    Bytes { expected: Vec<u8>, actual: Vec<u8> },
    /// Visible text that was read from a report.
    Text {
        expected: String,
        actual: String,
        sentence: String,
    },
}

impl Excerpt {
    /// Creates the excerpts of both values, starting at an offset.
    pub(super) fn of(expected: &[u8], actual: &[u8], offset: usize) -> Self {
        let head = |text: &[u8]| {
            let rest = text.get(offset..).unwrap_or_default();
            rest.get(..=SHOWN).unwrap_or(rest).to_vec()
        };
        Self::Bytes {
            expected: head(expected),
            actual: head(actual),
        }
    }

    /// Returns the expected and the actual value as visible text; the end is marked.
    pub(super) fn sides(&self) -> [String; 2] {
        match self {
            Self::Bytes { expected, actual } => [rest(expected), rest(actual)],
            Self::Text {
                expected, actual, ..
            } => [expected.clone(), actual.clone()],
        }
    }

    /// Describes both bytes in words.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Bytes { expected, actual } => {
                let [expected, actual] = [expected, actual].map(|side| byte(side.first().copied()));
                format!("expected {expected}, got {actual}")
            }
            Self::Text { sentence, .. } => sentence.clone(),
        }
    }
}

fn rest(bytes: &[u8]) -> String {
    match bytes.get(..SHOWN) {
        Some(head) if bytes.len() > SHOWN => visible(head) + "…",
        _ => {
            let mut shown = visible(bytes);
            shown.push(END);
            shown
        }
    }
}
