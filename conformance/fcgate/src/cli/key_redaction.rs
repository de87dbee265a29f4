//! Redacts the access key of the caller in all output.

use fcgate_protocol::Credentials;
use fcgate_text::redaction::Redactor;

/// Replaces the secret and the security token of the key, because any part of a request may contain them.
pub(super) fn redact_key(text: &str, key: Option<&Credentials>) -> String {
    let Some(key) = key else {
        return text.to_owned();
    };
    let token = key.security_token.as_deref().unwrap_or_default();
    Redactor::new()
        .secret(&key.access_key_secret)
        .security_token(token)
        .redact_text(text)
        .into_owned()
}
