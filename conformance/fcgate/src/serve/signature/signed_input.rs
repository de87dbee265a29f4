//! Splits a request into the request before signing, and what signing added.

use crate::serve::time;
use crate::serve::wire::Arrived;
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignInput, SignKind};

use super::form::parameter;

/// Whether signing adds a header of this name.
pub(super) fn is_added(scheme: Scheme, name: &str) -> bool {
    let names: &[&str] = match scheme {
        Scheme::Fc => &["authorization", "x-fc-security-token"],
        Scheme::Acs3 => &[
            "authorization",
            "x-acs-security-token",
            "x-acs-content-sha256",
        ],
    };
    names.iter().any(|added| added.eq_ignore_ascii_case(name))
}

pub(super) fn taken_out(arrived: &Arrived, scheme: Scheme) -> HeaderList {
    let headers = arrived.headers.iter();
    let added = headers.filter(|(name, _)| is_added(scheme, name));
    added
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect()
}

/// Returns the request as it was before signing.
pub(super) fn given(
    arrived: &Arrived,
    scheme: Scheme,
    kind: SignKind,
    key: &Credentials,
    host: &str,
) -> SignInput {
    let headers = arrived.headers.iter();
    let kept = headers.filter(|(name, _)| !is_added(scheme, name));
    let sent_token = match scheme {
        Scheme::Fc => arrived.value("x-fc-security-token"),
        Scheme::Acs3 => arrived.value("x-acs-security-token"),
    };
    let (_, query) = arrived.target.split_once('?').unwrap_or_default();
    SignInput {
        scheme,
        kind: Some(kind),
        method: arrived.method.clone(),
        url: format!("http://{host}{}", arrived.target),
        headers: kept.cloned().collect(),
        body: arrived.body.clone(),
        credentials: Credentials {
            security_token: sent_token.map(str::to_owned),
            ..key.clone()
        },
        time: time::of(arrived).map_or_else(String::new, |time| time.to_string()),
        nonce: arrived
            .value("x-acs-signature-nonce")
            .unwrap_or_default()
            .to_owned(),
        expires: parameter(query, "x-fc-expires").and_then(|text| text.parse().ok()),
    }
}
