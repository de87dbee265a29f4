//! The `FC` scheme: the HMAC of a string to sign with six parts.

use fcgate_protocol::{Credentials, SignKind, Stages};

use super::digest::hmac_base64;
use super::query::{decode_path, pairs};
use super::signature_verdict::{Reason, Verdict, wrong_signature};
use super::wire::{WireRequest, bytes, text, trim};

const SIGNATURE_KEY: &[u8] = b"x-fc-signature";
const EXPIRES_KEY: &[u8] = b"x-fc-expires";
const ACCESS_KEY_ID_KEY: &[u8] = b"x-fc-access-key-id";
const TOKEN: &str = "x-fc-security-token";

/// The computed parts of the string to sign, and the whole string.
#[derive(Debug)]
pub(super) struct Parts {
    headers: Vec<u8>,
    resource: Vec<u8>,
    string_to_sign: Vec<u8>,
    has_date: bool,
}

impl Parts {
    pub(super) fn of(request: &WireRequest, kind: SignKind) -> Self {
        let headers = canonical_headers(request);
        let resource = canonical_resource(request, kind);
        let date = match kind {
            SignKind::PresignedUrl => query_value(request, EXPIRES_KEY),
            _ => request
                .value("date")
                .or_else(|| request.value("x-fc-date"))
                .map(bytes),
        };
        let line = |name| bytes(request.value(name).unwrap_or(""));
        let string_to_sign = [
            request.method.as_bytes(),
            &line("content-md5"),
            &line("content-type"),
            date.as_deref().unwrap_or_default(),
            &[headers.as_slice(), &resource].concat(),
        ]
        .join(&b'\n');
        Self {
            headers,
            resource,
            string_to_sign,
            has_date: date.is_some(),
        }
    }

    fn signature(&self, secret: &str) -> String {
        hmac_base64(secret, &self.string_to_sign)
    }

    pub(super) fn stages(&self, secret: &str) -> Stages {
        Stages {
            canonical_headers: Some(text(&self.headers)),
            canonical_resource: Some(text(&self.resource)),
            canonical_request: None,
            string_to_sign: Some(text(&self.string_to_sign)),
            signature: Some(self.signature(secret)),
        }
    }
}

pub(super) fn verify(request: &WireRequest, kind: SignKind, credentials: &Credentials) -> Verdict {
    let parts = Parts::of(request, kind);
    let stages = parts.stages(&credentials.access_key_secret);
    let reason = match kind {
        SignKind::PresignedUrl => url_reason(request, &stages, credentials),
        _ => header_reason(request, &parts, &stages, credentials),
    };
    Verdict { reason, stages }
}

fn header_reason(
    request: &WireRequest,
    parts: &Parts,
    stages: &Stages,
    credentials: &Credentials,
) -> Option<Reason> {
    let Some(authorization) = request.value("authorization") else {
        return Some(Reason::Missing);
    };
    let Some(rest) = authorization.strip_prefix("FC ") else {
        return Some(Reason::Form("`FC` and one space"));
    };
    let Some((id, signature)) = rest.split_once(':') else {
        return Some(Reason::Form("a colon after the access key id"));
    };
    if id != credentials.access_key_id {
        return Some(Reason::AccessKeyId);
    }
    if !parts.has_date {
        return Some(Reason::DateMissing);
    }
    if let Some(token) = &credentials.security_token
        && request.value(TOKEN) != Some(trim(token))
    {
        return Some(Reason::SecurityToken);
    }
    wrong_signature(stages, signature.as_bytes())
}

fn url_reason(request: &WireRequest, stages: &Stages, credentials: &Credentials) -> Option<Reason> {
    let Some(signature) = query_value(request, SIGNATURE_KEY) else {
        return Some(Reason::Missing);
    };
    if query_value(request, EXPIRES_KEY).is_none() {
        return Some(Reason::DateMissing);
    }
    if query_value(request, ACCESS_KEY_ID_KEY).as_deref()
        != Some(credentials.access_key_id.as_bytes())
    {
        return Some(Reason::AccessKeyId);
    }
    if let Some(token) = &credentials.security_token
        && query_value(request, TOKEN.as_bytes()).as_deref() != Some(token.as_bytes())
    {
        return Some(Reason::SecurityToken);
    }
    wrong_signature(stages, &signature)
}

/// The lines of the `x-fc-` headers, sorted by lower-case name. Repeated names keep their wire order.
fn canonical_headers(request: &WireRequest) -> Vec<u8> {
    let mut lines: Vec<(String, &str)> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), trim(value)))
        .filter(|(name, _)| name.starts_with("x-fc-"))
        .collect();
    lines.sort_by(|(one, _), (other, _)| one.as_bytes().cmp(other.as_bytes()));
    let mut block = Vec::new();
    for (name, value) in lines {
        block.extend_from_slice(name.as_bytes());
        block.push(b':');
        block.extend(bytes(value));
        block.push(b'\n');
    }
    block
}

/// The decoded path. For HTTP triggers an LF and the decoded query pairs follow, sorted as `key=value` strings.
fn canonical_resource(request: &WireRequest, kind: SignKind) -> Vec<u8> {
    let mut resource = decode_path(request.path());
    if kind == SignKind::Api {
        return resource;
    }
    let mut lines: Vec<Vec<u8>> = pairs(request.query())
        .into_iter()
        .filter(|(key, _)| key != SIGNATURE_KEY)
        .map(|(key, value)| [key, value].join(&b'='))
        .collect();
    lines.sort();
    resource.push(b'\n');
    resource.extend(lines.join(&b'\n'));
    resource
}

fn query_value(request: &WireRequest, key: &[u8]) -> Option<Vec<u8>> {
    pairs(request.query())
        .into_iter()
        .find(|(name, _)| name == key)
        .map(|(_, value)| value)
}
