//! The first difference of two values.

use serde::{Deserialize, Serialize};

use super::excerpt::Excerpt;

/// The first byte in which two values differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "InReport", into = "InReport")]
pub struct Difference {
    /// The offset of the byte, from 0.
    pub offset: usize,
    /// The line of the byte, from 1; LF ends a line.
    pub line: usize,
    /// The column of the byte, in bytes, from 1.
    pub column: usize,
    /// Both bytes, if they are the same in every run.
    pub bytes: Option<[Option<u8>; 2]>,
    excerpt: Excerpt,
}

/// The form of a difference in the JSON report.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct InReport {
    offset: usize,
    line: usize,
    column: usize,
    expected: String,
    actual: String,
    sentence: String,
}

impl Difference {
    /// Finds the first difference. For equal values it is their end.
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
        let bytes = [expected.get(offset).copied(), actual.get(offset).copied()];
        let stable = !both_alphanumeric(bytes) || in_name(expected, line_start, offset);
        Self {
            offset,
            line: before.split(|byte| *byte == b'\n').count(),
            column: offset - line_start + 1,
            bytes: stable.then_some(bytes),
            excerpt: Excerpt::of(expected, actual, offset),
        }
    }

    /// Replaces the shown values, starting at the same offset.
    pub(super) fn show(&mut self, expected: &[u8], actual: &[u8]) {
        self.excerpt = Excerpt::of(expected, actual, self.offset);
    }

    /// Describes both bytes: `expected LF ␊ (0a), got CR ␍ (0d)`.
    pub fn sentence(&self) -> String {
        self.excerpt.sentence()
    }

    /// Returns the expected and the actual value from the difference on, as visible text; the end is marked.
    pub fn sides(&self) -> [String; 2] {
        self.excerpt.sides()
    }
}

impl From<Difference> for InReport {
    fn from(difference: Difference) -> Self {
        let [expected, actual] = difference.sides();
        Self {
            offset: difference.offset,
            line: difference.line,
            column: difference.column,
            expected,
            actual,
            sentence: difference.sentence(),
        }
    }
}

impl From<InReport> for Difference {
    fn from(read: InReport) -> Self {
        Self {
            offset: read.offset,
            line: read.line,
            column: read.column,
            bytes: None,
            excerpt: Excerpt::Text {
                expected: read.expected,
                actual: read.actual,
                sentence: read.sentence,
            },
        }
    }
}

/// Whether both bytes are letters or digits: these may be part of a date, a nonce or a digest.
fn both_alphanumeric(bytes: [Option<u8>; 2]) -> bool {
    bytes
        .into_iter()
        .all(|byte| byte.is_some_and(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether an offset is in the name of a `name:value` line. Names are the same in every run.
fn in_name(text: &[u8], line_start: usize, offset: usize) -> bool {
    let line = text.get(line_start..).unwrap_or_default();
    let name = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let length = line.iter().take_while(|byte| name(byte)).count();
    line.get(length) == Some(&b':') && (line_start..line_start + length).contains(&offset)
}

#[cfg(test)]
mod tests {
    use super::Difference;

    #[test]
    fn a_difference_has_the_offset_line_and_column_of_its_first_byte() {
        let difference = Difference::between(b"POST\n\na", b"POST\n\r\na");
        assert_eq!(
            (difference.offset, difference.line, difference.column),
            (5, 2, 1)
        );
        assert_eq!(difference.sentence(), "expected LF ␊ (0a), got CR ␍ (0d)");
    }

    #[test]
    fn a_missing_line_feed_at_the_end_is_a_difference() {
        let difference = Difference::between(b"/path\n", b"/path");
        assert_eq!(difference.offset, 5);
        assert_eq!(difference.sides(), ["␊⌁", "⌁"]);
    }

    #[test]
    fn a_difference_inside_a_character_does_not_panic() {
        let difference = Difference::between("é".as_bytes(), "è".as_bytes());
        assert_eq!(difference.offset, 1);
        assert_eq!(difference.sentence(), "expected byte a9, got byte a8");
    }
}
