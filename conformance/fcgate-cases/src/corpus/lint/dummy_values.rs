//! Credentials and endpoints: the corpus contains reserved dummy values only.

use http::Uri;

use fcgate_protocol::{Credentials, TriggerAuth};

use super::super::{Case, Corpus, Stimulus};
use super::finding::Finding;

/// The prefixes of dummy values: in the vectors, in the recordings, and in a test of an SDK.
/// A case about invalid credentials adds characters to a prefix or uses an empty value.
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
const BEARER_TOKENS: [&str; 1] = ["DummyBearerToken"];

pub(super) fn lint(corpus: &Corpus, findings: &mut Vec<Finding>) {
    for case in corpus.each_case() {
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
            Stimulus::Trigger { given, .. } => {
                credentials(case, &given.credentials, findings);
                if let Some(TriggerAuth::Bearer { token }) = &given.auth
                    && !reserved(token, &BEARER_TOKENS)
                {
                    let message = "the bearer token is not a reserved dummy value";
                    findings.push(Finding::of_case(case, "credentials", message));
                }
            }
            Stimulus::Task { given, .. } => credentials(case, &given.credentials, findings),
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
            "the credentials are not reserved dummy values",
        ));
    }
}

fn reserved(value: &str, dummies: &[&str]) -> bool {
    value.is_empty() || dummies.iter().any(|dummy| value.starts_with(dummy))
}

/// Checks the host of a URL. An invalid URL has no host; a case may contain one on purpose.
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
            format!("host {host:?} is not a reserved dummy value"),
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
    // `fcv3` is the regional endpoint of revision 2023-03-30, without an account id. The gate never connects to it.
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
