//! The `ACS3-HMAC-SHA256` scheme: the HMAC of the digest of the canonical request.

use fcgate_protocol::{Credentials, SignKind, Stages};

use super::digest::{hmac_hex, sha256_hex};
use super::query::{encode, pairs};
use super::signature_verdict::{Reason, Verdict, wrong_signature};
use super::wire::{WireRequest, bytes, text, trim};

const ALGORITHM: &str = "ACS3-HMAC-SHA256";
const CONTENT_DIGEST: &str = "x-acs-content-sha256";
const TOKEN: &str = "x-acs-security-token";

/// The three parts of an `Authorization` value.
struct Authorization<'a> {
    access_key_id: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

/// The headers that the recipe of HTTP triggers signs. Source: manual page "Configure signature authentication for HTTP
/// triggers" of FC 3.0.
const OF_TRIGGER: [&str; 2] = ["x-acs-date", TOKEN];

pub(super) fn verify(request: &WireRequest, kind: SignKind, credentials: &Credentials) -> Verdict {
    let authorization = match parse(request) {
        Ok(authorization) => authorization,
        Err(reason) => {
            return Verdict {
                reason: Some(reason),
                stages: Stages::default(),
            };
        }
    };
    match stages(
        request,
        authorization.signed_headers,
        &credentials.access_key_secret,
    ) {
        Ok(stages) => {
            let reason = reason(request, kind, &authorization, &stages, credentials);
            Verdict { reason, stages }
        }
        Err(reason) => Verdict {
            reason: Some(reason),
            stages: Stages::default(),
        },
    }
}

fn parse(request: &WireRequest) -> Result<Authorization<'_>, Reason> {
    let value = request.value("authorization").ok_or(Reason::Missing)?;
    let rest = value
        .strip_prefix(ALGORITHM)
        .and_then(|rest| rest.strip_prefix(' '))
        .ok_or(Reason::Form("`ACS3-HMAC-SHA256` and one space"))?;
    let rest = rest
        .strip_prefix("Credential=")
        .ok_or(Reason::Form("`Credential=`"))?;
    let (access_key_id, rest) = rest
        .split_once(",SignedHeaders=")
        .ok_or(Reason::Form("`,SignedHeaders=`"))?;
    let (signed_headers, signature) = rest
        .split_once(",Signature=")
        .ok_or(Reason::Form("`,Signature=`"))?;
    Ok(Authorization {
        access_key_id,
        signed_headers,
        signature,
    })
}

fn reason(
    request: &WireRequest,
    kind: SignKind,
    authorization: &Authorization<'_>,
    stages: &Stages,
    credentials: &Credentials,
) -> Option<Reason> {
    if authorization.access_key_id != credentials.access_key_id {
        return Some(Reason::AccessKeyId);
    }
    let names: Vec<&str> = authorization.signed_headers.split(';').collect();
    let sorted = names
        .windows(2)
        .all(|pair| matches!(pair, [one, two] if one < two));
    if !sorted
        || names
            .iter()
            .any(|name| name.bytes().any(|byte| byte.is_ascii_uppercase()))
    {
        return Some(Reason::SignedNames);
    }
    if let Some(name) = must_be_signed(request, kind).find(|name| !names.contains(&name.as_str())) {
        return Some(Reason::NotSigned(name));
    }
    // The recipe of HTTP triggers sends no digest.
    let digest = request.value(CONTENT_DIGEST);
    let lacks_digest = digest.is_none() && kind == SignKind::HttpTrigger;
    if digest != Some(request.body_sha256.as_str()) && !lacks_digest {
        return Some(Reason::ContentDigest);
    }
    if let Some(token) = &credentials.security_token
        && request.value(TOKEN) != Some(trim(token))
    {
        return Some(Reason::SecurityToken);
    }
    wrong_signature(stages, authorization.signature.as_bytes())
}

/// The headers that must be signed: `host`, `content-type` if present, and every `x-acs-` header; those of
/// [`OF_TRIGGER`] for an HTTP trigger.
fn must_be_signed(request: &WireRequest, kind: SignKind) -> impl Iterator<Item = String> {
    let of_trigger = kind == SignKind::HttpTrigger;
    let recipe = OF_TRIGGER.into_iter().filter(move |_| of_trigger);
    let present = request
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase());
    std::iter::once("host".to_owned())
        .chain(present.filter(|name| name == "content-type" || name.starts_with("x-acs-")))
        .filter(move |_| !of_trigger)
        .chain(recipe.map(str::to_owned))
}

pub(super) fn stages(
    request: &WireRequest,
    signed_headers: &str,
    secret: &str,
) -> Result<Stages, Reason> {
    let mut headers = Vec::new();
    for name in signed_headers.split(';') {
        headers.extend_from_slice(name.as_bytes());
        headers.push(b':');
        headers.extend(header_value(request, name)?);
        headers.push(b'\n');
    }
    let canonical_request = [
        request.method.as_bytes(),
        request.path().as_bytes(),
        canonical_query(request.query()).as_bytes(),
        &headers,
        signed_headers.as_bytes(),
        request.value(CONTENT_DIGEST).unwrap_or("").as_bytes(),
    ]
    .join(&b'\n');
    let string_to_sign = format!("{ALGORITHM}\n{}", sha256_hex(&canonical_request));
    Ok(Stages {
        canonical_headers: None,
        canonical_resource: None,
        canonical_request: Some(text(&canonical_request)),
        signature: Some(hmac_hex(secret, string_to_sign.as_bytes())),
        string_to_sign: Some(string_to_sign),
    })
}

/// The value of a canonical line. The values of a repeated header are sorted and joined by commas.
fn header_value(request: &WireRequest, name: &str) -> Result<Vec<u8>, Reason> {
    let mut values: Vec<Vec<u8>> = request.values(name).map(bytes).collect();
    if values.is_empty() {
        return Err(Reason::SignedButAbsent(name.to_owned()));
    }
    values.sort();
    Ok(values.join(&b','))
}

/// The query pairs, decoded, sorted by key and encoded by RFC 3986.
fn canonical_query(query: &str) -> String {
    let mut pairs = pairs(query);
    pairs.sort();
    let encoded: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{}={}", encode(key), encode(value)))
        .collect();
    encoded.join("&")
}
