//! Spellings of one path: escapes, letter case, spaces.

use percent_encoding::percent_decode_str;

use crate::signing::encoding::encode;

/// A path with the name of the mistake and the words for it.
type Spelled = (&'static str, String, String);

const ESCAPES: &str = "path-escapes-changed-on-the-way";
const SPELLED: &str = "path-spelled-differently";

pub(super) fn spellings(path: &str) -> impl Iterator<Item = Spelled> {
    let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let by_segment = |text: &str, spell: fn(&str) -> String| {
        let segments: Vec<String> = text.split('/').map(spell).collect();
        segments.join("/")
    };
    let escapes = [
        (
            "the digits of the escapes were in upper case",
            with_digits(path, true),
        ),
        (
            "the digits of the escapes were in lower case",
            with_digits(path, false),
        ),
        ("the path was not escaped", decoded.clone()),
        (
            "the escapes were those of RFC 3986",
            by_segment(&decoded, |one| encode(one.as_bytes())),
        ),
        ("the path was escaped once more", path.replace('%', "%25")),
        (
            "the path was escaped once more, slashes included",
            encode(path.as_bytes()),
        ),
        ("a space was a plus", path.replace("%20", "+")),
        ("a space was not escaped", path.replace("%20", " ")),
        ("a plus was escaped", path.replace('+', "%2B")),
        ("a plus was a space", path.replace('+', "%20")),
        (
            "an escaped slash was a slash",
            path.replace("%2F", "/").replace("%2f", "/"),
        ),
        ("a dollar sign was escaped", path.replace('$', "%24")),
        ("a dollar sign was not escaped", path.replace("%24", "$")),
    ];
    let spelled = [
        ("the path was in lower case", path.to_ascii_lowercase()),
        ("the path was in upper case", path.to_ascii_uppercase()),
        (
            "the first letter of each segment was a capital",
            by_segment(path, capitalized),
        ),
        ("the path ended with a space", format!("{path}%20")),
        ("the path ended with a space", format!("{path} ")),
        ("underscores were hyphens", path.replace('_', "-")),
    ];
    let with = |mistake: &'static str| {
        move |(words, path): (&str, String)| {
            let shown = fcgate_text::visible::line(&path, 200);
            (mistake, format!("{words}: signed was `{shown}`"), path)
        }
    };
    escapes
        .into_iter()
        .map(with(ESCAPES))
        .chain(spelled.into_iter().map(with(SPELLED)))
}

/// The digits of every percent escape in one case.
pub(super) fn with_digits(text: &str, upper: bool) -> String {
    let mut left = 0;
    text.chars()
        .map(|character| {
            if character == '%' {
                left = 2;
                return character;
            }
            let is_digit = left > 0 && character.is_ascii_hexdigit();
            left = if is_digit { left - 1 } else { 0 };
            match (is_digit, upper) {
                (true, true) => character.to_ascii_uppercase(),
                (true, false) => character.to_ascii_lowercase(),
                _ => character,
            }
        })
        .collect()
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::with_digits;

    #[test]
    fn only_the_digits_of_escapes_change_their_case() {
        assert_eq!(with_digits("/abc/%e4%bdab%2", true), "/abc/%E4%BDab%2");
        assert_eq!(with_digits("/ABC/%E4", false), "/ABC/%e4");
    }
}
