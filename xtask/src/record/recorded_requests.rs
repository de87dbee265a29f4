//! `recorded/requests/<sdk>.json`: what each official SDK put on the wire.

use std::collections::BTreeMap;

use serde::Serialize;

use super::failure::{Failure, Needed, Result};
use super::source::{
    Call, Pair, RecordedCredentials, RecordedSignature, RequestRecord, RequestStudy,
};

#[derive(Serialize)]
pub(super) struct Fixture<'a> {
    schema: u8,
    source: String,
    sdk: &'a str,
    requests: Vec<FixtureRequest<'a>>,
}

#[derive(Serialize)]
struct FixtureRequest<'a> {
    case: &'a str,
    call: &'a Call,
    credentials: &'a RecordedCredentials,
    method: &'a str,
    target: &'a str,
    headers: &'a [Pair],
    #[serde(skip_serializing_if = "Option::is_none")]
    body_b64: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_sha256: Option<&'a str>,
    scheme: &'static str,
    plain_rule: bool,
    verifies: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// A record that carries a parsed HTTP request.
pub(super) struct Sent<'a> {
    pub(super) record: &'a RequestRecord,
    pub(super) method: &'a str,
    pub(super) target: &'a str,
    pub(super) headers: &'a [Pair],
    pub(super) credentials: &'a RecordedCredentials,
    pub(super) scheme: &'static str,
    pub(super) plain: bool,
    /// What was signed instead of the plain form, or why nothing can be said.
    pub(super) why: Option<String>,
}

impl Sent<'_> {
    /// The package and its version, without those of its dependencies.
    pub(super) fn package(&self) -> &str {
        package(&self.record.sdk_version)
    }
}

pub(super) fn package(sdk_version: &str) -> &str {
    sdk_version.split(" (").next().unwrap_or(sdk_version)
}

/// Cuts the recording machine's kernel out of the user agents that name it; `FC` signs no user agent.
pub(super) fn forget_the_machine(study: &mut RequestStudy) {
    for header in study
        .records
        .iter_mut()
        .filter_map(|record| record.headers.as_mut())
        .flatten()
    {
        if header.is("user-agent")
            && let Some((before, _)) = header.1.split_once(".Linux-")
        {
            header.1 = format!("{before}.Linux");
        }
    }
}

/// Records without a request (refused, or not in that SDK) give `None`.
pub(super) fn sent(record: &RequestRecord) -> Result<Option<Sent<'_>>> {
    let (Some(method), Some(target), Some(headers)) =
        (&record.method, &record.target, &record.headers)
    else {
        return Ok(None);
    };
    let name = format!("{} {}", record.sdk, record.case);
    let signature = record.signature.as_ref().needed("signature", &name)?;
    let scheme = scheme(signature, &name)?;
    let plain = signature.plain_rule == Some(true);
    let why = if plain {
        None
    } else {
        Some(why(signature, scheme).needed("explanation", &name)?)
    };
    let credentials = record.credentials.as_ref().needed("credentials", &name)?;
    Ok(Some(Sent {
        record,
        method,
        target,
        headers,
        credentials,
        scheme,
        plain,
        why,
    }))
}

pub(super) fn fixtures(study: &RequestStudy) -> Result<BTreeMap<&str, Fixture<'_>>> {
    let mut fixtures: BTreeMap<&str, Fixture<'_>> = BTreeMap::new();
    for record in &study.records {
        let Some(sent) = sent(record)? else { continue };
        let fixture = fixtures.entry(&record.sdk).or_insert_with(|| Fixture {
            schema: 1,
            source: format!(
                "recorded on loopback from {}; header values are Latin-1 text",
                record.sdk_version
            ),
            sdk: &record.sdk,
            requests: Vec::new(),
        });
        let large = record.body_ref.as_ref();
        fixture.requests.push(FixtureRequest {
            case: &record.case,
            call: &record.call,
            credentials: sent.credentials,
            method: sent.method,
            target: sent.target,
            headers: sent.headers,
            body_b64: record.body_base64.as_deref(),
            body_length: large.map(|body| body.length),
            body_sha256: large.map(|body| body.sha256.as_str()),
            scheme: sent.scheme,
            plain_rule: sent.plain,
            verifies: sent.plain,
            why: sent.why,
        });
    }
    Ok(fixtures)
}

