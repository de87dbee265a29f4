//! The access key secret never leaves the client.

use fcgate_protocol::Credentials;
use fcgate_text::redaction::Redactor;

use super::super::{ArrivedRequest, Check, Comparer};

const NOT_SENT: &str = "no access key secret in the target and the headers";

/// Checks that the target and the headers do not contain the secret that signs them, in any form.
pub(super) fn is_not_sent(
    by: &Comparer,
    credentials: &Credentials,
    request: &ArrivedRequest,
) -> Check {
    let secret = Redactor::new().secret(&credentials.access_key_secret);
    let has_secret = |text: &str| secret.contains(text.as_bytes());
    let mut headers = request.headers.iter();
    let place = match headers.find(|(_, value)| has_secret(value)) {
        _ if has_secret(&request.target) => Some("it is in the target".to_owned()),
        Some((name, _)) => Some(format!("it is in the header {}", name.to_ascii_lowercase())),
        None => None,
    };
    by.check_property(
        "arrived.secret",
        place.is_none(),
        NOT_SENT,
        place.as_deref().unwrap_or(NOT_SENT),
    )
}
