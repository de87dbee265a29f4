//! The end of a function's log.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;

use crate::Quoted;

/// The end of the log of one invocation, decoded from [`LogResult`](crate::LogResult).
///
/// Bytes that the function's author chose: any bytes at all, terminal controls included. The
/// service cuts by size, at 4 KB, so the first line may be partial and the first character cut in
/// two.
///
/// ```
/// use fc_headers::LogTail;
///
/// let whole = "中 logged".as_bytes();
/// let tail = LogTail::from(whole[1..].to_vec());
/// assert_eq!(tail.to_string_lossy(), "\u{fffd} logged");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LogTail(Vec<u8>);

impl LogTail {
    /// The log as it was written.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The log, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The log as text: a character cut in two by the start is one replacement character, as is
    /// every other sequence that is not UTF-8. Control characters stay; show it through [`Quoted`].
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        let cut = self
            .0
            .iter()
            .take(3)
            .take_while(|byte| matches!(byte, 0x80..=0xbf))
            .count();
        match self.0.get(cut..) {
            Some(rest) if cut > 0 => {
                Cow::Owned(format!("\u{fffd}{}", String::from_utf8_lossy(rest)))
            }
            _ => String::from_utf8_lossy(&self.0),
        }
    }

    /// The standard base64 that travels in the header.
    pub fn to_base64(&self) -> String {
        base64::engine::general_purpose::STANDARD.encode(&self.0)
    }
}

impl From<Vec<u8>> for LogTail {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for LogTail {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for LogTail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogTail({})", Quoted::from_bytes(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_character_at_the_start_is_one_replacement_character() {
        for character in ["é", "中", "🦀"] {
            for cut in 1..character.len() {
                let tail = LogTail::from([&character.as_bytes()[cut..], b"x"].concat());
                assert_eq!(
                    tail.to_string_lossy(),
                    "\u{fffd}x",
                    "{character} cut at {cut}"
                );
            }
        }
    }

    #[test]
    fn other_bad_sequences_are_replaced_where_they_stand() {
        let text = |bytes: &[u8]| LogTail::from(bytes.to_vec()).to_string_lossy().into_owned();
        assert_eq!(text(b"\xff\xfe\x80"), "\u{fffd}\u{fffd}\u{fffd}");
        assert_eq!(text(b"a\x80b"), "a\u{fffd}b");
        assert_eq!(text(b"a\xe4\xb8"), "a\u{fffd}");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn well_formed_text_is_borrowed() {
        let tail = LogTail::from(b"FC Invoke".to_vec());
        assert_eq!(tail.as_bytes(), b"FC Invoke");
        assert_eq!(tail.as_ref(), b"FC Invoke");
        assert_eq!(tail.clone().into_bytes(), b"FC Invoke");
        assert!(matches!(tail.to_string_lossy(), Cow::Borrowed("FC Invoke")));
    }

    #[test]
    fn debug_output_holds_no_terminal_control() {
        let tail = LogTail::from(b"\x1b]52;c;ZXZpbA==\x07".to_vec());
        assert_eq!(
            format!("{tail:?}"),
            r#"LogTail("\u{1b}]52;c;ZXZpbA==\u{7}")"#
        );
    }
}
