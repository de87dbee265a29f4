//! The access key secrets that an adapter received, to find and to redact them in its output.

use std::sync::{Arc, Mutex};

use fcgate_protocol::Credentials;
use fcgate_text::redaction::Redactor;

use super::lock::lock;

/// The maximum number of different secrets that are stored. A corpus has only a few.
const MAX_SECRETS: usize = 64;

/// One access key secret.
pub(super) struct Secret {
    plain: String,
    redactor: Redactor,
}

impl Secret {
    /// Whether a line of JSON contains the secret, escaped or not.
    pub(super) fn is_in_json(&self, line: &[u8]) -> bool {
        self.redactor.contains_in_json(line)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.plain == other.plain
    }
}

/// All access key secrets that an adapter received.
#[derive(Default)]
pub(super) struct Secrets(Mutex<Known>);

#[derive(Default)]
struct Known {
    secrets: Vec<Arc<Secret>>,
    /// A redactor for all stored secrets.
    redactor: Redactor,
}

impl Secrets {
    /// Stores the secret of these credentials.
    pub(super) fn remember(&self, credentials: &Credentials) -> Arc<Secret> {
        let mut known = lock(&self.0);
        let plain = credentials.access_key_secret.as_str();
        if let Some(secret) = known.secrets.iter().find(|secret| secret.plain == plain) {
            return Arc::clone(secret);
        }
        let secret = Arc::new(Secret {
            plain: plain.to_owned(),
            redactor: Redactor::new().secret(plain),
        });
        if known.secrets.len() < MAX_SECRETS {
            known.secrets.push(Arc::clone(&secret));
            known.redactor = std::mem::take(&mut known.redactor).secret(plain);
        }
        secret
    }

    /// Returns the secrets that a text contains.
    pub(super) fn find(&self, text: &[u8]) -> Vec<Arc<Secret>> {
        let known = lock(&self.0);
        if !known.redactor.contains(text) {
            return Vec::new();
        }
        let secrets = known.secrets.iter();
        secrets
            .filter(|secret| secret.redactor.contains(text))
            .cloned()
            .collect()
    }

    /// The length of the longest form of any secret.
    pub(super) fn longest(&self) -> usize {
        lock(&self.0).redactor.longest()
    }

    /// Returns the text with every secret replaced.
    pub(super) fn redact(&self, text: &[u8]) -> Vec<u8> {
        lock(&self.0).redactor.redact(text).into_owned()
    }

    /// Returns at most `limit` bytes of the start of a line, with every secret replaced.
    pub(super) fn redact_head(&self, line: &[u8], limit: usize) -> Vec<u8> {
        lock(&self.0).redactor.redact_head(line, limit)
    }
}

#[cfg(test)]
mod tests {
    use super::Secrets;
    use fcgate_protocol::Credentials;

    fn credentials(secret: &str) -> Credentials {
        Credentials::new("FCTESTACCESSKEYID01", secret)
    }

    #[test]
    fn every_remembered_secret_is_redacted() {
        let secrets = Secrets::default();
        secrets.remember(&credentials("fcTestSecret"));
        secrets.remember(&credentials("fcTestSecret0123"));
        let text = b"a fcTestSecret0123 b fcTestSecret c";
        assert_eq!(secrets.redact(text), b"a [secret] b [secret] c");
    }

    #[test]
    fn only_the_secrets_in_a_text_are_found() {
        let secrets = Secrets::default();
        let one = secrets.remember(&credentials("fcTestSecretOfOne"));
        secrets.remember(&credentials("fcTestSecretOfTwo"));
        assert!(secrets.find(b"a fcTestSecretOfOne b") == [one]);
        assert!(secrets.find(b"nothing").is_empty());
    }

    #[test]
    fn a_short_secret_is_ignored() {
        let secrets = Secrets::default();
        let secret = secrets.remember(&credentials("abc"));
        assert!(!secret.is_in_json(b"abc") && secrets.longest() == 0);
        assert_eq!(secrets.redact(b"abc"), b"abc");
    }
}
