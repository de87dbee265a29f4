//! Writes a signed request as text and as JSON.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::environment::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, SECURITY_TOKEN};
use super::super::failure::Failure;
use super::curl;
use super::signed_request::SignedRequest;
use fcgate_protocol::{HeaderList, Scheme, SignKind};
use fcgate_text::redaction::redact_tokens;
use fcgate_why::stage_lines;

pub(super) fn text(signed: &SignedRequest) -> String {
    let scheme = match (signed.scheme, signed.kind) {
        (Scheme::Acs3, SignKind::HttpTrigger) => {
            "ACS3-HMAC-SHA256 for an HTTP trigger, by the recipe of the manual"
        }
        (Scheme::Acs3, _) => "ACS3-HMAC-SHA256",
        (Scheme::Fc, SignKind::PresignedUrl) => "FC in a signed URL: the query is signed",
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
    if let Some(expires) = signed
        .expires
        .and_then(|expires| Timestamp::from_second(expires).ok())
    {
        let _ = writeln!(out, "valid      until {expires}");
    }
    let command = curl::line(signed);
    let shown = redact_tokens(&command);
    let _ = writeln!(out, "\n{shown}");
    if shown != command {
        out.push_str("\nThe command is not complete: tokens are not shown. Write them in place of `[token]`.\n");
    }
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
        "url": redact_tokens(&signed.url),
        "headers": headers(signed),
        "stages": stages,
        "curl": redact_tokens(&curl::line(signed)),
    });
    if let Value::Object(out) = &mut out {
        match curl::presigned_url(signed) {
            Some(url) => out.insert("signed_url".to_owned(), json!(redact_tokens(&url))),
            None => out.insert(
                "authorization".to_owned(),
                json!(curl::authorization(signed)),
            ),
        };
    }
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
            redacted_value(name, value)
        };
        (name.clone(), value)
    });
    headers.collect()
}

/// The value of a header without tokens.
fn redacted_value(name: &str, value: &str) -> String {
    let line = format!("{name}:{value}");
    let redacted = redact_tokens(&line);
    let shown = redacted.split_once(':').map(|(_, value)| value.to_owned());
    shown.unwrap_or_else(|| value.to_owned())
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
