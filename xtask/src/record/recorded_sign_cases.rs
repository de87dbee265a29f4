//! The `sign` cases made of recorded requests.

use std::collections::BTreeMap;

use super::ambiguity;
use super::case::{
    Case, CaseFile, Credentials, Evidence, Expect, Given, Level, SignExpect, SignGiven, Stages,
};
use super::failure::{Needed, Result};
use super::recorded_requests::{Sent, sent};
use super::recorded_sign_table;
use super::source::{Pair, RequestStudy, value};
use super::timestamp;
use super::vector_cases::NONCE;

/// Headers of one connection, or of the signing itself.
const NOT_GIVEN: [&str; 5] = [
    "authorization",
    "connection",
    "content-length",
    "host",
    "transfer-encoding",
];

pub(super) fn files(study: &RequestStudy) -> Result<Vec<CaseFile>> {
    let mut files: BTreeMap<&str, CaseFile> = BTreeMap::new();
    for record in &study.records {
        let Some(sent) = sent(record)? else { continue };
        // A payload that is not in the record cannot be given to anybody.
        if !matches!(sent.scheme, "fc" | "acs3") || record.body_base64.is_none() {
            continue;
        }
        let short = short_name(&record.sdk);
        let group = format!("sign.recorded-{short}");
        let case = case_of(&sent, &group)?;
        let summary = format!(
            "What {} put on the wire, signed anew without its Authorization header.",
            sent.package()
        );
        let file = files
            .entry(short)
            .or_insert_with(|| CaseFile::new(&group, &summary, Vec::new()));
        file.cases.push(case);
    }
    Ok(files.into_values().collect())
}

/// `py-fc2-2.5.2` to `py-fc2`.
fn short_name(sdk: &str) -> &str {
    sdk.rsplit_once('-').map_or(sdk, |(name, _)| name)
}

fn case_of(sent: &Sent<'_>, group: &str) -> Result<Case> {
    let record = sent.record;
    let name = format!("{} {}", record.sdk, record.case);
    let row = recorded_sign_table::find(&record.case).needed("row in the table", &name)?;
    let kind = if record.call.op == "http" {
        "http-trigger"
    } else {
        "api"
    };
    let doubt = ambiguity::reason(sent.scheme, kind, sent.target, sent.headers);
    let level = if sent.plain && doubt.is_none() {
        Level::Must
    } else {
        Level::Observe
    };
    let because = match (&sent.why, doubt) {
        (Some(why), _) => format!("{why} A receiver of the plain rule refuses what the SDK sent."),
        (None, Some(doubt)) => format!("An implementation may refuse this: {doubt}."),
        (None, None) => {
            "Who signs this request differently is refused where the official SDK is accepted."
                .to_owned()
        }
    };
    let shown = if sent.scheme == "fc" {
        row.fc
    } else {
        row.acs3
    };
    let mut requirements = shown.to_vec();
    if kind == "http-trigger" && sent.target.contains('+') {
        requirements.push("FC-SIGN-023");
    }
    let mut needs = vec![if sent.scheme == "fc" {
        "sign.fc"
    } else {
        "sign.acs3"
    }];
    if kind == "http-trigger" {
        needs.push("sign.fc.http-trigger");
    }
    let source = format!(
        "recorded traffic of {}, case {}",
        sent.package(),
        record.case
    );
    Ok(Case {
        id: format!("{group}.{}", record.case.replace('_', "-")),
        title: format!("{} sends {}", sent.package(), row.shows),
        level,
        requirements,
        needs,
        revision: None,
        because,
        evidence: vec![Evidence::recorded(source)],
        op: "sign",
        given: Given::Sign(given(sent, kind, &name)?),
        expect: Expect::Sign(expect(sent, &name)?),
    })
}

fn given(sent: &Sent<'_>, kind: &'static str, name: &str) -> Result<SignGiven> {
    let host = value(sent.headers, "host").needed("Host", name)?;
    let left_out = |header: &&Pair| !NOT_GIVEN.iter().any(|name| header.is(name));
    let time = if sent.scheme == "acs3" {
        value(sent.headers, "x-acs-date")
            .needed("x-acs-date", name)?
            .to_owned()
    } else {
        let date = value(sent.headers, "date").needed("Date", name)?;
        timestamp::iso_of_http(date).needed("readable Date", name)?
    };
    let nonce = value(sent.headers, "x-acs-signature-nonce").unwrap_or(NONCE);
    Ok(SignGiven {
        scheme: sent.scheme,
        kind: (kind != "api").then_some(kind),
        method: sent.method.to_owned(),
        url: format!("http://{host}{}", sent.target),
        headers: sent.headers.iter().filter(left_out).cloned().collect(),
        body_b64: sent.record.body_base64.clone().needed("payload", name)?,
        credentials: Credentials {
            access_key_id: sent.credentials.access_key_id.clone(),
            access_key_secret: sent.credentials.access_key_secret.clone(),
            // The recorded headers hold the token already.
            security_token: None,
        },
        time,
        nonce: nonce.to_owned(),
        expires: None,
    })
}

/// Exact text for plain requests of the `FC` scheme; else the judge's own check of what comes back.
fn expect(sent: &Sent<'_>, name: &str) -> Result<SignExpect> {
    if sent.scheme != "fc" || !sent.plain {
        return Ok(SignExpect {
            verifies: Some(true),
            ..SignExpect::default()
        });
    }
    let authorization = value(sent.headers, "authorization").needed("Authorization", name)?;
    let signature = authorization.rsplit_once(':').needed("signature", name)?.1;
    let recorded = sent.record.signature.as_ref().needed("signature", name)?;
    Ok(SignExpect {
        stages: Some(Stages {
            string_to_sign: recorded.string_to_sign.clone(),
            signature: Some(signature.to_owned()),
            ..Stages::default()
        }),
        authorization: Some(authorization.to_owned()),
        ..SignExpect::default()
    })
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn an_sdk_is_named_without_its_version() {
        assert_eq!(short_name("py-fc2-2.5.2"), "py-fc2");
        assert_eq!(short_name("node-open-2.0.13"), "node-open");
    }
}
