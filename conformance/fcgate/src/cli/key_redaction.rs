//! Hiding the caller's access key in everything that is printed.

use fcgate_protocol::Credentials;
use fcgate_text::redaction::Redactor;

/// Replaces the secret and the security token of the key: a request may hold them in any of its parts.
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
