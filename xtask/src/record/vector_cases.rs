//! The `sign` cases made of the signature vectors.

use super::case::{
    Case, CaseFile, Credentials, Evidence, Expect, Given, Headers, Level, SignExpect, SignGiven,
};
use super::failure::{Failure, Needed, Result};
use super::source::{Pair, Vector, VectorStudy, value};
use super::vector_table::{self, Row};
use super::{timestamp, vectors};

pub(super) const NONCE: &str = "0123456789abcdef0123456789abcdef";
/// A pre-signed URL is made this long before it expires.
const LEAD_SECONDS: i64 = 300;

pub(super) fn files(study: &VectorStudy) -> Result<Vec<CaseFile>> {
    let mut fc = Vec::new();
    let mut trigger = Vec::new();
    let mut presigned = Vec::new();
    let mut acs3 = Vec::new();
    for vector in &study.vectors {
        let (group, cases) = match (vectors::scheme(vector)?, vectors::kind(vector)?) {
            ("fc", "api") => ("sign.fc-vectors", &mut fc),
            ("fc", "http-trigger") => ("sign.fc-trigger-vectors", &mut trigger),
            ("fc", _) => ("sign.presigned-vectors", &mut presigned),
            ("acs3", _) => ("sign.acs3-vectors", &mut acs3),
            _ => continue,
        };
        let case = case_of(vector, group)?;
        let variant = variant_of(vector, &case)?;
        cases.push(case);
        cases.extend(variant);
    }
    Ok(vec![
        CaseFile::new(
            "sign.fc-vectors",
            "API requests of the FC scheme, stage by stage, as official SDKs compute them.",
            fc,
        ),
        CaseFile::new(
            "sign.fc-trigger-vectors",
            "HTTP-trigger requests of the FC scheme, stage by stage, as official SDKs compute them.",
            trigger,
        ),
        CaseFile::new(
            "sign.presigned-vectors",
            "Pre-signed URLs of HTTP triggers, as the Go and Java SDKs compute them.",
            presigned,
        ),
        CaseFile::new(
            "sign.acs3-vectors",
            "Requests of the ACS3 scheme; which names are signed is free, so the cases only verify.",
            acs3,
        ),
    ])
}

fn case_of(vector: &Vector, group: &str) -> Result<Case> {
    let row = vector_table::find(&vector.id).needed("row in the table", &vector.id)?;
    let scheme = vectors::scheme(vector)?;
    let kind = vectors::kind(vector)?;
    let given = given(vector, scheme, kind)?;
    let mut needs = match (scheme, kind) {
        ("fc", "api") => vec!["sign.fc"],
        ("fc", "http-trigger") => vec!["sign.fc", "sign.fc.http-trigger"],
        ("fc", _) => vec!["sign.fc", "sign.fc.presigned-url"],
        _ => vec!["sign.acs3"],
    };
    if given.credentials.security_token.is_some() {
        needs.push("cred.sts");
    }
    Ok(Case {
        id: format!("{group}.{}", vector.id.to_lowercase()),
        title: vector.title.clone(),
        level: level(vector, scheme, &given.headers)?,
        requirements: row.requirements.to_vec(),
        needs,
        revision: None,
        because: row.because.to_owned(),
        evidence: evidence(vector, row),
        op: "sign",
        expect: Expect::Sign(expect(vector, scheme, kind, &given)?),
        given: Given::Sign(given),
    })
}

/// Padded values may be refused under either scheme, so they are only observed.
fn level(vector: &Vector, scheme: &str, headers: &[Pair]) -> Result<Level> {
    let judged = matches!(vectors::verdict(vector)?, "normative" | "known-answer");
    let padded = headers.iter().any(|header| header.1.trim() != header.1);
    Ok(if judged && !(scheme == "acs3" && padded) {
        Level::Must
    } else {
        Level::Observe
    })
}

fn given(vector: &Vector, scheme: &'static str, kind: &'static str) -> Result<SignGiven> {
    let mut headers = vectors::wire_headers(vector);
    headers.retain(|header| !header.is("host"));
    let mut target = vector.raw_target.clone();
    let mut security_token = None;
    if scheme == "fc" {
        security_token = vectors::security_token(vector);
        headers.retain(|header| !header.is("x-fc-security-token"));
    }
    let mut expires = None;
    let time = if kind == "presigned-url" {
        let pairs = vectors::query_of(&vector.raw_target);
        let pair = pairs.iter().find(|pair| pair.0 == "x-fc-expires");
        let seconds: i64 = pair
            .and_then(|pair| pair.1.parse().ok())
            .needed("expiry", &vector.id)?;
        expires = Some(seconds);
        target = unsigned_target(&target);
        timestamp::iso_of_unix(seconds - LEAD_SECONDS)
    } else if scheme == "acs3" {
        value(&headers, "x-acs-date")
            .needed("x-acs-date", &vector.id)?
            .to_owned()
    } else {
        let date = value(&headers, "date").needed("date", &vector.id)?;
        timestamp::iso_of_http(date).needed("readable date", &vector.id)?
    };
    Ok(SignGiven {
        scheme,
        kind: (kind != "api").then_some(kind),
        method: vector.method.clone(),
        url: format!("https://{}{target}", vector.host),
        headers,
        body_b64: vector.body_base64.clone(),
        credentials: Credentials {
            access_key_id: vector.access_key_id.clone(),
            access_key_secret: vector.access_key_secret.clone(),
            security_token,
        },
        time,
        nonce: NONCE.to_owned(),
        expires,
    })
}

/// The target without the pairs that pre-signing adds.
fn unsigned_target(target: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("x-fc-"));
    let kept: Vec<&str> = kept.collect();
    if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", kept.join("&"))
    }
}

