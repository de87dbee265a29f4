//! Text in which every byte is visible: line ends, spaces at line ends, control characters.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Longer texts are cut after this many characters.
const LIMIT: usize = 4_000;

/// The mark of the end of a text, so that a missing or extra LF can be seen.
pub const END: char = '⌁';

/// Returns bytes as visible text. Long text is cut.
///
/// LF is `␊`, CR `␍`, TAB `␉`, a space at a line end `·`; other control, direction and invisible
/// characters are `\u{..}`, bytes that are not UTF-8 `\x{..}`.
///
/// ```
/// use fcgate_text::visible::visible;
///
/// assert_eq!(visible(b"Tail \r\n\x1b[2J"), "Tail·␍␊\\u{1b}[2J");
/// assert_eq!(visible(b"x-fc-log-type:Tail \n"), "x-fc-log-type:Tail·␊");
/// ```
pub fn visible(bytes: &[u8]) -> String {
    if is_plain(bytes) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut shown = String::new();
    let mut count = 0;
    for chunk in bytes.utf8_chunks() {
        let mut characters = chunk.valid().chars().peekable();
        while let Some(character) = characters.next() {
            let last = characters
                .peek()
                .is_none_or(|next| matches!(next, '\n' | '\r'));
            push(&mut shown, character, last);
            count += 1;
            if count == LIMIT {
                let _ = write!(shown, "… ({} bytes in total)", bytes.len());
                return shown;
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{{{byte:02x}}}");
            count += 1;
        }
    }
    shown
}

/// Describes one byte in a sentence: its visible form and its number, or the end of the text.
pub fn byte(byte: Option<u8>) -> String {
    let Some(byte) = byte else {
        return format!("the end of the text {END}");
    };
    match byte {
        b'\n' => "LF ␊ (0a)".to_owned(),
        b'\r' => "CR ␍ (0d)".to_owned(),
        b'\t' => "TAB ␉ (09)".to_owned(),
        b' ' => "a space · (20)".to_owned(),
        b'!'..=b'~' => format!("`{}` ({byte:02x})", char::from(byte)),
        _ => format!("byte {byte:02x}"),
    }
}

/// Returns the text with its invisible characters escaped; visible characters do not change.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let plain = |character: char| !is_invisible(character);
    if text.chars().all(plain) && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek();
        let last = next.is_none_or(|next| matches!(next, '\n' | '\r'));
        push(&mut shown, character, last);
    }
    Cow::Owned(shown)
}

/// Returns the first character of a text that a reader does not see, or that changes the direction of the text. A line feed, a
/// carriage return and a tab are such characters too.
pub fn invisible(text: &str) -> Option<char> {
    text.chars().find(|character| is_invisible(*character))
}

/// Returns untrusted text on one line: visible, and cut after `limit` characters.
pub fn line(text: &str, limit: usize) -> String {
    let shown = visible(text.as_bytes());
    match shown.char_indices().nth(limit) {
        Some((cut, _)) => shown
            .get(..cut)
            .map_or_else(String::new, |head| format!("{head}…")),
        None => shown,
    }
}

fn push(shown: &mut String, character: char, last_of_line: bool) {
    match character {
        '\n' => shown.push('␊'),
        '\r' => shown.push('␍'),
        '\t' => shown.push('␉'),
        ' ' if last_of_line => shown.push('·'),
        _ if is_invisible(character) => {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        }
        _ => shown.push(character),
    }
}

/// Whether visible text has the same bytes. Nearly all texts do, and each is shown more than once.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.len() < LIMIT
        && bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && !bytes.ends_with(b" ")
}

/// Whether a character is a control character, or changes direction, joins, hides or pads.
fn is_invisible(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(
            u32::from(character),
            0x00ad | 0x061c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f
                | 0xfe00..=0xfe0f | 0xfeff | 0xfff0..=0xfffb | 0xfffe | 0xffff | 0xe0000..=0xe0fff
        )
}

#[cfg(test)]
mod tests {
    use super::{invisible, line, visible};

    #[test]
    fn every_control_character_is_shown() {
        assert_eq!(
            visible("a\u{202e}b\u{0}c\u{feff}".as_bytes()),
            "a\\u{202e}b\\u{0}c\\u{feff}"
        );
    }

    /// XML cannot contain the last two, and `fffd` stands for bytes that are not UTF-8.
    #[test]
    fn characters_that_no_xml_document_can_contain_are_shown() {
        assert_eq!(
            visible("\u{fffd}\u{fffe}\u{ffff}".as_bytes()),
            "\u{fffd}\\u{fffe}\\u{ffff}"
        );
    }

    #[test]
    fn the_first_invisible_character_is_found() {
        assert_eq!(invisible("a title, 中文 é"), None);
        for character in [
            '\n', '\u{1b}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}',
        ] {
            assert_eq!(invisible(&format!("a{character}b")), Some(character));
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_shown_in_hex() {
        assert_eq!(visible(b"a\xffb"), "a\\x{ff}b");
    }

    #[test]
    fn a_space_before_a_line_end_is_shown_as_a_dot() {
        assert_eq!(visible(b"a b \n "), "a b·␊·");
        assert_eq!(visible(b"a b "), "a b·");
    }

    #[test]
    fn a_long_text_is_cut_with_its_length() {
        for length in [4_000, 100_000] {
            let end = format!("… ({length} bytes in total)");
            assert!(visible(&vec![b'a'; length]).ends_with(&end));
        }
        assert_eq!(visible(&[b'a'; 3_999]), "a".repeat(3_999));
        assert_eq!(line("abcdef", 3), "abc…");
    }
}
