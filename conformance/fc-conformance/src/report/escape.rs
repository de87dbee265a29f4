//! Escapes text from an adapter or a file for a report.

use std::borrow::Cow;

use fcgate_text::visible;

/// The maximum number of characters. Texts that the judge has already truncated are shorter.
const LIMIT: usize = 4_096;

/// Escapes the text and truncates it after 4096 characters. The number of omitted characters follows.
///
/// Escaping a text again does not change it.
pub fn escape(text: &str) -> Cow<'_, str> {
    let cut = text.char_indices().nth(LIMIT).map(|(cut, _)| cut);
    let Some((head, rest)) = cut.and_then(|cut| text.split_at_checked(cut)) else {
        return visible::escaped(text);
    };
    let left_out = rest.chars().count();
    let head = visible::escaped(head);
    Cow::Owned(format!("{head}… ({left_out} characters left out)"))
}

/// Escapes and truncates a text for use within a line.
pub fn escape_line(text: &str) -> String {
    visible::line(text, 300)
}

#[cfg(test)]
mod tests {
    use super::escape;
    use fcgate_text::visible::visible;

    #[test]
    fn escaping_a_visible_text_again_does_not_change_it() {
        for bytes in [b"Tail \r\n\x1b[2J ".to_vec(), vec![b'a'; 100_000]] {
            let judged = visible(&bytes);
            assert_eq!(escape(&judged), judged);
        }
    }

    #[test]
    fn an_untrusted_text_is_escaped_and_truncated() {
        assert_eq!(escape("a\u{1b}[2J\nb "), "a\\u{1b}[2J␊b·");
        let long = escape(&"x".repeat(10_000_000)).into_owned();
        assert!(long.ends_with("x… (9995904 characters left out)"));
        assert!(long.len() < 5_000);
    }
}
