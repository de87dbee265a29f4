//! Where two texts part.

use serde::Serialize;

use crate::visible::{END, byte, visible};

/// How many bytes are shown from the difference on.
const SHOWN: usize = 24;

/// The first byte in which two texts differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The offset of the byte, from 0.
    pub offset: usize,
    /// Its line, from 1, where LF ends a line.
    pub line: usize,
    /// Its place in the line in bytes, from 1.
    pub column: usize,
    /// The expected text from there on, visible; the end is marked.
    pub expected: String,
    /// The actual text from there on, visible; the end is marked.
    pub actual: String,
    /// Both bytes in words.
    pub sentence: String,
}

impl Difference {
    /// Finds it; for equal texts it is their end.
    pub fn between(expected: &[u8], actual: &[u8]) -> Self {
        let offset = expected
            .iter()
            .zip(actual)
            .take_while(|(one, other)| one == other)
            .count();
        let before = expected.get(..offset).unwrap_or_default();
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        Self {
            offset,
            line: before.split(|byte| *byte == b'\n').count(),
            column: offset - line_start + 1,
            expected: rest(expected, offset),
            actual: rest(actual, offset),
            sentence: format!(
                "expected {}, got {}",
                byte(expected.get(offset).copied()),
                byte(actual.get(offset).copied())
            ),
        }
    }

    /// The same place, with nothing shown of the texts.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        "(not shown)".clone_into(&mut self.expected);
        self.actual.clone_from(&self.expected);
        "they differ in what is not shown".clone_into(&mut self.sentence);
        self
    }
}

fn rest(text: &[u8], offset: usize) -> String {
    let rest = text.get(offset..).unwrap_or_default();
    match rest.get(..SHOWN) {
        Some(head) if rest.len() > SHOWN => visible(head) + "…",
        _ => {
            let mut shown = visible(rest);
            shown.push(END);
            shown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Difference;

    #[test]
    fn the_offset_line_and_column_of_the_first_byte_are_named() {
        let difference = Difference::between(b"POST\n\na", b"POST\n\r\na");
        assert_eq!(
            (difference.offset, difference.line, difference.column),
            (5, 2, 1)
        );
        assert_eq!(difference.sentence, "expected LF ␊ (0a), got CR ␍ (0d)");
    }

    #[test]
    fn a_missing_line_feed_at_the_end_is_seen() {
        let difference = Difference::between(b"/path\n", b"/path");
        assert_eq!(difference.offset, 5);
        assert_eq!(
            (difference.expected.as_str(), difference.actual.as_str()),
            ("␊⌁", "⌁")
        );
    }

    #[test]
    fn a_difference_inside_a_character_does_not_panic() {
        let difference = Difference::between("é".as_bytes(), "è".as_bytes());
        assert_eq!(difference.offset, 1);
        assert_eq!(difference.sentence, "expected byte a9, got byte a8");
    }
}
