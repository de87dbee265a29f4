//! The secrets that an adapter was told, to find and to mask them in what it says.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memmem;

use crate::secret;
use fcgate_protocol::Credentials;

/// So many different secrets are remembered; a corpus has a handful.
const REMEMBERED: usize = 64;

/// What stands in a text for a secret.
const MASK: &[u8] = b"[secret]";

/// How much of a line is looked at at once.
const PIECE: usize = 64 * 1024;

/// A secret in every form in which it can stand in a text.
#[derive(PartialEq, Eq)]
pub(super) struct Secret {
    plain: String,
    forms: Vec<Vec<u8>>,
}

impl Secret {
    /// Whether it stands in a text.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        self.forms
            .iter()
            .any(|form| memmem::find(text, form).is_some())
    }

    /// Whether it stands in a line of JSON, escaped or not.
    pub(super) fn is_in_json(&self, text: &[u8]) -> bool {
        self.is_in(text) || (text.contains(&b'\\') && self.is_in_escaped(text))
    }

    /// Resolves the escapes piece by piece: a line may be long.
    fn is_in_escaped(&self, mut text: &[u8]) -> bool {
        let keep = self.forms.iter().map(Vec::len).max().unwrap_or(0);
        let mut plain = Vec::with_capacity(PIECE.min(text.len()));
        loop {
            while plain.len() < PIECE
                && let Some((byte, rest)) = unescaped(text)
            {
                plain.push(byte);
                text = rest;
            }
            if self.is_in(&plain) {
                return true;
            }
            if text.is_empty() {
                return false;
            }
            plain.drain(..plain.len().saturating_sub(keep));
        }
    }
}

/// All secrets that an adapter was told.
#[derive(Default)]
pub(super) struct Secrets(Mutex<Vec<Arc<Secret>>>);

impl Secrets {
    /// The secret of these credentials, remembered from now on.
    pub(super) fn of(&self, credentials: &Credentials) -> Arc<Secret> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let plain = credentials.access_key_secret.as_str();
        if let Some(secret) = known.iter().find(|secret| secret.plain == plain) {
            return Arc::clone(secret);
        }
        let secret = Arc::new(Secret {
            plain: plain.to_owned(),
            forms: secret::forms(credentials),
        });
        if known.len() < REMEMBERED {
            known.push(Arc::clone(&secret));
        }
        secret
    }

    /// Those that stand in a text.
    pub(super) fn in_text(&self, text: &[u8]) -> Vec<Arc<Secret>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .iter()
            .filter(|secret| secret.is_in(text))
            .cloned()
            .collect()
    }

    /// The length of the longest form of any of them.
    pub(super) fn longest(&self) -> usize {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let forms = known.iter().flat_map(|secret| &secret.forms);
        forms.map(Vec::len).max().unwrap_or(0)
    }

    /// The text with every secret masked.
    pub(super) fn mask<'a>(&self, text: &'a [u8]) -> Cow<'a, [u8]> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut forms: Vec<&Vec<u8>> = known.iter().flat_map(|secret| &secret.forms).collect();
        // One secret may begin with another.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        let mut masked = Cow::Borrowed(text);
        for form in forms {
            if let Some(without) = replaced(&masked, form) {
                masked = Cow::Owned(without);
            }
        }
        masked
    }

    /// The beginning of a line, so many bytes at most, with every secret masked.
    pub(super) fn masked_head(&self, line: &[u8], bytes: usize) -> Vec<u8> {
        let longest = self.longest();
        let seen = line.get(..bytes + longest).unwrap_or(line);
        let mut head = self.mask(seen).into_owned();
        // At its end a secret may have begun that was not seen whole.
        let sure = if seen.len() < line.len() {
            head.len().saturating_sub(longest)
        } else {
            head.len()
        };
        head.truncate(sure.min(bytes));
        head
    }
}

