//! Any text in Markdown, so that it stays text.

use fc_conformance::report::escape::escape;

/// What starts emphasis, code, a link, an image, HTML, an entity, a cell, a mention or mathematics.
const SPECIAL: &str = "\\`*_[]<>&|~#$@";

/// A text as words of a line, none of which is markup.
pub(in crate::writers) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = escape(text);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        // A colon inside a word may be that of an address or of a picture's name.
        let inside = characters.peek().is_some_and(|next| *next != ' ');
        if SPECIAL.contains(character) || (character == ':' && inside) {
            out.push('\\');
        }
        out.push(character);
    }
    // A host name that starts so is made a link.
    out.replace("www.", "www\\.")
}

/// A text as a code span, which may also stand in a table.
pub(in crate::writers) fn code(text: &str) -> String {
    let text = escape(text);
    let text = if text.is_empty() { "(empty)" } else { &*text };
    let ticks = "`".repeat(longest_run(text) + 1);
    // Blanks keep the text's own ticks from those of the span; a renderer takes them off.
    let pad = if text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') {
        " "
    } else {
        ""
    };
    format!("{ticks}{pad}{}{pad}{ticks}", text.replace('|', "\\|"))
}

/// Lines as a block of code.
pub(super) fn fenced(language: &str, lines: &str) -> String {
    let ticks = "`".repeat(longest_run(lines).max(2) + 1);
    format!("{ticks}{language}\n{lines}{ticks}\n")
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|character| character != '`');
    runs.map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{code, fenced, plain};

    #[test]
    fn markup_is_escaped() {
        assert_eq!(
            plain("a_b <i> www.x: y://z"),
            "a\\_b \\<i\\> www\\.x: y\\://z"
        );
    }

    #[test]
    fn ticks_in_a_text_get_longer_ones_around() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("``a"), "``` ``a ```");
        assert_eq!(fenced("diff", "```\n"), "````diff\n```\n````\n");
    }
}
