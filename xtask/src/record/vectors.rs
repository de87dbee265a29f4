//! `vectors/signing.json`: every signature vector with all that the official SDKs computed for it.

use serde::Serialize;

use super::case::Stages;
use super::failure::{Failure, Needed, Result};
use super::source::{Pair, Vector, VectorStudy, value};
use super::string_to_sign;

#[derive(Serialize)]
pub(super) struct Fixture<'a> {
    schema: u8,
    source: &'static str,
    vectors: Vec<FixtureVector<'a>>,
}

#[derive(Serialize)]
struct FixtureVector<'a> {
    id: &'a str,
    title: &'a str,
    scheme: &'static str,
    kind: &'static str,
    verdict: &'static str,
    method: &'a str,
    host: &'a str,
    raw_target: &'a str,
    headers: Vec<Pair>,
    body_b64: &'a str,
    access_key_id: &'a str,
    access_key_secret: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    security_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<i64>,
    stages: Stages,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization: Option<&'a str>,
    official: Vec<Official<'a>>,
    source: String,
    notes: &'a str,
}

#[derive(Serialize)]
struct Official<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_headers: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical_request: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    string_to_sign: Option<&'a str>,
    signature: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization: Option<&'a str>,
    verifies: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature_a_server_expects: Option<&'a str>,
}

pub(super) fn fixture(study: &VectorStudy) -> Result<Fixture<'_>> {
    let vectors = study
        .vectors
        .iter()
        .map(fixture_vector)
        .collect::<Result<_>>()?;
    Ok(Fixture {
        schema: 1,
        source: "signing specification, worked vectors: each signature comes from the official SDK \
                 code that is named and was confirmed by an HMAC of its own over the string to \
                 sign; header values are Latin-1 text, one character for each byte on the wire",
        vectors,
    })
}

fn fixture_vector(vector: &Vector) -> Result<FixtureVector<'_>> {
    let query = query_of(&vector.raw_target);
    let expires = query.iter().find(|pair| pair.0 == "x-fc-expires");
    let expires = expires
        .map(|pair| pair.1.parse().ok().needed("expiry", &vector.id))
        .transpose()?;
    Ok(FixtureVector {
        id: &vector.id,
        title: &vector.title,
        scheme: scheme(vector)?,
        kind: kind(vector)?,
        verdict: verdict(vector)?,
        method: &vector.method,
        host: &vector.host,
        raw_target: &vector.raw_target,
        headers: wire_headers(vector),
        body_b64: &vector.body_base64,
        access_key_id: &vector.access_key_id,
        access_key_secret: &vector.access_key_secret,
        security_token: security_token(vector),
        expires,
        stages: stages(vector)?,
        authorization: vector.authorization.as_deref(),
        official: official(vector),
        source: format!("signing specification, vector {}", vector.id),
        notes: &vector.notes,
    })
}

pub(super) fn scheme(vector: &Vector) -> Result<&'static str> {
    match vector.scheme.as_str() {
        "FC" | "FC pre-signed URL" => Ok("fc"),
        "ACS3-HMAC-SHA256" => Ok("acs3"),
        "ROA HMAC-SHA1" => Ok("acs-v1"),
        other => Err(Failure::new(format!(
            "{}: unknown scheme {other}",
            vector.id
        ))),
    }
}

pub(super) fn kind(vector: &Vector) -> Result<&'static str> {
    match (vector.scheme.as_str(), vector.kind.as_str()) {
        ("FC pre-signed URL", _) => Ok("presigned-url"),
        (_, "http trigger") => Ok("http-trigger"),
        (_, "api request") => Ok("api"),
        (_, other) => Err(Failure::new(format!("{}: unknown kind {other}", vector.id))),
    }
}

pub(super) fn verdict(vector: &Vector) -> Result<&'static str> {
    match vector.verdict.as_str() {
        "normative" => Ok("normative"),
        "sdk-variant" => Ok("sdk-variant"),
        "known answer in the SDK test suite" => Ok("known-answer"),
        "documented for FC 3.0 HTTP triggers" => Ok("documented"),
        other => Err(Failure::new(format!(
            "{}: unknown verdict {other}",
            vector.id
        ))),
    }
}

