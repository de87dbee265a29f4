//! Finding and replacing known secrets.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::forms::forms;
use super::json::unescape;

/// The text that replaces an access key secret.
pub const SECRET: &str = "[secret]";

/// The text that replaces a security token.
pub const SECURITY_TOKEN: &str = "[security token]";

/// The number of bytes of a JSON line that are unescaped at once.
const PIECE: usize = 64 * 1024;

/// Finds known secrets in bytes and texts, and replaces them.
///
/// A secret is found in plain, percent, base64, hex (both cases) and JSON form. Secrets of fewer than 8
/// bytes are ignored. `Debug` shows no secret.
///
/// ```
/// use fcgate_text::redaction::Redactor;
///
/// let redactor = Redactor::new().secret("fcTestSecret").security_token("fcTestToken");
/// assert!(redactor.contains(b"denied for fcTestSecret"));
/// assert_eq!(
///     redactor.redact_text("fcTestSecret and fcTestToken"),
///     "[secret] and [security token]"
/// );
/// ```
#[derive(Clone, Default)]
pub struct Redactor {
    /// Each form, and the text that replaces it.
    forms: Vec<(Vec<u8>, &'static str)>,
    /// Searches for all forms at once; built at the first search.
    search: OnceLock<Option<AhoCorasick>>,
}

impl Redactor {
    /// A redactor that knows no secret.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an access key secret.
    #[must_use]
    pub fn secret(mut self, secret: &str) -> Self {
        self.add(secret, SECRET);
        self
    }

    /// Adds a security token.
    #[must_use]
    pub fn security_token(mut self, token: &str) -> Self {
        self.add(token, SECURITY_TOKEN);
        self
    }

    /// Adds a value and the text that replaces it.
    pub fn add(&mut self, value: &str, replacement: &'static str) {
        for form in forms(value) {
            if !self.forms.iter().any(|(known, _)| *known == form) {
                self.forms.push((form, replacement));
            }
        }
        self.search = OnceLock::new();
    }

    /// `None` if the forms are too large for one search (2 GiB).
    fn search(&self) -> Option<&AhoCorasick> {
        let build = || {
            // One secret may begin with another. The kind is one that is built fast, because some texts are short.
            let longest_first = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(self.forms.iter().map(|(form, _)| form));
            longest_first.ok()
        };
        self.search.get_or_init(build).as_ref()
    }

    /// Whether a text contains a known secret.
    pub fn contains(&self, text: &[u8]) -> bool {
        self.search().is_none_or(|search| search.is_match(text))
    }

    /// Whether a line of JSON contains a known secret, escaped or not.
    pub fn contains_in_json(&self, line: &[u8]) -> bool {
        self.contains(line) || (line.contains(&b'\\') && self.contains_escaped(line))
    }

    /// Unescapes a line piece by piece, because a line may be long.
    fn contains_escaped(&self, mut line: &[u8]) -> bool {
        let keep = self.longest();
        let mut plain = Vec::with_capacity(PIECE.min(line.len()));
        loop {
            while plain.len() < PIECE
                && let Some((byte, rest)) = unescape(line)
            {
                plain.push(byte);
                line = rest;
            }
            if self.contains(&plain) {
                return true;
            }
            if line.is_empty() {
                return false;
            }
            plain.drain(..plain.len().saturating_sub(keep));
        }
    }

    /// The length of the longest form of a known secret; 0 without secrets.
    pub fn longest(&self) -> usize {
        let lengths = self.forms.iter().map(|(form, _)| form.len());
        lengths.max().unwrap_or(0)
    }

