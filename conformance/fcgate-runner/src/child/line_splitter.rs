//! Splits a stream into lines and rejects lines that are longer than the protocol allows.

use memchr::memchr;

/// The longest line, without its LF.
pub(super) const LONGEST: usize = 16 * 1024 * 1024;

/// Splits a stream into lines, and stores the start of the incomplete line.
#[derive(Debug, Default)]
pub(super) struct LineSplitter {
    incomplete: Vec<u8>,
}

/// The complete lines of one piece of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// These lines are complete.
    Lines(Vec<Vec<u8>>),
    /// These lines are complete; the next one is too long and starts with these bytes.
    TooLong(Vec<Vec<u8>>, Vec<u8>),
}

/// The number of bytes of a too long line that are returned.
const RETURNED: usize = 1024;

impl LineSplitter {
    /// Uses this memory for the next line, if there is none yet.
    pub(super) fn reuse(&mut self, spare: impl FnOnce() -> Vec<u8>) {
        if self.incomplete.capacity() == 0 {
            self.incomplete = spare();
        }
    }

    /// Adds a piece of the stream. A line ends with LF or CR LF, which is not part of the line.
    pub(super) fn push(&mut self, mut piece: &[u8]) -> Split {
        let mut lines = Vec::new();
        while !piece.is_empty() {
            let end = memchr(b'\n', piece);
            let (text, rest) = piece.split_at(end.unwrap_or(piece.len()));
            if self.incomplete.len() + text.len() > LONGEST {
                self.incomplete.extend_from_slice(text);
                self.incomplete.truncate(RETURNED);
                return Split::TooLong(lines, std::mem::take(&mut self.incomplete));
            }
            self.incomplete.extend_from_slice(text);
            if end.is_some() {
                let mut line = std::mem::take(&mut self.incomplete);
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                lines.push(line);
            }
            piece = rest.get(1..).unwrap_or_default();
        }
        Split::Lines(lines)
    }

    /// The start of the incomplete line.
    pub(super) fn incomplete(&self) -> &[u8] {
        &self.incomplete
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, LineSplitter, Split};

    fn lines(texts: &[&str]) -> Split {
        Split::Lines(texts.iter().map(|text| text.as_bytes().to_vec()).collect())
    }

    #[test]
    fn lines_may_span_pieces_and_a_piece_may_hold_several_lines() {
        let mut stream = LineSplitter::default();
        assert_eq!(stream.push(b"one\ntw"), lines(&["one"]));
        assert_eq!(
            stream.push(b"o\r\n\nthree\r\r\nfo"),
            lines(&["two", "", "three\r"])
        );
        assert_eq!(stream.incomplete(), b"fo");
    }

    #[test]
    fn a_line_of_16_mib_is_accepted_and_a_longer_one_is_rejected() {
        let mut stream = LineSplitter::default();
        let whole = vec![b'a'; LONGEST];
        assert_eq!(stream.push(&whole), lines(&[]));
        assert_eq!(stream.push(b"\nb"), Split::Lines(vec![whole.clone()]));
        assert_eq!(
            stream.push(&whole),
            Split::TooLong(vec![], {
                let mut shown = vec![b'a'; 1024];
                shown[0] = b'b';
                shown
            })
        );
    }
}
