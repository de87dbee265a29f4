//! Escapes any text for Markdown.

use fc_conformance::report::escape::escape;

/// Characters that start emphasis, code, a link, an image, HTML, an entity, a cell, a mention or mathematics, and in some
/// renderers a superscript (`^`) or a marked change (`{+ +}`).
const SPECIAL: &str = "\\`*_[]<>&|~#$@^{";

/// Escapes a text so that Markdown renders it as plain words on one line.
pub(in crate::writers) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = escape(text);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        // A colon inside a word may be part of a URL or of an emoji name.
        let inside = characters.peek().is_some_and(|next| *next != ' ');
        if SPECIAL.contains(character) || (character == ':' && inside) {
            out.push('\\');
        }
        out.push(character);
    }
    // Markdown turns a host name with this prefix into a link.
    out.replace("www.", "www\\.")
}

/// Returns a text as a code span that is also valid in a table.
pub(in crate::writers) fn code(text: &str) -> String {
    let text = escape(text);
    let text = if text.is_empty() { "(empty)" } else { &*text };
    let ticks = "`".repeat(longest_run(text) + 1);
    // Spaces separate the backticks of the text from those of the span; a renderer removes them.
    let pad = if text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') {
        " "
    } else {
        ""
    };
    format!("{ticks}{pad}{}{pad}{ticks}", text.replace('|', "\\|"))
}

/// Returns lines as a fenced code block.
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
        assert_eq!(plain("2^10^ {+a+}"), "2\\^10\\^ \\{+a+}");
    }

    #[test]
    fn a_code_span_has_more_backticks_than_its_text() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("``a"), "``` ``a ```");
        assert_eq!(fenced("diff", "```\n"), "````diff\n```\n````\n");
    }
}
