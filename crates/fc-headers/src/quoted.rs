//! Escaping and cutting of untrusted text for messages.

use std::fmt::{self, Display, Write};

/// Displays untrusted text in quotation marks, escaped and cut, so that it can neither control a
/// terminal nor flood a log.
///
/// Control characters (C0, DEL, C1), bidirectional controls, zero-width and other invisible
/// characters, and bytes that are not UTF-8 are escaped. Backslashes and quotation marks are escaped
/// too, so that text cannot imitate an escape. After [`limit`](Self::limit) characters (32 by
/// default) the number of omitted bytes follows.
///
/// ```
/// use fc_headers::Quoted;
///
/// assert_eq!(Quoted::new("svc\u{202e}gnp").to_string(), r#""svc\u{202e}gnp""#);
/// assert_eq!(Quoted::new("abcdef").limit(4).to_string(), r#""abcd"... (2 more bytes)"#);
/// assert_eq!(Quoted::from_bytes(b"ok\xff").without_quotes().to_string(), r"ok\xff");
/// ```
#[derive(Clone, Copy)]
pub struct Quoted<'a> {
    bytes: &'a [u8],
    limit: usize,
    quotes: bool,
}

impl<'a> Quoted<'a> {
    /// Quotes text.
    pub const fn new(text: &'a str) -> Self {
        Self::from_bytes(text.as_bytes())
    }

    /// Quotes bytes; bytes that are not UTF-8 appear as escapes such as `\xff`.
    pub const fn from_bytes(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            limit: 32,
            quotes: true,
        }
    }

    /// Sets the maximum number of characters to display. An escape counts as one character.
    #[must_use]
    pub const fn limit(self, characters: usize) -> Self {
        Self {
            limit: characters,
            ..self
        }
    }

    /// Omits the quotation marks.
    #[must_use]
    pub const fn without_quotes(self) -> Self {
        Self {
            quotes: false,
            ..self
        }
    }

    fn write_within_limit(&self, f: &mut fmt::Formatter<'_>) -> Result<usize, fmt::Error> {
        let mut shown_characters = 0;
        let mut shown_bytes = 0;
        for chunk in self.bytes.utf8_chunks() {
            for character in chunk.valid().chars() {
                if shown_characters == self.limit {
                    return Ok(shown_bytes);
                }
                self.write_character(character, f)?;
                shown_characters += 1;
                shown_bytes += character.len_utf8();
            }
            for byte in chunk.invalid() {
                if shown_characters == self.limit {
                    return Ok(shown_bytes);
                }
                write!(f, "\\x{byte:02x}")?;
                shown_characters += 1;
                shown_bytes += 1;
            }
        }
        Ok(shown_bytes)
    }

    fn write_character(&self, character: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match character {
            '"' if self.quotes => f.write_str("\\\""),
            '\\' => f.write_str("\\\\"),
            '\t' => f.write_str("\\t"),
            '\n' => f.write_str("\\n"),
            '\r' => f.write_str("\\r"),
            _ if is_hidden(character) => write!(f, "{}", character.escape_unicode()),
            _ => f.write_char(character),
        }
    }
}

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.quotes {
            f.write_char('"')?;
        }
        let shown = self.write_within_limit(f)?;
        if self.quotes {
            f.write_char('"')?;
        }
        match self.bytes.len().saturating_sub(shown) {
            0 => Ok(()),
            rest => write!(f, "... ({rest} more bytes)"),
        }
    }
}

impl fmt::Debug for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

/// Whether a character is invisible or changes how other characters are displayed.
const fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn visible_text_is_displayed_unchanged() {
        assert_eq!(
            Quoted::new("%s ${jndi} {0} é 中").to_string(),
            "\"%s ${jndi} {0} é 中\""
        );
    }

    #[test]
    fn control_and_invisible_characters_are_escaped() {
        let text = "\0\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{2066}\u{200e}\u{61c}\u{200b}\u{feff}\r\n\t";
        insta::assert_snapshot!(
            Quoted::new(text),
            @r#""\u{0}\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{2066}\u{200e}\u{61c}\u{200b}\u{feff}\r\n\t""#
        );
    }

    #[test]
    fn backslashes_and_quotation_marks_are_escaped() {
        assert_eq!(Quoted::new(r#"\u{1b}""#).to_string(), r#""\\u{1b}\"""#);
        assert_eq!(Quoted::new("a\"b").without_quotes().to_string(), "a\"b");
    }

    #[test]
    fn long_text_is_cut_and_the_omitted_bytes_are_counted() {
        let text = "A".repeat(1 << 20);
        assert_eq!(
            Quoted::new(&text).to_string(),
            format!("\"{}\"... (1048544 more bytes)", "A".repeat(32))
        );
        let cut = |limit| Quoted::new("abcdé\"").limit(limit).to_string();
        assert_eq!(cut(0), "\"\"... (7 more bytes)");
        assert_eq!(cut(5), "\"abcdé\"... (1 more bytes)");
        assert_eq!(cut(6), "\"abcdé\\\"\"");
    }

    proptest! {
        #[test]
        fn bytes_are_displayed_without_hidden_characters(bytes: Vec<u8>, limit in 0_usize..80) {
            let shown = Quoted::from_bytes(&bytes).limit(limit).to_string();
            prop_assert!(!shown.chars().any(is_hidden));
            prop_assert!(shown.chars().count() <= limit * 10 + 40);
        }

        #[test]
        fn text_is_displayed_without_hidden_characters(text: String) {
            prop_assert!(!Quoted::new(&text).limit(64).to_string().chars().any(is_hidden));
        }
    }
}
