//! Checks the security token of a request: whether it is present, and whether it is the expected one.

use crate::serve::keys::Keys;
use crate::serve::wire::Arrived;
use fcgate_cases::judge::Check;
use fcgate_protocol::{Credentials, Scheme, SignKind};

use super::form::parameter;

const GIVEN_OUT: &str = "the one that was given out";

/// Checks the security token. Returns `None` if the request has no token and the key needs none.
pub(super) fn check(
    arrived: &Arrived,
    scheme: Scheme,
    kind: SignKind,
    key: &Credentials,
    keys: &Keys,
) -> Option<Check> {
    let (name, other) = names(scheme);
    let sent = match kind {
        SignKind::PresignedUrl => parameter(arrived.target.split_once('?')?.1, name),
        _ => arrived.value(name).map(str::to_owned),
    };
    if sent.is_none() && key.security_token.is_none() {
        return None;
    }
    let place = match kind {
        SignKind::PresignedUrl => format!("parameter {name}"),
        _ => format!("header {name}"),
    };
    let actual = match &sent {
        Some(token) if token == keys.token() => GIVEN_OUT.to_owned(),
        Some(_) => format!("another one in {place}"),
        None if arrived.value(other).is_some() => {
            format!("none in {place}, where this key needs it: it is in {other}")
        }
        None => format!("none in {place}, where this key needs it"),
    };
    let holds = sent.as_deref() == Some(keys.token());
    Some(Check::holds("token", holds, GIVEN_OUT, &actual))
}

/// The token header of this scheme, and that of the other scheme.
fn names(scheme: Scheme) -> (&'static str, &'static str) {
    let (fc, acs3) = ("x-fc-security-token", "x-acs-security-token");
    match scheme {
        Scheme::Fc => (fc, acs3),
        Scheme::Acs3 => (acs3, fc),
    }
}
