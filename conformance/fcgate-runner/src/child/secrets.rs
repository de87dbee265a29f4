//! The access key secrets and security tokens that an adapter received, to find and to redact them in its output.

use std::sync::{Arc, Mutex};

use fcgate_protocol::{Credentials, Reply};
use fcgate_text::redaction::Redactor;

use super::lock::lock;

/// The maximum number of different secrets that are stored. A corpus has only a few.
const MAX_SECRETS: usize = 64;

/// One access key secret or security token.
pub(super) struct Secret {
    plain: String,
    kind: Kind,
    redactor: Redactor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    AccessKeySecret,
    /// A token is part of a signed request, so only a refusal must not contain it.
    SecurityToken,
}

impl Secret {
    /// Whether a reply leaks the secret. `line` is its JSON text; the secret may be escaped.
    pub(super) fn is_leaked_by<T>(&self, reply: &Reply<T>, line: &[u8]) -> bool {
        let may_leak = self.kind == Kind::AccessKeySecret || matches!(reply, Reply::Err(_));
        may_leak && self.redactor.contains_in_json(line)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.plain == other.plain
    }
}

/// All access key secrets and security tokens that an adapter received.
#[derive(Default)]
pub(super) struct Secrets(Mutex<Known>);

#[derive(Default)]
struct Known {
    secrets: Vec<Arc<Secret>>,
    /// A redactor for all stored secrets.
    redactor: Redactor,
}

impl Secrets {
    /// Stores the secret and the token of these credentials.
    pub(super) fn remember(&self, credentials: &Credentials) -> Vec<Arc<Secret>> {
        let mut known = lock(&self.0);
        let secret = credentials.access_key_secret.as_str();
        let mut secrets = vec![known.remember(secret, Kind::AccessKeySecret)];
        if let Some(token) = &credentials.security_token {
            secrets.push(known.remember(token, Kind::SecurityToken));
        }
        secrets
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

impl Known {
    fn remember(&mut self, plain: &str, kind: Kind) -> Arc<Secret> {
        if let Some(secret) = self.secrets.iter().find(|secret| secret.plain == plain) {
            return Arc::clone(secret);
        }
        let with_secret = |redactor: Redactor| match kind {
            Kind::AccessKeySecret => redactor.secret(plain),
            Kind::SecurityToken => redactor.security_token(plain),
        };
        let secret = Arc::new(Secret {
            plain: plain.to_owned(),
            kind,
            redactor: with_secret(Redactor::new()),
        });
        if self.secrets.len() < MAX_SECRETS {
            self.secrets.push(Arc::clone(&secret));
            self.redactor = with_secret(std::mem::take(&mut self.redactor));
        }
        secret
    }
}

#[cfg(test)]
mod tests {
    use super::Secrets;
    use fcgate_protocol::{Credentials, Reply};

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
        assert!(secrets.find(b"a fcTestSecretOfOne b") == one);
        assert!(secrets.find(b"nothing").is_empty());
    }

    #[test]
    fn a_short_secret_is_ignored() {
        let secrets = Secrets::default();
        let secret = &secrets.remember(&credentials("abc"))[0];
        assert!(!secret.is_leaked_by(&Reply::Ok(()), b"abc") && secrets.longest() == 0);
        assert_eq!(secrets.redact(b"abc"), b"abc");
    }

    #[test]
    fn a_token_is_leaked_by_a_refusal_but_not_by_a_signed_request() {
        let secrets = Secrets::default();
        let credentials = credentials("fcTestSecret").security_token("fcTestToken");
        let both = secrets.remember(&credentials);
        let leaks = |reply: &Reply<()>, line: &[u8]| {
            let leaks = both.iter().map(|secret| secret.is_leaked_by(reply, line));
            leaks.collect::<Vec<_>>()
        };
        let refusal = Reply::internal("denied for fcTestToken");
        assert_eq!(leaks(&refusal, b"denied for fcTestToken"), [false, true]);
        assert_eq!(leaks(&Reply::Ok(()), b"fcTestToken"), [false, false]);
        assert_eq!(leaks(&Reply::Ok(()), b"fcTestSecret"), [true, false]);
        assert_eq!(secrets.redact(b"fcTestToken"), b"[security token]");
    }
}
