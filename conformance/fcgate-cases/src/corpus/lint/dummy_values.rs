//! Credentials and endpoints: reserved dummies only.

use http::Uri;

use fcgate_protocol::Credentials;

use super::super::{Case, Corpus, Stimulus};
use super::finding::Finding;

/// What a reserved value begins with: of the vectors, the recordings, and a known answer in an SDK.
/// Cases about faulty credentials add to these, or leave the value empty.
const IDS: [&str; 4] = [
    "FCTESTACCESSKEYID01",
    "LTAI5dummyAccessKeyId",
    "STS.dummyAccessKeyId",
    "akID",
];
const SECRETS: [&str; 3] = [
    "fcTestAccessKeySecret0123456789",
    "dummySecretForLoopbackOnly",
    "S9MWOBG0AOWHSO9HPASP216QOPHT5YR4NLH3A",
];
const TOKENS: [&str; 3] = ["CAISdummySTS", "dummy-sts-token/", "stsToken"];

pub(super) fn lint(corpus: &Corpus, findings: &mut Vec<Finding>) {
    for case in corpus.cases() {
        match &case.stimulus {
            Stimulus::Sign { given, .. } => {
                credentials(case, &given.credentials, findings);
                endpoint(case, &given.url, findings);
            }
            Stimulus::Build { given, .. } => {
                credentials(case, &given.credentials, findings);
                endpoint(case, &given.endpoint, findings);
            }
            Stimulus::Invoke { given, .. } => credentials(case, &given.credentials, findings),
            Stimulus::Parse { .. } => {}
        }
    }
}

fn credentials(case: &Case, given: &Credentials, findings: &mut Vec<Finding>) {
    let token = given.security_token.as_deref().unwrap_or("");
    if !reserved(&given.access_key_id, &IDS)
        || !reserved(&given.access_key_secret, &SECRETS)
        || !reserved(token, &TOKENS)
    {
        findings.push(Finding::of_case(
            case,
            "credentials",
            "they are not reserved dummies",
        ));
    }
}

fn reserved(value: &str, dummies: &[&str]) -> bool {
    value.is_empty() || dummies.iter().any(|dummy| value.starts_with(dummy))
}

/// A faulty URL has no host to look at; that is what its case is about.
fn endpoint(case: &Case, url: &str, findings: &mut Vec<Finding>) {
    let Some(host) = url
        .parse::<Uri>()
        .ok()
        .and_then(|uri| uri.host().map(str::to_owned))
    else {
        return;
    };
    if !is_dummy(&host) {
        findings.push(Finding::of_case(
            case,
            "endpoint",
            format!("{host:?} is no reserved dummy"),
        ));
    }
}

fn is_dummy(host: &str) -> bool {
    let reserved_suffix = [
        ".example",
        ".example.com",
        ".example.net",
        ".example.org",
        ".invalid",
        ".test",
    ];
    let first = host.split('.').next().unwrap_or("");
    // The regional endpoint of revision 2023-03-30 names no account; nothing is ever sent to it.
    host == "localhost"
        || host.starts_with("127.")
        || host == "[::1]"
        || reserved_suffix.iter().any(|suffix| host.ends_with(suffix))
        || [
            "1234567890123456",
            "1234567890",
            "xx",
            "fcv3",
            "fn-svc-abcdefghij",
        ]
        .contains(&first)
}
