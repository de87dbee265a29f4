//! Cutting a stream into lines, none longer than the protocol allows.

use memchr::memchr;

/// The longest line, its LF not counted.
pub(super) const LONGEST: usize = 16 * 1024 * 1024;

/// The beginning of a line that is not complete yet.
#[derive(Debug, Default)]
pub(super) struct Lines {
    begun: Vec<u8>,
}

/// What came of one piece of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// These lines are complete now.
    Lines(Vec<Vec<u8>>),
    /// After these lines comes one that is longer than allowed; it begins so.
    TooLong(Vec<Vec<u8>>, Vec<u8>),
}

/// How much of a line that is too long is given back.
const SHOWN: usize = 1024;

impl Lines {
    /// Uses this memory for the next line, if it has none yet.
    pub(super) fn reuse(&mut self, spare: impl FnOnce() -> Vec<u8>) {
        if self.begun.capacity() == 0 {
            self.begun = spare();
        }
    }

    /// Adds a piece of the stream. LF ends a line and is no part of it, nor is one CR before it.
    pub(super) fn push(&mut self, mut piece: &[u8]) -> Cut {
        let mut lines = Vec::new();
        while !piece.is_empty() {
            let end = memchr(b'\n', piece);
            let (text, rest) = piece.split_at(end.unwrap_or(piece.len()));
            if self.begun.len() + text.len() > LONGEST {
                self.begun.extend_from_slice(text);
                self.begun.truncate(SHOWN);
                return Cut::TooLong(lines, std::mem::take(&mut self.begun));
            }
            self.begun.extend_from_slice(text);
            if end.is_some() {
                let mut line = std::mem::take(&mut self.begun);
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                lines.push(line);
            }
            piece = rest.get(1..).unwrap_or_default();
        }
        Cut::Lines(lines)
    }

    /// The line that was begun and is not ended.
    pub(super) fn begun(&self) -> &[u8] {
        &self.begun
    }
}

#[cfg(test)]
mod tests {
    use super::{Cut, LONGEST, Lines};

    fn lines(texts: &[&str]) -> Cut {
        Cut::Lines(texts.iter().map(|text| text.as_bytes().to_vec()).collect())
    }

    #[test]
    fn a_line_may_come_in_pieces_and_a_piece_may_hold_several() {
        let mut stream = Lines::default();
        assert_eq!(stream.push(b"one\ntw"), lines(&["one"]));
        assert_eq!(
            stream.push(b"o\r\n\nthree\r\r\nfo"),
            lines(&["two", "", "three\r"])
        );
        assert_eq!(stream.begun(), b"fo");
    }

    #[test]
    fn a_line_of_16_mib_is_taken_and_a_longer_one_is_not() {
        let mut stream = Lines::default();
        let whole = vec![b'a'; LONGEST];
        assert_eq!(stream.push(&whole), lines(&[]));
        assert_eq!(stream.push(b"\nb"), Cut::Lines(vec![whole.clone()]));
        assert_eq!(
            stream.push(&whole),
            Cut::TooLong(vec![], {
                let mut shown = vec![b'a'; 1024];
                shown[0] = b'b';
                shown
            })
        );
    }
}
