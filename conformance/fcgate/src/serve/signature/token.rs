//! Checks the security token of a request: whether it is present, and whether it is the expected one.

use crate::serve::keys::Keys;
use crate::serve::received_request::ReceivedRequest;
use fcgate_cases::judge::Check;
use fcgate_protocol::{Credentials, Scheme, SignKind};

use super::form::parameter;

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
    if sent.is_none() && key.security_token.is_none() {
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

/// The token header of this scheme, and that of the other scheme.
fn names(scheme: Scheme) -> (&'static str, &'static str) {
    let (fc, acs3) = ("x-fc-security-token", "x-acs-security-token");
    match scheme {
        Scheme::Fc => (fc, acs3),
        Scheme::Acs3 => (acs3, fc),
    }
}