fn expect(vector: &Vector, scheme: &str, kind: &str, given: &SignGiven) -> Result<SignExpect> {
    if scheme == "acs3" {
        return Ok(SignExpect {
            verifies: Some(true),
            ..SignExpect::default()
        });
    }
    let mut expect = SignExpect {
        stages: Some(vectors::stages(vector)?),
        authorization: vector.authorization.clone(),
        ..SignExpect::default()
    };
    if kind == "presigned-url" {
        let signed = vector.raw_target.contains("x-fc-signature=");
        expect.url = signed.then(|| format!("https://{}{}", vector.host, vector.raw_target));
    } else if let Some(token) = &given.credentials.security_token {
        expect.headers = Headers::present(&[("x-fc-security-token", token)]);
    }
    Ok(expect)
}

fn evidence(vector: &Vector, row: &Row) -> Vec<Evidence> {
    let package = |name: &str| name.split(" (").next().unwrap_or_default().to_owned();
    let mut of: Vec<String> = vector
        .computed_by
        .iter()
        .map(|name| package(name))
        .collect();
    let mut agree = of.len();
    for name in vector
        .sdk_outputs_that_differ
        .keys()
        .map(|name| package(name))
    {
        if !of.contains(&name) {
            of.push(name);
        }
    }
    for output in &vector.per_sdk {
        if !of.contains(&output.sdk) {
            of.push(output.sdk.clone());
        }
    }
    if vector.verdict == "sdk-variant" && vector.id == "FC-09" {
        // The SDKs agree on the stripped value only, which is not what they are given here.
        agree = 0;
    }
    let source = format!(
        "signing specification, vector {}: {}",
        vector.id,
        of.join(", ")
    );
    let mut evidence = Vec::new();
    if vector.id == "KA-01" {
        evidence.push(Evidence::sdk_test(
            "fc-go-sdk signature_test.go, known answer",
        ));
        let source = "rule of the pre-signed URL, signing specification, vector HT-09: fc-go-sdk \
                      SignURLInput, fc-java-sdk SignURLConfig";
        evidence.push(Evidence::agreement(source, 2, 2));
    } else {
        evidence.push(Evidence::agreement(source, agree, of.len()));
    }
    evidence.extend(row.manual.map(Evidence::manual));
    evidence
}

/// A second case of the same vector where another way of giving the same input shows more.
fn variant_of(vector: &Vector, case: &Case) -> Result<Option<Case>> {
    let (Given::Sign(given), Expect::Sign(expect)) = (&case.given, &case.expect) else {
        return Err(Failure::new(format!("{} is not a sign case", case.id)));
    };
    let (mut given, mut expect) = (given.clone(), expect.clone());
    let mut variant = case.clone();
    let (suffix, title, requirements, because) = match vector.id.as_str() {
        "FC-01" => {
            let date = value(&given.headers, "date")
                .needed("date", &vector.id)?
                .to_owned();
            expect.headers = Headers::present(&[("Date", &date)]);
            given.headers.retain(|header| !header.is("date"));
            (
                "date-added",
                "the Date header is made from the time when none is given",
                vec!["FC-SIGN-007"],
                "Without a Date header the service answers 400 MissingRequiredHeader (fc-nodejs-sdk issue 43).",
            )
        }
        "FC-11" => {
            let token = given
                .credentials
                .security_token
                .take()
                .needed("token", &vector.id)?;
            given
                .headers
                .push(Pair("x-fc-security-token".to_owned(), token));
            expect.headers = Headers::default();
            variant.needs.retain(|need| *need != "cred.sts");
            (
                "token-in-headers",
                "a token that the caller put into the headers is signed like any x-fc header",
                vec!["FC-SIGN-008"],
                "Who skips a header that it did not add itself signs another text than the service.",
            )
        }
        "AC-01" => {
            let added = [
                "x-acs-date",
                "x-acs-signature-nonce",
                "x-acs-content-sha256",
            ];
            let pairs = given.headers.iter();
            let pairs = pairs.filter(|header| added.iter().any(|name| header.is(name)));
            expect.headers.present = pairs.cloned().collect();
            given
                .headers
                .retain(|header| !added.iter().any(|name| header.is(name)));
            (
                "headers-added",
                "the date, nonce and payload hash are added when they are not given",
                vec!["ACS3-SIGN-007", "ACS3-SIGN-008"],
                "A request without its date, nonce or payload hash is refused.",
            )
        }
        "AC-05" => {
            for header in &mut given.headers {
                header.1 = header.1.trim().to_owned();
            }
            variant.level = Level::Must;
            (
                "unpadded",
                "the same without the outer white space: the value that is signed stays",
                vec!["ACS3-SIGN-005", "ACS3-SIGN-006"],
                "Who folds the inner blanks signs another value than the one that is sent.",
            )
        }
        _ => return Ok(None),
    };
    variant.id = format!("{}-{suffix}", case.id);
    title.clone_into(&mut variant.title);
    variant.requirements = requirements;
    because.clone_into(&mut variant.because);
    variant.given = Given::Sign(given);
    variant.expect = Expect::Sign(expect);
    Ok(Some(variant))
}

#[cfg(test)]
mod tests {
    use super::unsigned_target;

    #[test]
    fn pre_signing_pairs_are_taken_off_a_target() {
        assert_eq!(
            unsigned_target("/p?e=&x=b&x-fc-expires=1&x-fc-signature=a"),
            "/p?e=&x=b"
        );
        assert_eq!(unsigned_target("/p?x-fc-expires=1"), "/p");
        assert_eq!(unsigned_target("/p"), "/p");
    }
}