/// The text with one form replaced, if it stands there.
fn replaced(text: &[u8], form: &[u8]) -> Option<Vec<u8>> {
    let mut places = memmem::find_iter(text, form).peekable();
    places.peek()?;
    let mut without = Vec::with_capacity(text.len());
    let mut from = 0;
    for at in places {
        without.extend_from_slice(text.get(from..at)?);
        without.extend_from_slice(MASK);
        from = at + form.len();
    }
    without.extend_from_slice(text.get(from..)?);
    Some(without)
}

/// The first byte of a text, with the escape resolved by which a JSON writer may have written it, and the rest.
fn unescaped(text: &[u8]) -> Option<(u8, &[u8])> {
    Some(match text {
        [b'\\', b'u', digits @ ..] => match code(digits.get(..4)) {
            Some(byte) => (byte, digits.get(4..)?),
            None => (b'\\', text.get(1..)?),
        },
        [b'\\', escaped, rest @ ..] => (*escaped, rest),
        [byte, rest @ ..] => (*byte, rest),
        [] => return None,
    })
}

/// The ASCII character of four hex digits.
fn code(digits: Option<&[u8]>) -> Option<u8> {
    let digits = std::str::from_utf8(digits?).ok()?;
    u8::try_from(u16::from_str_radix(digits, 16).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::Secrets;
    use fcgate_protocol::Credentials;

    fn credentials(secret: &str) -> Credentials {
        Credentials::new("FCTESTACCESSKEYID01", secret)
    }

    #[test]
    fn a_secret_is_found_in_json_escaped_or_not() {
        let secrets = Secrets::default();
        let secret = secrets.of(&credentials("fcTest/Secret+0123"));
        for line in [
            r#"{"m":"no fcTest/Secret+0123!"}"#,
            r#"{"m":"\n\"fcTest\/Secret+0123"}"#,
            r#"{"m":"fcTest/\u0053ecret\u002B0123"}"#,
            r#"{"m":"fcTest%2FSecret%2B0123"}"#,
        ] {
            assert!(secret.is_in_json(line.as_bytes()), "{line}");
        }
        for line in [
            r#"{"m":"fcTest"}"#,
            r#"{"m":"fcTest/Secret+012\u"}"#,
            r"\",
            "",
        ] {
            assert!(!secret.is_in_json(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn every_secret_that_was_told_is_masked_the_longer_first() {
        let secrets = Secrets::default();
        secrets.of(&credentials("fcTestSecret"));
        secrets.of(&credentials("fcTestSecret0123"));
        let text = b"a fcTestSecret0123 b fcTestSecret c fcTestSecre";
        assert_eq!(
            secrets.mask(text).as_ref(),
            b"a [secret] b [secret] c fcTestSecre"
        );
    }

    #[test]
    fn a_secret_is_found_where_two_pieces_of_a_long_line_meet() {
        let secrets = Secrets::default();
        let secret = secrets.of(&credentials("fcTest/Secret+0123"));
        for before in 65_500..65_540 {
            let line = format!(
                r"{}fcTest\/Secret+0123{}",
                "é".repeat(before / 2),
                "x".repeat(before % 7)
            );
            assert!(secret.is_in_json(line.as_bytes()), "{before}");
        }
    }

    #[test]
    fn the_head_of_a_line_shows_no_part_of_a_secret_that_goes_on_behind_it() {
        let secrets = Secrets::default();
        secrets.of(&credentials("fcTestSecret"));
        let line = [b"fcTestSecret ".repeat(3), vec![b'x'; 100]].concat();
        for bytes in 0..line.len() + 10 {
            let head = secrets.masked_head(&line, bytes);
            assert!(head.len() <= bytes && !String::from_utf8_lossy(&head).contains("fc"));
        }
        assert_eq!(secrets.masked_head(b"short", 300), b"short");
    }

    #[test]
    fn a_secret_that_is_too_short_is_not_looked_for() {
        let secrets = Secrets::default();
        let secret = secrets.of(&credentials("abc"));
        assert!(!secret.is_in(b"abc") && secrets.longest() == 0);
        assert_eq!(secrets.mask(b"abc").as_ref(), b"abc");
    }
}