    /// The bytes with every known secret replaced.
    pub fn redact<'a>(&self, text: &'a [u8]) -> Cow<'a, [u8]> {
        let Some(search) = self.search() else {
            return Cow::Borrowed(SECRET.as_bytes());
        };
        let mut redacted = Vec::new();
        let mut from = 0;
        for found in search.find_iter(text) {
            redacted.extend_from_slice(text.get(from..found.start()).unwrap_or_default());
            let form = self.forms.get(found.pattern().as_usize());
            let replacement = form.map_or(SECRET, |(_, replacement)| replacement);
            redacted.extend_from_slice(replacement.as_bytes());
            from = found.end();
        }
        if from == 0 {
            return Cow::Borrowed(text);
        }
        redacted.extend_from_slice(text.get(from..).unwrap_or_default());
        Cow::Owned(redacted)
    }

    /// The text with every known secret replaced.
    pub fn redact_text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.redact(text.as_bytes()) {
            Cow::Borrowed(bytes) if bytes == text.as_bytes() => Cow::Borrowed(text),
            bytes => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }

    /// At most `limit` bytes of the start of a line, with every known secret replaced.
    ///
    /// The result may be shorter, so that it never ends with the start of a secret.
    pub fn redact_head(&self, line: &[u8], limit: usize) -> Vec<u8> {
        let longest = self.longest();
        let seen = line.get(..limit + longest).unwrap_or(line);
        let mut head = self.redact(seen).into_owned();
        // The end of `seen` may hold the start of a secret.
        let sure = if seen.len() < line.len() {
            head.len().saturating_sub(longest)
        } else {
            head.len()
        };
        head.truncate(sure.min(limit));
        head
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Redactor;

    #[test]
    fn a_secret_is_found_in_every_form() {
        let redactor = Redactor::new().secret("fcTest/Secret+0123");
        for text in [
            "denied for fcTest/Secret+0123!",
            "denied for fcTest%2FSecret%2B0123",
            "ZmNUZXN0L1NlY3JldCswMTIz",
            "66635465 73742f 66635465 66635465 6663546573742f5365637265742b30313233",
            "6663546573742F5365637265742B30313233",
        ] {
            assert!(redactor.contains(text.as_bytes()), "{text}");
            assert!(redactor.redact_text(text).contains("[secret]"), "{text}");
        }
        assert!(!redactor.contains(b"denied for fcTest"));
    }

    #[test]
    fn a_short_secret_is_ignored() {
        for secret in ["abc", ""] {
            let redactor = Redactor::new().secret(secret);
            assert!(!redactor.contains(b"abc"));
            assert_eq!(redactor.longest(), 0);
            assert_eq!(redactor.redact_text("abc"), "abc");
        }
    }

    #[test]
    fn the_longer_of_two_secrets_is_replaced_first() {
        let redactor = Redactor::new()
            .secret("fcTestSecret")
            .security_token("fcTestSecret0123");
        assert_eq!(
            redactor.redact_text("a fcTestSecret0123 b fcTestSecret c fcTestSecre"),
            "a [security token] b [secret] c fcTestSecre"
        );
    }

    #[test]
    fn a_secret_is_found_in_json_with_and_without_escapes() {
        let redactor = Redactor::new().secret("fcTest/Secret+0123");
        for line in [
            r#"{"m":"no fcTest/Secret+0123!"}"#,
            r#"{"m":"\n\"fcTest\/Secret+0123"}"#,
            r#"{"m":"fcTest/\u0053ecret\u002B0123"}"#,
            r#"{"m":"fcTest%2FSecret%2B0123"}"#,
        ] {
            assert!(redactor.contains_in_json(line.as_bytes()), "{line}");
        }
        for line in [
            r#"{"m":"fcTest"}"#,
            r#"{"m":"fcTest/Secret+012\u"}"#,
            r"\",
            "",
        ] {
            assert!(!redactor.contains_in_json(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn a_secret_with_quotes_is_replaced_in_json_text() {
        let redactor = Redactor::new().secret(r#"fc"Test\Secret"#);
        assert_eq!(
            redactor.redact_text(r#"{"m":"fc\"Test\\Secret"}"#),
            r#"{"m":"[secret]"}"#
        );
    }

    #[test]
    fn a_secret_across_two_pieces_of_a_long_line_is_found() {
        let redactor = Redactor::new().secret("fcTest/Secret+0123");
        for before in 65_500..65_540 {
            let line = format!(
                r"{}fcTest\/Secret+0123{}",
                "é".repeat(before / 2),
                "x".repeat(before % 7)
            );
            assert!(redactor.contains_in_json(line.as_bytes()), "{before}");
        }
    }

    #[test]
    fn the_head_of_a_line_never_ends_with_the_start_of_a_secret() {
        let redactor = Redactor::new().secret("fcTestSecret");
        let line = [b"fcTestSecret ".repeat(3), vec![b'x'; 100]].concat();
        for limit in 0..line.len() + 10 {
            let head = redactor.redact_head(&line, limit);
            assert!(head.len() <= limit && !String::from_utf8_lossy(&head).contains("fc"));
        }
        assert_eq!(redactor.redact_head(b"short", 300), b"short");
    }

    #[test]
    fn debug_shows_no_secret() {
        let redactor = Redactor::new().secret("fcTestSecret");
        assert_eq!(format!("{redactor:?}"), "Redactor { .. }");
    }
}