/// Header values as Latin-1 text of their UTF-8 bytes: what a wire would carry.
pub(super) fn wire_headers(vector: &Vector) -> Vec<Pair> {
    let headers = vector.headers.iter();
    headers
        .map(|header| Pair(header.0.clone(), header.1.bytes().map(char::from).collect()))
        .collect()
}

/// The token that the request carries, in a header or in the query.
pub(super) fn security_token(vector: &Vector) -> Option<String> {
    let in_header = value(&vector.headers, "x-fc-security-token").map(str::to_owned);
    in_header.or_else(|| {
        let mut query = query_of(&vector.raw_target).into_iter();
        query
            .find(|pair| pair.0 == "x-fc-security-token")
            .map(|pair| pair.1)
    })
}

/// The pieces, cut from the given string to sign.
pub(super) fn stages(vector: &Vector) -> Result<Stages> {
    let mut stages = Stages {
        canonical_request: vector.canonical_request.clone(),
        string_to_sign: Some(vector.string_to_sign.clone()),
        signature: Some(vector.signature.clone()),
        ..Stages::default()
    };
    if scheme(vector)? == "fc" {
        let pieces = string_to_sign::cut(&vector.string_to_sign).needed("pieces", &vector.id)?;
        stages.canonical_headers = Some(pieces.canonical_headers.to_owned());
        stages.canonical_resource = Some(pieces.canonical_resource.to_owned());
    }
    Ok(stages)
}

fn official(vector: &Vector) -> Vec<Official<'_>> {
    let acs3 = vector.per_sdk.iter().map(|output| Official {
        name: &output.sdk,
        signed_headers: Some(&output.signed_headers),
        canonical_request: output.canonical_request.as_deref(),
        string_to_sign: Some(&output.string_to_sign),
        signature: &output.signature,
        authorization: Some(&output.authorization),
        verifies: output.verifies,
        signature_a_server_expects: output.signature_a_server_expects.as_deref(),
    });
    let simple = |name, signature, string_to_sign, verifies| Official {
        name,
        signed_headers: None,
        canonical_request: None,
        string_to_sign,
        signature,
        authorization: None,
        verifies,
        signature_a_server_expects: None,
    };
    let fits = vector.computed_by.iter();
    let fits = fits.filter(|_| vector.per_sdk.is_empty());
    let fits = fits.map(|name| simple(name, vector.signature.as_str(), None, true));
    let differs = vector.sdk_outputs_that_differ.iter().map(|(name, output)| {
        simple(
            name,
            output.signature.as_str(),
            output.string_to_sign.as_deref(),
            false,
        )
    });
    acs3.chain(fits).chain(differs).collect()
}

/// The decoded pairs of a request target; a plus stays a plus.
pub(super) fn query_of(target: &str) -> Vec<Pair> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Pair(percent_decoded(name), percent_decoded(value))
        })
        .collect()
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let (Some(byte), Some(tail)) = (byte, after.get(2..)) {
            bytes.push(byte);
            rest = tail;
        } else {
            bytes.push(b'%');
            rest = after;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{percent_decoded, query_of};
    use crate::record::source::Pair;

    #[test]
    fn escapes_are_decoded_and_broken_ones_stay() {
        assert_eq!(percent_decoded("%E4%B8%AD%20x+y"), "\u{4e2d} x+y");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%zz%41"), "%zzA");
    }

    #[test]
    fn a_query_is_split_before_it_is_decoded() {
        let expected = [
            Pair::new("a", "1&2"),
            Pair::new("b", ""),
            Pair::new("c", "x=y"),
        ];
        assert_eq!(query_of("/p?a=1%262&b=&c=x%3Dy"), expected);
        assert!(query_of("/p").is_empty());
    }
}
