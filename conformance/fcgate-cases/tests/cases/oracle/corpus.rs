//! The expected values of the signing cases equal the values of the oracle.

use fcgate_cases::corpus::{Corpus, Level, SignExpectation, Stimulus};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{Scheme, SignInput, SignKind, Stages};

/// The request with the headers that its case expects to be added.
fn request(given: &SignInput, expect: &SignExpectation) -> WireRequest {
    let presigned = given.kind == Some(SignKind::PresignedUrl);
    let mut target = format!("/{}", given.url.splitn(4, '/').nth(3).unwrap_or_default());
    let token = given.credentials.security_token.as_deref();
    if presigned {
        target.push(if target.contains('?') { '&' } else { '?' });
        let expires = given.expires.unwrap().to_string();
        target += &["x-fc-access-key-id=", &given.credentials.access_key_id].concat();
        target += &["&x-fc-expires=", &expires].concat();
        if let Some(token) = token {
            target += &["&x-fc-security-token=", &token.replace('+', "%2B")].concat();
        }
    }
    let mut request = WireRequest::new(&given.method, target).headers(&given.headers);
    if let Some(headers) = &expect.headers {
        request = request.headers(&headers.present);
    }
    if let Some(token) = token.filter(|_| !presigned)
        && request.value("x-fc-security-token").is_none()
    {
        request = request.header("x-fc-security-token", token);
    }
    request.body(&given.body)
}

/// The expected stages that differ from the stages of the oracle.
fn differences(expected: &Stages, given: &Stages) -> Vec<&'static str> {
    let pairs = [
        (
            "canonical_headers",
            &expected.canonical_headers,
            &given.canonical_headers,
        ),
        (
            "canonical_resource",
            &expected.canonical_resource,
            &given.canonical_resource,
        ),
        (
            "canonical_request",
            &expected.canonical_request,
            &given.canonical_request,
        ),
        (
            "string_to_sign",
            &expected.string_to_sign,
            &given.string_to_sign,
        ),
        ("signature", &expected.signature, &given.signature),
    ];
    pairs
        .into_iter()
        .filter(|(_, expected, given)| expected.is_some() && expected != given)
        .map(|(stage, ..)| stage)
        .collect()
}

#[test]
fn every_expected_stage_of_the_fc_scheme_equals_the_stage_of_the_oracle() {
    let corpus = Corpus::embedded().unwrap();
    let mut compared = 0;
    let mut wrong = Vec::new();
    for case in corpus
        .cases()
        .into_iter()
        .filter(|case| case.level > Level::Observe)
    {
        let Stimulus::Sign { given, expect } = &case.stimulus else {
            continue;
        };
        let (Scheme::Fc, Some(expected)) = (given.scheme, &expect.stages) else {
            continue;
        };
        let kind = given.kind.unwrap_or_default();
        let secret = &given.credentials.access_key_secret;
        let stages = oracle::fc_stages(&request(given, expect), kind, secret);
        compared += 1;
        for stage in differences(expected, &stages) {
            wrong.push(format!("{}#{stage}", case.id));
        }
        if let (Some(expected), Some(signature)) = (&expect.authorization, &stages.signature)
            && !expected.ends_with(&format!(":{signature}"))
        {
            wrong.push(format!("{}#authorization", case.id));
        }
    }
    assert!(compared > 100, "{compared}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
