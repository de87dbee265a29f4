//! The secrets that an adapter was told, to find and to mask them in what it says.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use crate::protocol::Credentials;
use crate::runner::secret;

/// So many different secrets are remembered; a corpus has a handful.
const REMEMBERED: usize = 64;

/// What stands in a text for a secret.
const MASK: &[u8] = b"[secret]";

/// A secret in every form in which it can stand in a text.
#[derive(PartialEq, Eq)]
pub(super) struct Secret {
    plain: String,
    forms: Vec<Vec<u8>>,
}

impl Secret {
    /// Whether it stands in a text.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        self.forms.iter().any(|form| find(text, form).is_some())
    }

    /// Whether it stands in a line of JSON, escaped or not.
    pub(super) fn is_in_json(&self, text: &[u8]) -> bool {
        self.is_in(text) || unescaped(text).is_some_and(|text| self.is_in(&text))
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
            while let Some(at) = find(&masked, form) {
                masked
                    .to_mut()
                    .splice(at..at + form.len(), MASK.iter().copied());
            }
        }
        masked
    }
}

/// Where a form stands in a text.
fn find(text: &[u8], form: &[u8]) -> Option<usize> {
    let (first, rest) = form.split_first()?;
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.iter().position(|byte| byte == first)?;
        if text.get(at + 1..)?.starts_with(rest) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The text with the escapes resolved that a JSON writer may use within a secret; nothing for a text without.
fn unescaped(text: &[u8]) -> Option<Vec<u8>> {
    text.contains(&b'\\').then(|| {
        let mut plain = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some((&byte, after)) = rest.split_first() {
            let (byte, after) = match (byte, after.first()) {
                (b'\\', Some(b'u')) => match code(after.get(1..5)) {
                    Some(code) => (code, after.get(5..).unwrap_or_default()),
                    None => (byte, after),
                },
                (b'\\', Some(&escaped)) => (escaped, after.get(1..).unwrap_or_default()),
                _ => (byte, after),
            };
            plain.push(byte);
            rest = after;
        }
        plain
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
    use crate::protocol::Credentials;

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
    fn a_secret_that_is_too_short_is_not_looked_for() {
        let secrets = Secrets::default();
        let secret = secrets.of(&credentials("abc"));
        assert!(!secret.is_in(b"abc") && secrets.longest() == 0);
        assert_eq!(secrets.mask(b"abc").as_ref(), b"abc");
    }
}
