//! Writes a signed request as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::super::environment::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, SECURITY_TOKEN};
use super::super::failure::Failure;
use super::curl;
use super::signed_request::SignedRequest;
use crate::why::stage_lines;
use fcgate_protocol::{HeaderList, Scheme, SignKind};
use fcgate_text::redaction::redact_tokens;

pub(super) fn text(signed: &SignedRequest) -> String {
    let scheme = match (signed.scheme, signed.kind) {
        (Scheme::Acs3, _) => "ACS3-HMAC-SHA256",
        (Scheme::Fc, SignKind::HttpTrigger) => "FC for an HTTP trigger: the query is signed",
        (Scheme::Fc, _) => "FC for an API request: the query is not signed",
    };
    let mut out = format!("scheme     {scheme}\n");
    for (title, stage) in stages(signed) {
        let _ = writeln!(out, "\n{}:", title.replace('_', " "));
        out += &stage_lines(stage);
    }
    match &signed.stages.signature {
        Some(signature) if signed.has_key => {
            let _ = writeln!(out, "\nsignature  {signature}");
        }
        _ => {
            let _ = writeln!(
                out,
                "\nsignature  not computed: set {ACCESS_KEY_ID} and {ACCESS_KEY_SECRET}"
            );
        }
    }
    let _ = writeln!(out, "\n{}", curl::line(signed));
    out
}

pub(super) fn json(signed: &SignedRequest) -> Result<String, Failure> {
    let stages: Map<String, Value> = stages(signed)
        .map(|(name, stage)| (name.to_owned(), json!(redact_tokens(stage))))
        .collect();
    let mut out = json!({
        "schema": 1,
        "scheme": signed.scheme,
        "kind": signed.kind,
        "method": signed.method,
        "url": signed.url,
        "headers": headers(signed),
        "stages": stages,
        "authorization": curl::authorization(signed),
        "curl": curl::line(signed),
    });
    if let (Value::Object(out), Some(signature), true) =
        (&mut out, &signed.stages.signature, signed.has_key)
    {
        out.insert("signature".to_owned(), json!(signature));
    }
    let json = serde_json::to_string_pretty(&out);
    Ok(json.map_err(|error| Failure::harness(&error))? + "\n")
}

/// Returns the headers, with the security token as a shell variable.
fn headers(signed: &SignedRequest) -> HeaderList {
    let headers = signed.headers.iter().map(|(name, value)| {
        let value = if curl::is_token(signed, name, value) {
            format!("${SECURITY_TOKEN}")
        } else {
            value.clone()
        };
        (name.clone(), value)
    });
    headers.collect()
}

/// Returns the names and texts of the stages, without the signature.
fn stages(signed: &SignedRequest) -> impl Iterator<Item = (&'static str, &str)> {
    let stages = &signed.stages;
    [
        ("canonical_headers", &stages.canonical_headers),
        ("canonical_resource", &stages.canonical_resource),
        ("canonical_request", &stages.canonical_request),
        ("string_to_sign", &stages.string_to_sign),
    ]
    .into_iter()
    .filter_map(|(name, stage)| stage.as_deref().map(|stage| (name, stage)))
}
