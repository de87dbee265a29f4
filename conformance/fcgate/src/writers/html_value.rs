//! Values with visible bytes, texts with links, and anchors.

use maud::{Markup, html};

use fc_conformance::report::diff::{Comparison, Line, Side};
use fc_conformance::report::escape::escape;
use fcgate_cases::judge::Check;

/// The symbols of control characters, and their names.
const PICTURES: [(char, &str); 3] = [('␊', "LF"), ('␍', "CR"), ('␉', "TAB")];

/// A table that compares what a failed check expected with what it got.
pub(super) fn comparison(check: &Check) -> Markup {
    let comparison = Comparison::of(check);
    html! {
        div.wide { table.diff {
            caption.aside { (escape(&check.id)) ": expected and actual" }
            tbody {
                @if comparison.equal > 0 {
                    tr { th {} td.quiet { "… " (comparison.equal) " equal lines" } }
                }
                @for line in &comparison.lines { (row(line)) }
                @if comparison.left_out > 0 {
                    tr { th {} td.quiet { "… " (comparison.left_out) " more lines" } }
                }
                @if let Some(remark) = comparison.remark {
                    tr { th {} td.remark { (remark) } }
                }
            }
        } }
    }
}

fn row(line: &Line) -> Markup {
    let (class, word) = match line.side {
        Side::Both => ("", ""),
        Side::Expected => ("expected", "expected"),
        Side::Actual => ("actual", "actual"),
    };
    let part = |from: usize, to: usize| line.text.get(from..to).unwrap_or_default();
    let (start, end) = (line.changed.start, line.changed.end);
    html! {
        tr.(class) {
            th scope="row" { (word) }
            td {
                @if start == end {
                    (with_symbol_names(&line.text))
                } @else {
                    (with_symbol_names(part(0, start)))
                    mark { (with_symbol_names(part(start, end))) }
                    (with_symbol_names(part(end, line.text.len())))
                }
            }
        }
    }
}

/// A visible text with a line break after every visible LF.
pub(super) fn text(value: &str) -> Markup {
    let value = escape(value);
    let mut lines = value.split_inclusive('␊').peekable();
    html! {
        @while let Some(line) = lines.next() {
            (with_symbol_names(line))
            @if lines.peek().is_some() { "\n" }
        }
    }
}

/// A sentence in which the symbol after the name of a control character is removed.
pub(super) fn sentence(words: &str) -> String {
    let mut words = escape(words).into_owned();
    for (picture, name) in PICTURES {
        words = words.replace(&format!("{name} {picture}"), name);
    }
    words
}

/// A text whose parts between backticks are code.
pub(super) fn with_code_spans(words: &str) -> Markup {
    let words = escape(words);
    if !words.matches('`').count().is_multiple_of(2) {
        return with_symbol_names(&words);
    }
    html! {
        @for (place, piece) in words.split('`').enumerate() {
            @if place % 2 == 1 { code { (with_symbol_names(piece)) } } @else { (with_symbol_names(piece)) }
        }
    }
}

/// A visible text with names instead of the symbols of control characters, because few fonts have them.
fn with_symbol_names(text: &str) -> Markup {
    let picture = |c: char| PICTURES.iter().find(|(picture, _)| *picture == c);
    html! {
        @for piece in text.split_inclusive(|c| picture(c).is_some()) {
            @match piece.char_indices().last().and_then(|(at, last)| Some((at, picture(last)?))) {
                Some((at, (_, name))) => { (piece.get(..at).unwrap_or_default()) i { (name) } }
                None => (piece),
            }
        }
    }
}

/// A text in which only web addresses are links.
pub(super) fn linked(words: &str) -> Markup {
    let words = escape(words);
    html! {
        @for (place, word) in words.split(' ').enumerate() {
            @if place > 0 { " " }
            @let address = word.trim_end_matches(['.', ',', ';', ')', '\'', '"']);
            @if is_web(address) {
                a href=(address) rel="noreferrer noopener" { (address) } (word.get(address.len()..).unwrap_or_default())
            } @else {
                (word)
            }
        }
    }
}

fn is_web(word: &str) -> bool {
    let rest = word
        .strip_prefix("https://")
        .or_else(|| word.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Turns a text into an anchor. Each character that an anchor cannot contain becomes a full stop.
pub(super) fn anchor(text: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    text.chars()
        .take(200)
        .map(|c| if fits(c) { c } else { '.' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{anchor, linked, sentence, text, with_code_spans};

    #[test]
    fn only_web_addresses_are_links() {
        assert_eq!(
            linked("see https://a.example/b, or javascript:alert(1)").into_string(),
            "see <a href=\"https://a.example/b\" rel=\"noreferrer noopener\">https://a.example/b</a>, \
             or javascript:alert(1)"
        );
        for plain in [
            "http://",
            "https://\"onclick=x",
            "data:text/html,x",
            "//a.example",
        ] {
            assert!(!linked(plain).into_string().contains("<a"), "{plain}");
        }
    }

    #[test]
    fn a_line_break_follows_the_symbol_of_a_line_feed() {
        assert_eq!(text("a␊b␊").into_string(), "a<i>LF</i>\nb<i>LF</i>");
        assert_eq!(text("a␍␊").into_string(), "a<i>CR</i><i>LF</i>");
        assert_eq!(sentence("got CR ␍ (0d)"), "got CR (0d)");
    }

    #[test]
    fn text_between_backticks_is_code() {
        assert_eq!(
            with_code_spans("got `;` (3b)").into_string(),
            "got <code>;</code> (3b)"
        );
        assert_eq!(with_code_spans("a ` alone").into_string(), "a ` alone");
    }

    #[test]
    fn an_anchor_contains_no_special_characters() {
        assert_eq!(anchor("sign#a \"b"), "sign.a..b");
    }
}
