//! Where two texts part.

use serde::{Deserialize, Serialize};

use fcgate_text::visible::{END, byte, visible};

/// How many bytes are shown from the difference on.
const SHOWN: usize = 24;

/// The first byte in which two texts differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// Both bytes, where they are sure to be the same in every run and may be shown.
    #[serde(skip)]
    pub bytes: Option<[Option<u8>; 2]>,
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
        let bytes = [expected.get(offset).copied(), actual.get(offset).copied()];
        let lasting = !both_alphanumeric(bytes) || in_name(expected, line_start, offset);
        Self {
            offset,
            line: before.split(|byte| *byte == b'\n').count(),
            column: offset - line_start + 1,
            expected: rest(expected, offset),
            actual: rest(actual, offset),
            sentence: format!("expected {}, got {}", byte(bytes[0]), byte(bytes[1])),
            bytes: lasting.then_some(bytes),
        }
    }

    /// The same place, with nothing shown of the texts.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        "(not shown)".clone_into(&mut self.expected);
        self.actual.clone_from(&self.expected);
        "they differ in what is not shown".clone_into(&mut self.sentence);
        self.bytes = None;
        self
    }
}

/// Two letters or digits may be of a date, a nonce or a digest.
fn both_alphanumeric(bytes: [Option<u8>; 2]) -> bool {
    bytes
        .into_iter()
        .all(|byte| byte.is_some_and(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether an offset is in the name of a `name:value` line; names are the same in every run.
fn in_name(text: &[u8], line_start: usize, offset: usize) -> bool {
    let line = text.get(line_start..).unwrap_or_default();
    let name = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let length = line.iter().take_while(|byte| name(byte)).count();
    line.get(length) == Some(&b':') && offset < line_start + length
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
