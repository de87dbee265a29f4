//! The access key secrets and security tokens that an adapter received, and the Authorization values that it makes of
//! them: they are found in its output, and the secrets and tokens are redacted.

use std::sync::{Arc, Mutex};

use fcgate_protocol::{Credentials, Reply};
use fcgate_text::redaction::Redactor;

use super::lock::lock;
use crate::authorization_search::{self, AuthorizationSearch, has_named_signature};

/// The maximum number of different secrets that are stored. A corpus has only a few.
const MAX_SECRETS: usize = 64;

/// One access key secret or security token, the Authorization values of one access key id, or every signature.
pub(super) struct Secret {
    kind: Kind,
    /// The secret, or the access key id of the Authorization values; empty for signatures.
    plain: String,
    search: Search,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    AccessKeySecret,
    SecurityToken,
    Authorization,
    Signature,
}

enum Search {
    Value(Redactor),
    Authorization(AuthorizationSearch),
    Signature,
}

/// Whether the reply to a command contains a signed request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contains {
    /// Token and Authorization belong to the reply, except to a refusal.
    SignedRequest,
    /// Nothing secret belongs to the reply.
    NoRequest,
}

impl Secret {
    /// Whether a reply leaks the secret. `line` is its JSON text; the secret may be escaped.
    pub(super) fn is_leaked_by<T>(
        &self,
        reply: &Reply<T>,
        contains: Contains,
        line: &[u8],
    ) -> bool {
        let belongs = contains == Contains::SignedRequest && !matches!(reply, Reply::Err(_));
        if belongs && self.kind != Kind::AccessKeySecret {
            return false;
        }
        match &self.search {
            Search::Value(redactor) => redactor.contains_in_json(line),
            Search::Authorization(search) => search.is_in_reply(line),
            // The text of an outcome comes from the service, which may write a signature in its message.
            Search::Signature => matches!(reply, Reply::Err(_)) && has_named_signature(line),
        }
    }

    fn is_in(&self, text: &[u8]) -> bool {
        match &self.search {
            Search::Value(redactor) => redactor.contains(text),
            Search::Authorization(search) => search.is_in(text),
            Search::Signature => has_named_signature(text),
        }
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.plain == other.plain
    }
}

/// All secrets that an adapter received.
#[derive(Default)]
pub(super) struct Secrets(Mutex<Known>);

#[derive(Default)]
struct Known {
    secrets: Vec<Arc<Secret>>,
    /// A redactor for all stored access key secrets and tokens.
    redactor: Redactor,
}

impl Secrets {
    /// Stores the secret, the token and the access key id of these credentials.
    pub(super) fn remember(&self, credentials: &Credentials) -> Vec<Arc<Secret>> {
        let mut known = lock(&self.0);
        let secret = credentials.access_key_secret.as_str();
        let mut secrets = vec![known.remember(Kind::AccessKeySecret, secret, || {
            Search::Value(Redactor::new().secret(secret))
        })];
        if let Some(token) = credentials.security_token.as_deref() {
            secrets.push(known.remember(Kind::SecurityToken, token, || {
                Search::Value(Redactor::new().security_token(token))
            }));
        }
        if let Some(search) = AuthorizationSearch::new(credentials) {
            let id = credentials.access_key_id.as_str();
            let search = || Search::Authorization(search);
            secrets.push(known.remember(Kind::Authorization, id, search));
        }
        secrets.push(known.remember(Kind::Signature, "", || Search::Signature));
        secrets
    }

    /// Returns the secrets that a text contains.
    pub(super) fn find(&self, text: &[u8]) -> Vec<Arc<Secret>> {
        let known = lock(&self.0);
        let secrets = known.secrets.iter();
        secrets
            .filter(|secret| secret.is_in(text))
            .cloned()
            .collect()
    }

    /// The length of the longest form of any secret.
    pub(super) fn longest(&self) -> usize {
        let known = lock(&self.0);
        let longest = known.redactor.longest();
        if known.secrets.is_empty() {
            longest
        } else {
            longest.max(authorization_search::LONGEST)
        }
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
    fn remember(
        &mut self,
        kind: Kind,
        plain: &str,
        search: impl FnOnce() -> Search,
    ) -> Arc<Secret> {
        let mut secrets = self.secrets.iter();
        if let Some(secret) = secrets.find(|one| one.kind == kind && one.plain == plain) {
            return Arc::clone(secret);
        }
        let secret = Arc::new(Secret {
            kind,
            plain: plain.to_owned(),
            search: search(),
        });
        if self.secrets.len() < MAX_SECRETS {
            self.secrets.push(Arc::clone(&secret));
            let redactor = std::mem::take(&mut self.redactor);
            self.redactor = match kind {
                Kind::AccessKeySecret => redactor.secret(plain),
                Kind::SecurityToken => redactor.security_token(plain),
                Kind::Authorization | Kind::Signature => redactor,
            };
        }
        secret
    }
}

#[cfg(test)]
mod tests {
    use super::{Contains, Secrets};
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
        assert!(secrets.find(b"a fcTestSecretOfOne b") == one[..1]);
        let signature = "1D/b2SqBOvcJcJ5RjU3AyVNrRBcZbKhwfgr9wUkB1Tc=";
        let line = format!("Authorization: FC FCTESTACCESSKEYID01:{signature}");
        assert!(secrets.find(line.as_bytes()) == one[1..2]);
        let line = format!("signature: {signature}");
        assert!(secrets.find(line.as_bytes()) == one[2..]);
        assert!(secrets.find(b"nothing").is_empty());
    }

    #[test]
    fn a_short_secret_is_ignored() {
        let secrets = Secrets::default();
        let short = Credentials::new("id", "abc");
        let secret = &secrets.remember(&short)[0];
        let leaked = secret.is_leaked_by(&Reply::Ok(()), Contains::NoRequest, b"abc");
        assert!(!leaked);
        assert_eq!(secrets.redact(b"abc"), b"abc");
    }

    #[test]
    fn a_token_is_leaked_by_a_refusal_and_an_outcome_but_not_by_a_signed_request() {
        let secrets = Secrets::default();
        let credentials = credentials("fcTestSecret").security_token("fcTestToken");
        let all = secrets.remember(&credentials);
        let leaks = |reply: &Reply<()>, contains, line: &[u8]| {
            let leaks = all.iter();
            let leaks = leaks.map(|secret| secret.is_leaked_by(reply, contains, line));
            leaks.collect::<Vec<_>>()
        };
        let refusal = Reply::internal("denied for fcTestToken");
        let (signed, outcome) = (Contains::SignedRequest, Contains::NoRequest);
        let line = b"denied for fcTestToken";
        assert_eq!(leaks(&refusal, signed, line), [false, true, false, false]);
        assert_eq!(leaks(&Reply::Ok(()), signed, line), [false; 4]);
        assert_eq!(
            leaks(&Reply::Ok(()), outcome, line),
            [false, true, false, false]
        );
        let secret = b"fcTestSecret";
        assert_eq!(
            leaks(&Reply::Ok(()), signed, secret),
            [true, false, false, false]
        );
        let hex = "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";
        let header = format!("sent SignedHeaders=host,Signature={hex}");
        let header = header.as_bytes();
        assert_eq!(leaks(&Reply::Ok(()), signed, header), [false; 4]);
        assert_eq!(leaks(&refusal, signed, header), [false, false, true, true]);
        assert_eq!(
            leaks(&Reply::Ok(()), outcome, header),
            [false, false, true, false]
        );
        assert_eq!(secrets.redact(b"fcTestToken"), b"[security token]");
    }
}
