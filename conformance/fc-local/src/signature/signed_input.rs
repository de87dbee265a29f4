//! Splits a request into the request before signing, and what signing added.

use crate::received_request::ReceivedRequest;
use crate::request_time;
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignInput, SignKind};

use super::authentication::parameter;

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

pub(super) fn added_by_signing(received: &ReceivedRequest, scheme: Scheme) -> HeaderList {
    let headers = received.headers.iter();
    let added = headers.filter(|(name, _)| is_added(scheme, name));
    added
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect()
}

/// Returns the request as it was before signing.
pub(super) fn before_signing(
    received: &ReceivedRequest,
    scheme: Scheme,
    kind: SignKind,
    key: &Credentials,
    host: &str,
) -> SignInput {
    let headers = received.headers.iter();
    let kept = headers.filter(|(name, _)| !is_added(scheme, name));
    let sent_token = match scheme {
        Scheme::Fc => received.value("x-fc-security-token"),
        Scheme::Acs3 => received.value("x-acs-security-token"),
    };
    let (_, query) = received.target.split_once('?').unwrap_or_default();
    SignInput {
        scheme,
        kind: Some(kind),
        method: received.method.clone(),
        url: format!("http://{host}{}", received.target),
        headers: kept.cloned().collect(),
        body: received.body.clone(),
        credentials: Credentials {
            security_token: sent_token.map(str::to_owned),
            ..key.clone()
        },
        time: request_time::of(received).map_or_else(String::new, |time| time.to_string()),
        nonce: received
            .value("x-acs-signature-nonce")
            .unwrap_or_default()
            .to_owned(),
        expires: parameter(query, "x-fc-expires").and_then(|text| text.parse().ok()),
    }
}