fn scheme(signature: &RecordedSignature, name: &str) -> Result<&'static str> {
    let form = signature.authorization_form.as_deref().unwrap_or("none");
    match form.split(' ').next().unwrap_or_default() {
        "FC" => Ok("fc"),
        "ACS3-HMAC-SHA256" => Ok("acs3"),
        "acs" => Ok("acs-v1"),
        "none" => Ok("none"),
        other => Err(Failure::new(format!(
            "{name}: unknown authorization {other}"
        ))),
    }
}

/// One sentence on what was signed instead.
fn why(signature: &RecordedSignature, scheme: &str) -> Option<String> {
    match scheme {
        "none" => return Some("The request is not signed.".to_owned()),
        "acs-v1" => {
            return Some(
                "It is signed by the older HMAC-SHA1 scheme, which is not judged.".to_owned(),
            );
        }
        _ => {}
    }
    if let Some(explanation) = &signature.explanation {
        return of_explanation(&explanation.signed);
    }
    of_form(signature.form.as_ref()?)
}

fn of_explanation(signed: &BTreeMap<String, String>) -> Option<String> {
    let get = |name: &str| signed.get(name).map_or("wire", String::as_str);
    if let (Some(header), Some(value), Some(sent)) = (
        signed.get("header"),
        signed.get("value"),
        signed.get("wire_value"),
    ) {
        return Some(format!(
            "`{header}` was signed as `{value}`, while `{sent}` was sent."
        ));
    }
    let text = match (
        get("resource"),
        get("x_fc_headers"),
        get("date"),
        get("content_type"),
    ) {
        ("the caller's names, not escaped", ..) => {
            "The caller's names were signed as given, while the wire carries another path."
        }
        (_, "the caller's values as given, one line each", ..) => {
            "Both values that the caller gave were signed, while one was sent."
        }
        (_, "the last value given, one line for each header given", ..) => {
            "The last value was signed in two lines, while one header was sent."
        }
        (_, _, "the SDK's own clock", _) => {
            "The SDK's own clock was signed, while the caller's Date was sent."
        }
        (_, _, _, "application/json") => {
            "`application/json` was signed, while the caller's content type was sent."
        }
        _ => return None,
    };
    Some(text.to_owned())
}

fn of_form(form: &BTreeMap<String, String>) -> Option<String> {
    let get = |name: &str| form.get(name).map_or("", String::as_str);
    let values = [get("x_fc_values"), get("header_values")];
    let text = if values.contains(&"value untrimmed") {
        "The value was signed with its outer white space, which a receiver strips."
    } else if values.contains(&"value trimmed, latin-1 wire bytes signed as UTF-8") {
        "The value was signed in UTF-8 and sent in Latin-1."
    } else if get("resource").starts_with("escaped path") {
        "The path was signed with its escapes."
    } else if get("resource").starts_with("unescaped path + '?'") {
        "The unescaped name was signed with its question mark, which splits the wire's target."
    } else if get("resource").contains("whole query percent-decoded") {
        "The query was decoded before it was split, a plus was kept, and the pairs were left unsorted."
    } else {
        return None;
    };
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{of_explanation, of_form, package};

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_package_is_named_without_its_dependencies() {
        assert_eq!(
            package("aliyun-fc2 2.5.2 (requests 2.34.2; Python 3.11.7)"),
            "aliyun-fc2 2.5.2"
        );
    }

    #[test]
    fn a_joined_header_is_explained_with_both_values() {
        let signed = map(&[
            ("header", "x-fc-dup"),
            ("value", "one,two"),
            ("wire_value", "two"),
        ]);
        let text = of_explanation(&signed).unwrap();
        assert_eq!(
            text,
            "`x-fc-dup` was signed as `one,two`, while `two` was sent."
        );
    }

    #[test]
    fn what_is_not_understood_is_not_explained() {
        assert_eq!(of_form(&map(&[("resource", "unescaped path")])), None);
        assert_eq!(
            of_explanation(&map(&[("resource", "wire path, unescaped")])),
            None
        );
    }
}
