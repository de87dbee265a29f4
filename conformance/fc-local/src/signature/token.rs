//! Checks the security token of a request: whether it is present, and whether it is the expected one.

use crate::keys::Keys;
use crate::received_request::ReceivedRequest;
use fcgate_cases::judge::Check;
use fcgate_protocol::{Credentials, Scheme, SignKind};

use super::authentication::parameter;

const ISSUED: &str = "the security token that the server prints";

/// Checks the security token. Returns `None` if the request has no token and the key needs none.
pub(super) fn check(
    received: &ReceivedRequest,
    scheme: Scheme,
    kind: SignKind,
    key: &Credentials,
    keys: &Keys,
) -> Option<Check> {
    let (name, other) = names(scheme);
    let sent = match kind {
        SignKind::PresignedUrl => parameter(received.target.split_once('?')?.1, name),
        _ => received.value(name).map(str::to_owned),
    };
    // The recipe of HTTP triggers sends the header also if there is no token.
    let is_empty = sent.as_deref().is_none_or(str::is_empty);
    if is_empty && key.security_token.is_none() {
        return None;
    }
    let location = match kind {
        SignKind::PresignedUrl => format!("parameter {name}"),
        _ => format!("header {name}"),
    };
    let actual = match &sent {
        Some(token) if token == keys.token() => ISSUED.to_owned(),
        Some(_) => format!("another token in {location}"),
        None if received.value(other).is_some() => {
            format!("no token in {location}, which this key requires: it is in {other}")
        }
        None => format!("no token in {location}, which this key requires"),
    };
    let holds = sent.as_deref() == Some(keys.token());
    Some(Check::holds("token", holds, ISSUED, &actual))
}

/// All texts in a request that are security tokens, except the printed one.
pub(crate) fn unknown_tokens(received: &ReceivedRequest, keys: &Keys) -> Vec<String> {
    let (_, query) = received.target.split_once('?').unwrap_or_default();
    let names = ["x-fc-security-token", "x-acs-security-token"];
    let mut tokens: Vec<String> = Vec::new();
    for name in names {
        tokens.extend(received.values(name).map(str::to_owned));
        tokens.extend(parameter(query, name));
        // As it was sent, with its escapes.
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let raw = pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        tokens.extend(raw.map(|(_, value)| value.to_owned()));
    }
    tokens.extend(received.values("x-acs-bearer-token").map(str::to_owned));
    tokens.retain(|token| !token.is_empty() && token != keys.token());
    tokens
}

/// The token header of this scheme, and that of the other scheme.
fn names(scheme: Scheme) -> (&'static str, &'static str) {
    let (fc, acs3) = ("x-fc-security-token", "x-acs-security-token");
    match scheme {
        Scheme::Fc => (fc, acs3),
        Scheme::Acs3 => (acs3, fc),
    }
}
